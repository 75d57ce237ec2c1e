package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsCapital reports whether a text begins with a capital.
func IsCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// IsAllCapitals reports whether all letters are capitals, as in an acronym.
func IsAllCapitals(raw string) bool {
	return !strings.ContainsFunc(raw, unicode.IsLower) && strings.ContainsFunc(raw, unicode.IsUpper)
}

// IsAcronym reports whether a word of two characters or more has capitals and
// no small letters: "OTAN", "COVID-19".
func IsAcronym(s string) bool {
	return utf8.RuneCountInString(s) > 1 && strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper)
}
