package extract

import (
	"strings"
	"unicode/utf8"

	"docent/rag/lang"
)

// What is quoted of a sentence that is too long to be read at a glance, as
// those of law and of tables that lost their lines are.
const (
	// longestQuote is the number of words up to which a sentence is quoted
	// whole, excerptWords how many an excerpt has at most.
	longestQuote = 100
	excerptWords = 60
)

// excerpt is the run of clauses of a long sentence that holds most of the
// question and of what answers it; a sentence of bearable length is itself.
func (q *inquiry) excerpt(s sentence) lang.Span {
	if lang.WordCount(s.text()) <= longestQuote {
		return s.span
	}
	cuts := clauseCuts(s.reading.hit.Text, s.span)
	best, most := s.span, -1.0
	for i := range cuts[:len(cuts)-1] {
		for _, end := range cuts[i+1:] {
			part := lang.TrimSpan(s.reading.hit.Text, lang.Span{Start: cuts[i], End: end})
			n := lang.WordCount(s.reading.hit.Text[part.Start:part.End])
			if n > excerptWords {
				break
			}
			if worth := q.excerptWorth(s.reading, part) - float64(n)/100; worth > most && n >= fewestWords {
				best, most = part, worth
			}
		}
	}
	return best
}

// excerptWorth is what can be measured of a part of a sentence of its score.
func (q *inquiry) excerptWorth(r *reading, part lang.Span) float64 {
	words := r.within(part)
	here := q.met(words)
	return weights[mCovers]*q.share(here, nil) + weights[mMeans]*q.share(q.nearly(words, here), here) +
		weights[mDense]*q.dense(words) + weights[mSign]*q.sign(r, part, words) + weights[mNoun]*q.nounIn(words)
}

// clauseCuts are the offsets at which a sentence may be cut, its own ends
// included: after a mark that ends a clause, and before a bullet or a dash.
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
