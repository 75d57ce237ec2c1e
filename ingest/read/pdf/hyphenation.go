package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hyphenation counts the words of a document, to tell whether the hyphen at the
// end of a line belongs to the word that the line cuts: not in "dévelop-pement",
// but in "vélo-boulot".
type hyphenation map[string]int

func newHyphenation(lines []textLine) hyphenation {
	h := make(hyphenation)
	for _, l := range lines {
		for word := range strings.FieldsFuncSeq(l.text, func(r rune) bool { return !inWord(r) }) {
			h[strings.ToLower(word)]++
		}
	}
	return h
}

func inWord(r rune) bool { return r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// tail is the part of a word at the end of a text.
func tail(text string) string {
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !inWord(r) })+1:]
}

// head is the part of a word at the start of a text.
func head(text string) string {
	if n := strings.IndexFunc(text, func(r rune) bool { return !inWord(r) }); n >= 0 {
		return text[:n]
	}
	return text
}

// keeps reports whether the hyphen between two lines is the word's own.
func (h hyphenation) keeps(line, next string) bool {
	left, right := tail(line), head(next)
	last, _ := utf8.DecodeLastRuneInString(left)
	if !unicode.IsLetter(last) || !startsLower(right) {
		return true
	}
	left, right = strings.ToLower(left), strings.ToLower(right)
	return h[left+"-"+right] > h[left+right]
}
