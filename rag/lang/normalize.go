package lang

import "golang.org/x/text/unicode/norm"

// Normalize returns the one form in which docent keeps a text: sanitized, and
// in Unicode NFC. Normalising twice changes nothing.
func Normalize(s string) string { return norm.NFC.String(Sanitize(s)) }
