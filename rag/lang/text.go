package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine is a text with each run of white space as one space.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// FlatLine is OneLine but for the spaces that keep words together, which stay:
// "1 000" is a number with one.
func FlatLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
	}), " ")
}

// WordCount counts the words of a text, which white space parts.
func WordCount(text string) int { return len(strings.Fields(text)) }

// TrimSpan is a span of a text less the white space at its ends.
func TrimSpan(text string, s Span) Span {
	inner := strings.TrimSpace(text[s.Start:s.End])
	start := s.Start + strings.Index(text[s.Start:s.End], inner)
	return Span{Start: start, End: start + len(inner)}
}

// FirstBytes returns at most n bytes of s, and no part of a character.
func FirstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// WordSet is the set of the words of a text, which white space parts.
func WordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
