package read

import "docent/rag/lang"

// HexDigit is the value of a digit, or -1.
func HexDigit(c byte) int {
	switch {
	case lang.IsDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
