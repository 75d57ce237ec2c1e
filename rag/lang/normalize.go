package lang

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Normalize returns the one form in which docent keeps a text: Unicode NFC,
// "\n" line ends, valid UTF-8 (U+FFFD for a run of what is not), no byte order
// mark and no NUL. Normalising twice changes nothing.
func Normalize(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\x00\uFEFF") {
		s = lineEnds.Replace(s)
	}
	return norm.NFC.String(s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "", "\uFEFF", "")
