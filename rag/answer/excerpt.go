package answer

import (
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// What is quoted of a sentence that is too long to be read at a glance, as those of
// law and of tables that lost their lines are.
const (
	// longestQuote is the number of words up to which a sentence is quoted whole,
	// excerptWords how many an excerpt has at most and fewestWords at least.
	longestQuote = 100
	excerptWords = 60
	fewestWords  = 4
)

// excerpt is the run of clauses of a long sentence that holds most of the question,
// and a figure that it does not have.
func (r *reading) excerpt(text string, s lang.Span, language string) lang.Span {
	cuts := clauseCuts(text, s)
	best, most := s, -1.0
	for i := range cuts[:len(cuts)-1] {
		for _, end := range cuts[i+1:] {
			part := lang.TrimSpan(text, lang.Span{Start: cuts[i], End: end})
			n := lang.WordCount(text[part.Start:part.End])
			if n > excerptWords {
				break
			}
			if worth := r.worth(text[part.Start:part.End], language) - float64(n)/100; worth > most && n >= fewestWords {
				best, most = part, worth
			}
		}
	}
	return best
}

// figureWorth is what a figure that the question does not have counts beside a word
// that it has.
const figureWorth = 1

func (r *reading) worth(text, language string) float64 {
	sum := 0.0
	for _, w := range r.met(text) {
		sum += w.IDF
	}
	if n := lang.Numbers(language, text); len(n) > 0 {
		sum += figureWorth
	}
	return sum
}

// clauseCuts are the offsets at which a sentence may be cut, its own ends included:
// after a mark that ends a clause, and before a bullet or a dash.
func clauseCuts(text string, s lang.Span) []int {
	cuts := []int{s.Start}
	for at, r := range text[s.Start:s.End] {
		at += s.Start
		next := at + utf8.RuneLen(r)
		if r == utf8.RuneError || next >= s.End {
			continue
		}
		blankAfter := strings.ContainsRune(" \n\t\u00a0", rune(text[next]))
		switch {
		case strings.ContainsRune(",;:)", r) && blankAfter:
			cuts = append(cuts, next)
		case strings.ContainsRune("•–—-", r) && blankAfter && at > s.Start && text[at-1] == ' ', r == '\n':
			cuts = append(cuts, at)
		}
	}
	return append(cuts, s.End)
}
