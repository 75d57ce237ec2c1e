package office

import (
	"math"
	"strings"
)

// NumberFormat shows the numbers of cells (ECMA-376, part 1, 18.8.31). Digits
// are grouped and parted as in English, unless the format is for another
// language, and dates and times written as in ISO 8601: both are left to the
// reader's computer.
type NumberFormat struct {
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

func ParseNumberFormat(code string) *NumberFormat {
	f := &NumberFormat{}
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

// Show writes a value.
func (f *NumberFormat) Show(value float64, since Epoch) string {
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
func (f *NumberFormat) section(value float64) (s formatSection, negative bool) {
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
