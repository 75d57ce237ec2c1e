package office

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// formulaRange is a range of cells of a sheet.
type formulaRange struct {
	sheet    string
	from, to cellPlace
}

var (
	// references are to a cell or range: B2, $B$2:B9, B:B, Sheet2!B2, 'My sheet'!B2.
	references = regexp.MustCompile(`^(?:(?:'((?:[^']|'')+)'|([\pL\d_]+))!)?` + onePlace + `(?::` + onePlace + `)?(?:[^\pL\d_(!.]|$)`)
	// openReferences are those of OpenDocument: [.B2:.B9], [$Sheet2.B2].
	openReferences = regexp.MustCompile(`\[(?:\$?('(?:[^']|'')+'|[^.'\[\]]*))?\.([^.\[\]]+)(?::\.([^.\[\]]+))?\]`)
)

const onePlace = `(\$?)([A-Za-z]{1,3})(?:(\$?)(\d{1,7}))?`

// formulaText is a formula as a workbook of Excel has it, without what stands
// before it: "of:=" in OpenDocument.
func formulaText(formula string) string {
	if prefix, rest, found := strings.Cut(formula, "="); found && (prefix == "" || strings.HasSuffix(prefix, ":")) {
		formula = rest
	}
	return openReferences.ReplaceAllStringFunc(formula, func(open string) string {
		m := openReferences.FindStringSubmatch(open)
		if m[1] != "" {
			m[1] += "!"
		}
		if m[3] != "" {
			m[3] = ":" + m[3]
		}
		return m[1] + m[2] + m[3]
	})
}

// reference reads a reference to a cell or range, if one comes next.
func (p *formulaParser) reference() (r formulaRange, ok bool) {
	rest := p.text[p.at:]
	at := references.FindStringSubmatchIndex(rest)
	if at == nil {
		return r, false
	}
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return rest[at[2*n]:at[2*n+1]]
	}
	r.sheet = p.sheet
	if name := strings.ReplaceAll(group(1), "''", "'") + group(2); name != "" {
		r.sheet = strings.ToLower(name)
	}
	isRange, whole := group(8) != "", group(6) == ""
	from := p.place(group(3), group(4), group(5), group(6))
	to := from
	if isRange {
		to = p.place(group(7), group(8), group(9), group(10))
	}
	if whole != (group(10) == "") && isRange || whole && !isRange {
		return r, false
	}
	if whole {
		from.row, to.row = 1, 1<<20
	}
	p.at += slices.Max(at[2:])
	r.from = cellPlace{min(from.row, to.row), min(from.column, to.column)}
	r.to = cellPlace{max(from.row, to.row), max(from.column, to.column)}
	return r, r.from.row > 0 && r.from.column >= 0
}

// place is a place of a reference, in a formula that is shared from elsewhere.
func (p *formulaParser) place(columnFixed, letters, rowFixed, digits string) cellPlace {
	column, _ := cellColumn(letters)
	row, _ := strconv.Atoi(digits) // digits, or nothing
	if columnFixed == "" {
		column += p.columns
	}
	if rowFixed == "" {
		row += p.rows
	}
	return cellPlace{row, column}
}

// cellColumn is the column, from 0, that letters at the start of a reference
// stand for, and how many they are.
func cellColumn(ref string) (column, letters int) {
	for letters < len(ref) && letters < 3 && ref[letters]|0x20 >= 'a' && ref[letters]|0x20 <= 'z' {
		column = column*26 + int(ref[letters]|0x20-'a') + 1
		letters++
	}
	return column - 1, letters
}

// CellPlace reads a reference such as "B12" or "B12:D14": the column from 0
// and the row from 1, both 0 for what is none.
func CellPlace(ref string) (column, row int) {
	column, n := cellColumn(ref)
	if n == 0 {
		return 0, 0
	}
	digits, _, _ := strings.Cut(ref[n:], ":")
	row, _ = strconv.Atoi(digits) // 0 where there is none
	return column, row
}
