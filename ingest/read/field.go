package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

const (
	longestLabel, mostLabelWords = 50, 6
	// longestValue is that of one which is written beside its label, and
	// mostSentenceLabel how many words go before the colon of a sentence.
	longestValue, mostSentenceLabel = 200, 3
)

// Labelled parts a line "Label: value" into where its label and value stand in
// it; false where it is none. It goes by the form of the label alone.
func Labelled(line string) (label, value Span, ok bool) {
	n := strings.IndexByte(line, ':')
	if n <= 0 || n+1 == len(line) || !strings.ContainsRune(" \u00a0\u202f\t", firstRune(line[n+1:])) {
		return Span{}, Span{}, false
	}
	head, tail := strings.TrimRightFunc(line[:n], unicode.IsSpace), strings.TrimLeftFunc(line[n+1:], unicode.IsSpace)
	label, value = Span{Start: 0, End: len(head)}, Span{Start: len(line) - len(tail), End: len(line)}
	switch {
	case tail == "" || !unicode.IsLetter(firstRune(head)) || strings.ContainsAny(head, ";?!|\"«»“”") || strings.Contains(head, ". "):
	case utf8.RuneCountInString(head) > longestLabel || len(strings.Fields(head)) > mostLabelWords || strings.Count(head, ",") > 1:
	default:
		return label, value, true
	}
	return Span{}, Span{}, false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// IsField reports whether a line is a label with its value and no sentence that
// has a colon in it, and where the two stand.
func IsField(line string) (cells []Span, ok bool) {
	label, value, ok := Labelled(line)
	if !ok {
		return nil, false
	}
	text := line[value.Start:]
	if utf8.RuneCountInString(text) > longestValue || endsAsking(text) || len(lang.Sentences(text)) > 1 {
		return nil, false
	}
	ends := strings.ContainsAny(text[len(text)-1:], ".!")
	if words := len(strings.Fields(line[:label.End])); ends && words > mostSentenceLabel {
		return nil, false
	}
	return []Span{label, value}, true
}
