package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns the one form in which docent keeps a text: Unicode NFC,
// "\n" line ends, valid UTF-8 (U+FFFD for what is not), no byte order mark and
// no NUL.
func Normalize(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\x00\uFEFF") {
		s = lineEnds.Replace(s)
	}
	return norm.NFC.String(s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "", "\uFEFF", "")

// Fold reduces a text to what a search compares: lower case without accents,
// œ, æ and ß written out, typographic apostrophes made straight.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch r {
		case 'œ':
			b.WriteString("oe")
		case 'æ':
			b.WriteString("ae")
		case 'ß':
			b.WriteString("ss")
		case '’', '‘', 'ʼ':
			b.WriteByte('\'')
		default:
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

func foldASCII(s string) (string, bool) {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return "", false
		}
	}
	return strings.ToLower(s), true
}
