package office

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// number writes a value in the places of a section, with these marks.
func (s *formatSection) number(value float64, marks numberMarks) string {
	unscaled := value
	value *= math.Pow(100, float64(s.percents))
	value /= math.Pow(1000, float64(s.thousands))
	if math.IsInf(value, 0) || math.IsNaN(value) {
		return marks.general(unscaled)
	}
	if s.exponential {
		return s.around(marks.decimals(strconv.FormatFloat(value, 'E', s.decimals, 64)))
	}
	text := fixed(math.Abs(value), s.decimals)
	sign := ""
	if value < 0 && strings.Trim(text, "0.") != "" {
		sign = "-"
	}
	whole, fraction, _ := strings.Cut(text, ".")
	point := slices.IndexFunc(s.parts, func(p formatPart) bool { return p.place == '.' })
	if point < 0 {
		point = len(s.parts)
	}
	return sign + s.whole(strings.TrimLeft(whole, "0"), s.parts[:point], marks) + s.fraction(fraction, s.parts[point:], marks)
}

// whole fills the places before the point from the right; the first takes all
// digits that are left.
func (s *formatSection) whole(digits string, parts []formatPart, marks numberMarks) string {
	first := slices.IndexFunc(parts, formatPart.isDigit)
	shown := make([]string, 0, 24) // from the right
	written := 0
	write := func(digit string) {
		if s.grouped && written > 0 && written%3 == 0 {
			group := ","
			if marks.comma {
				group = marks.group
			}
			shown = append(shown, group)
		}
		shown = append(shown, digit)
		written++
	}
	for i, p := range slices.Backward(parts) {
		switch last := len(digits) - 1; {
		case !p.isDigit():
			shown = append(shown, p.literal)
		case last >= 0:
			write(digits[last:])
			for digits = digits[:last]; i == first && digits != ""; digits = digits[:len(digits)-1] {
				write(digits[len(digits)-1:])
			}
		case p.place == '0':
			write("0")
		}
	}
	slices.Reverse(shown)
	return strings.Join(shown, "")
}

// fraction fills the places after the point; '#' shows no zero at the end.
func (s *formatSection) fraction(digits string, parts []formatPart, marks numberMarks) string {
	shown, n := len(strings.TrimRight(digits, "0")), 0
	for _, p := range parts {
		if p.isDigit() {
			if n++; p.place == '0' {
				shown = max(shown, n)
			}
		}
	}
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.place == '.' && shown > 0 && marks.comma:
			b.WriteByte(',')
		case p.place == '.' && shown > 0:
			b.WriteByte('.')
		case p.isDigit() && shown > 0:
			b.WriteByte(digits[0])
			digits = digits[1:]
			shown--
		}
		b.WriteString(p.literal)
	}
	return b.String()
}

// around puts the literals of a section around a number, which stands in the
// first place.
func (s *formatSection) around(number string) string {
	var b strings.Builder
	for _, p := range s.parts {
		if p.place != 0 {
			b.WriteString(number)
			number = ""
		}
		b.WriteString(p.literal)
	}
	return b.String()
}

// general writes a number as cells without a format show it.
func (m numberMarks) general(value float64) string { return m.decimals(generalNumber(value)) }

// decimals puts the mark of decimals in a number that has a point.
func (m numberMarks) decimals(number string) string {
	if m.comma {
		return strings.Replace(number, ".", ",", 1)
	}
	return number
}

// generalNumber writes a number as cells without a format show it.
func generalNumber(value float64) string {
	value = fifteenDigits(value)
	switch size := math.Abs(value); {
	case size == 0:
		return "0"
	case size >= 1e15 || size < 1e-9:
		return strings.Replace(strconv.FormatFloat(value, 'E', -1, 64), "E+0", "E+", 1)
	}
	const most = 10
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(text, "."); len(fraction) > most {
		text = strings.TrimRight(strings.TrimRight(fixed(value, most), "0"), ".")
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

// fixed writes a number with so many decimals, a half rounded away from zero
// as people do.
func fixed(value float64, decimals int) string {
	value = fifteenDigits(value)
	exact := strconv.FormatFloat(value, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(exact, "."); len(fraction) > decimals && fraction[decimals:] == "5" {
		value = math.Nextafter(value, math.Copysign(math.MaxFloat64, value))
	}
	return strconv.FormatFloat(value, 'f', decimals, 64)
}
