package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// WithMark puts the number of an item before its text; bullets are left out,
// also those that are letters, of fonts in which they are none.
func WithMark(mark, text string) string {
	if mark == "" || mark == "o" || !strings.ContainsFunc(mark, lang.IsWordRune) {
		return text
	}
	return mark + " " + strings.TrimLeftFunc(text, unicode.IsSpace)
}

// StartsItem reports whether a line begins as the item of a list does.
func StartsItem(line string) bool {
	r, n := utf8.DecodeRuneInString(line)
	if strings.ContainsRune("-*•–—▪◦‣·", r) {
		return strings.HasPrefix(line[n:], " ") || strings.HasPrefix(line[n:], "\t")
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	rest := line[digits:]
	return digits > 0 && digits <= 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}
