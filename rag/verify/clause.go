package verify

import (
	"cmp"
	"strings"

	"docent/rag/lang"
)

// clause is a part of a sentence with what it says of yes and no.
type clause struct {
	language string
	// words say something, without figures and measures.
	words []lang.Word
	// denies counts negations ("ne … pas", "not", "never"), refuses words that
	// deny by their meaning ("interdit", "rejected"), limits those that may
	// be put either way ("only", "except", "unpaid").
	denies, refuses, limits int
	// without are the words that follow "sans" and "without".
	without []lang.Word
}

// clausesAround are the clauses of the text that a quote lies in: a quote that
// begins after "n'est pas vrai que" has left that out.
func clausesAround(language, text string, s lang.Span) []clause {
	const reach = 300
	from := max(0, s.Start-reach)
	start := from + lastBreak(text[from:s.Start])
	end := s.End
	if !endsClause(text[s.Start:s.End]) {
		rest := text[s.End:min(len(text), s.End+reach)]
		end += firstBreak(rest)
	}
	return clausesOf(language, strings.ToValidUTF8(text[start:end], ""))
}

func endsClause(s string) bool { return s == "" || strings.IndexByte(".!?;:", s[len(s)-1]) >= 0 }

// lastBreak is the offset after the last mark that ends a clause.
func lastBreak(s string) int {
	at := 0
	for i := range s {
		if breaksClause(s, i) {
			at = i + 1
		}
	}
	return at
}

// firstBreak is the offset of the first mark that ends a clause, or the length.
func firstBreak(s string) int {
	for i := range s {
		if breaksClause(s, i) {
			return i
		}
	}
	return len(s)
}

// breaksClause reports whether a clause ends at the character at i: at a mark
// before a blank, or at a blank line or an item of a list.
func breaksClause(s string, i int) bool {
	switch s[i] {
	case ',', ';', ':', '.', '!', '?', ')', '(':
		return i+1 == len(s) || strings.IndexByte(" \n\t\xc2\xe2", s[i+1]) >= 0 || s[i] == '('
	case '|':
		return true
	case '\n':
		return i+1 < len(s) && strings.IndexByte("\n-*+#|", s[i+1]) >= 0
	}
	return false
}

// joints part the clauses of a sentence where no mark does, folded.
var joints = lang.WordSet("mais but however et and or ou whereas tandis alors quand lorsque when si if while puisque because car unless")

// clausesOf cuts a text into clauses.
func clausesOf(language, s string) []clause {
	language = cmp.Or(language, lang.DetectQuestion(s))
	var list []clause
	from, words, figures := 0, withNe(language, s), figureSpans(language, s)
	for i, w := range words {
		if i > 0 && (joints[w.Surface] || lastBreak(s[words[i-1].End:w.Start]) > 0) {
			list = append(list, readClause(language, words[from:i], figures))
			from = i
		}
	}
	return append(list, readClause(language, words[from:], figures))
}

// withNe are the words of a text with "n'" as a word, which otherwise is elided
// from the next.
func withNe(language, s string) []lang.Word {
	words := lang.Words(language, s)
	if language != "fr" {
		return words
	}
	var all []lang.Word
	end := 0
	for _, w := range words {
		if between := strings.ToLower(s[end:w.Start]); strings.HasSuffix(between, "n'") || strings.HasSuffix(between, "n’") {
			all = append(all, lang.Word{Surface: "ne", Stem: "ne", Start: end, End: end, Stop: true})
		}
		all = append(all, w)
		end = w.End
	}
	return all
}

// readClause reads the words of a clause. Figures and what they count are none
// of those that say what it is about.
func readClause(language string, words []lang.Word, figures []lang.Span) clause {
	c := clause{language: language}
	for i, w := range words {
		switch {
		case w.Surface == "sans" || w.Surface == "without":
			if next, ok := firstSaying(words[i+1:]); ok && !harmless[next.Surface] {
				c.without = append(c.without, next)
			}
			continue
		case denies(language, words, i):
			c.denies++
			continue
		case limits(language, words, i):
			c.limits++
			continue
		case refuses(w.Surface):
			c.refuses++
		}
		if !w.Stop && !isWithin(figures, w) && lang.UnitOfMeasure(w.Surface) == "" {
			c.words = append(c.words, w)
		}
	}
	return c
}

func firstSaying(words []lang.Word) (lang.Word, bool) {
	for _, w := range words {
		if !w.Stop {
			return w, true
		}
	}
	return lang.Word{}, false
}
