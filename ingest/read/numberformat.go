package read

import (
	"math"
	"strconv"
	"strings"
)

// numberFormat shows the numbers of cells (ECMA-376, part 1, 18.8.31). Digits
// are grouped and parted as in English, unless the format is for another
// language, and dates and times written as in ISO 8601: both are left to the
// reader's computer.
type numberFormat struct {
	sections []formatSection
}

// formatSection is the format of some of the numbers.
type formatSection struct {
	tokens []formatToken
	// operator and bound say which numbers, "" by the place of the section.
	operator string
	bound    float64
	kind     sectionKind
	date     dateParts
	// integer, decimals and exponent count the places of digits.
	integer, decimals, exponent int
	percents, thousands         int
	grouped                     bool
	marks                       numberMarks
}

type sectionKind int

const (
	generalSection sectionKind = iota
	digitSection
	dateSection
	textSection
)

// formatToken is a literal, or the place of a digit: '0', '#', '?', '.' or 'E'.
type formatToken struct {
	literal string
	place   byte
}

func parseNumberFormat(code string) *numberFormat {
	f := &numberFormat{}
	for _, part := range splitSections(code) {
		f.sections = append(f.sections, parseSection(part))
		if len(f.sections) == 4 {
			break
		}
	}
	return f
}

// splitSections cuts at the semicolons that are not quoted.
func splitSections(code string) []string {
	var parts []string
	start, quoted, bracketed := 0, false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"' && !bracketed:
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracketed = true
		case c == ']':
			bracketed = false
		case c == ';' && !bracketed:
			parts = append(parts, code[start:i])
			start = i + 1
		}
	}
	return append(parts, code[min(start, len(code)):])
}

// show writes a value.
func (f *numberFormat) show(value float64, since epoch) string {
	s, negative := f.section(value)
	if negative {
		value = math.Abs(value)
	}
	switch s.kind {
	case dateSection:
		if text := s.date.show(value, since); text != "" {
			return text
		}
	case digitSection:
		return s.digits(value)
	case textSection:
		if s.integer == 0 {
			return s.around(generalNumber(value))
		}
	case generalSection:
		if len(s.tokens) == 0 && len(f.sections) > 1 {
			return "" // such numbers are not shown
		}
		return s.around(generalNumber(value))
	}
	return generalNumber(value)
}

// section chooses by the conditions or, without any, by sign: positive,
// negative, zero. Negative is true for a section that shows the sign itself.
func (f *numberFormat) section(value float64) (s formatSection, negative bool) {
	n := len(f.sections)
	if n == 0 {
		return formatSection{}, false
	}
	if n == 4 {
		n = 3 // the fourth is for text
	}
	for i, s := range f.sections[:n] {
		if s.operator != "" && s.holds(value) {
			return s, i > 0 && value < 0
		}
	}
	plain := f.sections[0].operator == ""
	switch {
	case plain && n > 1 && value < 0 && f.sections[1].operator == "":
		return f.sections[1], true
	case plain && n > 2 && value == 0 && f.sections[2].operator == "":
		return f.sections[2], false
	case !plain:
		return f.sections[n-1], false
	}
	return f.sections[0], false
}

func (s *formatSection) holds(value float64) bool {
	switch s.operator {
	case "<":
		return value < s.bound
	case "<=":
		return value <= s.bound
	case ">":
		return value > s.bound
	case ">=":
		return value >= s.bound
	case "<>":
		return value != s.bound
	}
	return value == s.bound
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

// around puts the literals of a section around a text.
func (s *formatSection) around(text string) string {
	var b strings.Builder
	shown := false
	for _, t := range s.tokens {
		if t.place != 0 && !shown {
			b.WriteString(text)
			shown = true
		}
		b.WriteString(t.literal)
	}
	if !shown && len(s.tokens) == 0 {
		return text
	}
	return b.String()
}

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
