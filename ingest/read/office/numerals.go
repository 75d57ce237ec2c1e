package office

import (
	"strconv"
	"strings"
)

// FormatNumber writes a number as numFmt of WordprocessingML names it; in
// digits where the way is not known.
func FormatNumber(n int, format string) string {
	const mostRoman, mostLetters = 3999, 26 * 20
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman", "lowerRoman":
		if n > 0 && n <= mostRoman {
			return inCase(Roman(n), format)
		}
	case "upperLetter", "lowerLetter":
		if n > 0 && n <= mostLetters {
			return inCase(strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1), format)
		}
	}
	return strconv.Itoa(n)
}

func inCase(s, format string) string {
	if strings.HasPrefix(format, "lower") {
		return strings.ToLower(s)
	}
	return s
}

func Roman(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	digits := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(digits[i])
		}
	}
	return b.String()
}
