package office

import (
	"math"
	"strings"

	"github.com/xuri/nfp"
)

// NumberFormat shows the numbers of cells (ECMA-376, part 1, 18.8.31). Digits
// are grouped and parted as in English or, in a French workbook, as in French,
// unless the format is for another language, and dates and times written as in ISO 8601: both are left to the
// reader's computer.
type NumberFormat struct {
	sections []formatSection
}

// NumberLook is how a workbook writes numbers.
type NumberLook struct {
	// Since1904 says that dates are days since the first of 1904, not since the end
	// of 1899.
	Since1904 bool
	// French writes "1 234,5" where a format names no language.
	French bool
}

// longestCode is how long spreadsheets let the code of a format be.
const longestCode = 255

// parseNumberFormat reads the code of a format: "#,##0.00;[Red]-#,##0.00". One
// that cannot be read shows numbers as cells without a format do.
func parseNumberFormat(code string) *NumberFormat {
	f := &NumberFormat{}
	if len(code) > longestCode {
		return f
	}
	parser := nfp.NumberFormatParser()
	// The parser loses a sign just before General, unless it is parted from it.
	for _, s := range parser.Parse(strings.ReplaceAll(code, "General", `""General`)) {
		if s.Type != nfp.TokenSectionText && len(f.sections) < 3 {
			f.sections = append(f.sections, parseSection(s.Items))
		}
	}
	return f
}

// Show writes a value.
func (f *NumberFormat) Show(value float64, look NumberLook) string {
	s, unsigned := f.section(value)
	var marks numberMarks
	switch {
	case s.marks != nil:
		marks = *s.marks
	case look.French:
		marks = frenchMarks()
	}
	shown := value
	if unsigned {
		shown = math.Abs(value)
	}
	switch {
	case s.date != "":
		if text := s.date.show(shown, look.Since1904); text != "" {
			return text
		}
	case s.places > 0:
		return s.number(shown, marks)
	case len(s.parts) > 0:
		return s.around(marks.general(shown))
	case len(f.sections) > 1:
		return "" // such numbers are not shown
	}
	return marks.general(value)
}

// section chooses by the conditions or, without any, by sign: positive,
// negative, zero. Unsigned is true for a section that shows the sign itself.
func (f *NumberFormat) section(value float64) (s formatSection, unsigned bool) {
	n := len(f.sections)
	if n == 0 {
		return formatSection{}, false
	}
	for i, s := range f.sections {
		if s.operator != "" && s.holds(value) {
			return s, i > 0 && value < 0
		}
	}
	plain := func(i int) bool { return i < n && f.sections[i].operator == "" }
	switch {
	case !plain(0):
		return f.sections[n-1], false
	case value < 0 && plain(1):
		return f.sections[1], true
	case value == 0 && plain(2):
		return f.sections[2], false
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
