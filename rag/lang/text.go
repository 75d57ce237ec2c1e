package lang

import (
	"strings"
	"unicode"
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
