package read

import "docent/rag/lang"

// hexDigit is the value of a digit, or -1.
func hexDigit(c byte) int {
	switch {
	case lang.IsDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
