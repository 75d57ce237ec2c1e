package office

import (
	"math"
	"strconv"
	"strings"
)

// digits writes a value in the places of a section.
func (s *formatSection) digits(value float64) string {
	value *= math.Pow(100, float64(s.percents))
	value /= math.Pow(1000, float64(s.thousands))
	if s.exponent > 0 {
		text := strconv.FormatFloat(value, 'E', s.decimals, 64)
		return s.around(text)
	}
	text := fixed(value, s.decimals)
	sign := ""
	if strings.HasPrefix(text, "-") {
		text = text[1:]
		if strings.Trim(text, "0.") != "" {
			sign = "-"
		}
	}
	whole, fraction, _ := strings.Cut(text, ".")
	return sign + s.place(strings.TrimLeft(whole, "0"), fraction)
}

// place writes the digits of a number: those before the point fill the places
// from the right, and the first place takes all that are left.
func (s *formatSection) place(whole, fraction string) string {
	var b strings.Builder
	places, decimals := s.integer, 0
	if places == 0 {
		places = -1
	}
	decimal := false
	for _, t := range s.tokens {
		switch {
		case t.place == 0:
			b.WriteString(t.literal)
		case t.place == '.':
			decimal = true
			if places == -1 {
				b.WriteString(s.group(whole, 0))
			}
			if s.shownDecimals(fraction) > 0 {
				b.WriteString(s.marks.decimal())
			}
		case decimal:
			if decimals < s.shownDecimals(fraction) {
				b.WriteByte(fraction[decimals])
			}
			decimals++
		default:
			n := len(whole) - (places - 1)
			if places != s.integer {
				n = min(n, 1)
			}
			places--
			switch {
			case n > 0:
				b.WriteString(s.group(whole[:n], places))
				whole = whole[n:]
			case t.place == '0':
				b.WriteString(s.group("0", places))
			}
		}
	}
	return b.String()
}

// group writes digits that have so many others after them.
func (s *formatSection) group(digits string, after int) string {
	if !s.grouped {
		return digits
	}
	var b strings.Builder
	for i := range len(digits) {
		b.WriteByte(digits[i])
		if left := len(digits) - 1 - i + after; left > 0 && left%3 == 0 {
			b.WriteString(s.marks.group())
		}
	}
	return b.String()
}

// shownDecimals is how many decimals are shown: '#' shows no zero at the end.
func (s *formatSection) shownDecimals(fraction string) int {
	n, decimal, shown := 0, false, 0
	for _, t := range s.tokens {
		switch {
		case t.place == '.':
			decimal = true
		case decimal && t.place != 0 && t.place != 'E':
			if n < len(fraction) && (t.place == '0' || strings.Trim(fraction[n:], "0") != "") {
				shown = n + 1
			}
			n++
		}
	}
	return shown
}

// generalNumber writes a number as cells without a format show it.
func generalNumber(value float64) string {
	value = fifteenDigits(value)
	if size := math.Abs(value); size != 0 && (size >= 1e15 || size < 1e-9) {
		return strings.Replace(strconv.FormatFloat(value, 'E', -1, 64), "E+0", "E+", 1)
	}
	const most = 10
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(text, "."); len(fraction) > most {
		text = strings.TrimRight(strings.TrimRight(fixed(value, most), "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// fifteenDigits drops the digits that a workbook does not show: those by which
// a sum of tenths is wrong.
func fifteenDigits(value float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		return value
	}
	return rounded
}

// fixed writes a number with so many decimals, a half rounded up as people do.
func fixed(value float64, decimals int) string {
	text := strconv.FormatFloat(fifteenDigits(value), 'f', -1, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) <= decimals || fraction[decimals:] != "5" {
		return strconv.FormatFloat(fifteenDigits(value), 'f', decimals, 64)
	}
	digits := []byte(whole + fraction[:decimals])
	i := len(digits) - 1
	for ; i >= 0 && digits[i] == '9'; i-- {
		digits[i] = '0'
	}
	sign := ""
	switch {
	case i >= 0 && digits[i] != '-':
		digits[i]++
	case i >= 0:
		sign, digits = "-", append([]byte("1"), digits[1:]...)
	default:
		digits = append([]byte("1"), digits...)
	}
	whole, fraction = string(digits[:len(digits)-decimals]), string(digits[len(digits)-decimals:])
	return strings.TrimSuffix(sign+whole+"."+fraction, ".")
}
