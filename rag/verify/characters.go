package verify

import (
	"strings"
	"unicode"

	"docent/rag/lang"
)

// plainCharacters writes digits and letters of other shapes plainly: full-width
// ones, digits of other scripts. It gives a reason against a text with letters that
// only look like others.
func plainCharacters(s string) (string, string) {
	var b strings.Builder
	for _, r := range s {
		if lang.IsInvisible(r) && r != '\u00ad' {
			continue
		}
		if d, ok := digitOf(r); ok {
			b.WriteByte(d)
			continue
		}
		if r >= '\uff01' && r <= '\uff5e' {
			b.WriteRune(r - fullWidth)
			continue
		}
		b.WriteRune(r)
	}
	for _, w := range strings.FieldsFunc(b.String(), func(r rune) bool { return !lang.IsWordRune(r) }) {
		latin, foreign := false, false
		for _, r := range w {
			latin = latin || unicode.Is(unicode.Latin, r) || r >= '0' && r <= '9'
			foreign = foreign || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee) && r != 'µ' && r != 'μ'
		}
		if latin && foreign {
			return "", "it has letters of two scripts in one word"
		}
	}
	return b.String(), ""
}

// fullWidth is how far the full-width forms are from what they are forms of.
const fullWidth = 0xFEE0

// digitOf is the digit that a character of any script stands for.
func digitOf(r rune) (byte, bool) {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// The ten digits of a script follow each other from its zero.
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return byte('0' + r - zero), true
}
