package verify

import (
	"strings"

	"docent/rag/lang"
)

// What may be off in a quote that is nearly a document's words: leastNear of the
// words agree in their order, within a run that is longer than the quote by a few.
const (
	leastNear   = 0.75
	fewestWords = 4
	longerBy    = 1.3
)

// Near finds the run of a text that a quote nearly is: with accents lost, a letter
// mistyped, a figure set in another way, a word left out or put in. The span is the
// document's own words. A figure that the quote has and the run has not is no match
// of its word.
func Near(text, quote string) (lang.Span, bool) {
	wanted := quoteTokens(quote)
	if len(wanted) < fewestWords {
		return lang.Span{}, false
	}
	words := quoteTokens(text)
	where := make(map[string]int)
	for i, w := range wanted {
		where[w.folded] = i
	}
	best, span := int(leastNear*float64(len(wanted)))-1, lang.Span{}
	if float64(best+1) < leastNear*float64(len(wanted)) {
		best++
	}
	most := int(longerBy*float64(len(wanted))) + 1
	for at, w := range words {
		i, exact := where[w.folded]
		if !exact || i > len(wanted)/4+1 {
			continue
		}
		if n, end := alignWords(wanted[i:], words[at:min(len(words), at+most)]); n > best {
			best, span = n, lang.Span{Start: w.Start, End: words[at+end-1].End}
		}
	}
	return span, span.End > 0
}

// quoteToken is a word as quotes are compared by it.
type quoteToken struct {
	lang.Span
	folded string
	figure bool
}

// quoteTokens are the words of a text, figures without what parts their digits.
func quoteTokens(text string) []quoteToken {
	var list []quoteToken
	for _, w := range lang.Words("", text) {
		t := quoteToken{Span: lang.Span{Start: w.Start, End: w.End}, folded: w.Surface}
		if digits := strings.Map(digitOnly, w.Surface); digits != "" {
			t.folded, t.figure = digits, true
			// "1 000" is one figure, as "1000" is.
			if n := len(list); n > 0 && list[n-1].figure && len(digits) == 3 && strings.TrimSpace(text[list[n-1].End:w.Start]) == "" {
				list[n-1].folded, list[n-1].End = list[n-1].folded+digits, w.End
				continue
			}
		}
		list = append(list, t)
	}
	return list
}

func digitOnly(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// alignWords is how many of the wanted words a run has in their order, and after how
// many of its words the last of them stands.
func alignWords(wanted, run []quoteToken) (n, end int) {
	next := 0
	for i, w := range run {
		for j := next; j < min(len(wanted), next+3); j++ {
			if sameToken(wanted[j], w) {
				n, next, end = n+1, j+1, i+1
				break
			}
		}
	}
	return n, end
}

// sameToken reports whether two words are the same but for a letter.
func sameToken(a, b quoteToken) bool {
	if a.folded == b.folded {
		return true
	}
	return !a.figure && !b.figure && min(len(a.folded), len(b.folded)) > 4 && oneLetterOff(a.folded, b.folded)
}

// oneLetterOff reports whether a word becomes another by one letter put in, left out or
// changed.
func oneLetterOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return len(b)-len(a) <= 1 && (a[i:] == b[i+1:] || len(a) == len(b) && a[i+1:] == b[i+1:])
}
