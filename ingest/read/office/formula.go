package office

import (
	"regexp"
	"strconv"
	"strings"
)

// Formulas computes the formulas of a workbook whose results are not in the
// file, as programs write them that do not calculate: sums and the like of cells.
type Formulas struct {
	// Load has the formulas hold all cells of the workbook. It is called when the
	// first is to be computed.
	Load func()
	// Uncomputed counts the formulas that a reader found no value for.
	Uncomputed int

	sheets map[string]*formulaSheet
	// held counts the cells, steps those that were looked at.
	held, steps int
}

type formulaSheet struct {
	cells map[cellPlace]*FormulaCell
	last  cellPlace
}

// FormulaCell is a cell as formulas see it: what it holds, or its formula.
type FormulaCell struct {
	// Value is a float64, a bool, a string, a FormulaError, or nil.
	Value any
	// Formula is as the file has it, "" where the value is known. It is shared with
	// the cell that it is written in, which is so many rows and columns before.
	Formula       string
	Rows, Columns int
}

// FormulaError is an error as spreadsheets show it.
type FormulaError string

const (
	notComputed    FormulaError = ""
	divisionByZero FormulaError = "#DIV/0!"
)

// cellPlace is a row from 1 and a column from 0.
type cellPlace struct{ row, column int }

const (
	// mostFormulaCells bounds the cells that are held, mostFormulaSteps those that
	// all formulas look at, deepestFormula how far they lean on each other.
	mostFormulaCells = 200_000
	mostFormulaSteps = 2_000_000
	deepestFormula   = 500
)

// Hold has formulas know a cell.
func (f *Formulas) Hold(sheet string, row, column int, cell FormulaCell) {
	if f.held++; f.held > mostFormulaCells {
		return
	}
	name := strings.ToLower(sheet)
	s := f.sheets[name]
	if s == nil {
		s = &formulaSheet{cells: make(map[cellPlace]*FormulaCell)}
		f.sheets[name] = s
	}
	s.cells[cellPlace{row, column}] = &cell
	s.last = cellPlace{max(s.last.row, row), max(s.last.column, column)}
}

// Value is what a cell comes to; ok is false where that is not known.
func (f *Formulas) Value(sheet string, row, column int) (v any, ok bool) {
	if f.sheets == nil {
		f.sheets = make(map[string]*formulaSheet)
		f.Load()
	}
	if f.held > mostFormulaCells {
		return nil, false // a sum of what is held might lack some
	}
	v = f.cell(strings.ToLower(sheet), cellPlace{row, column}, 0)
	return v, v != notComputed
}

func (f *Formulas) cell(sheet string, place cellPlace, depth int) any {
	f.steps++
	s := f.sheets[sheet]
	if s == nil || f.steps > mostFormulaSteps || depth > deepestFormula {
		return notComputed
	}
	c := s.cells[place]
	if c == nil {
		return nil
	}
	if formula := c.Formula; formula != "" {
		c.Formula, c.Value = "", notComputed // should it lean on itself
		e := formulaEvaluator{book: f, sheet: sheet, rows: c.Rows, columns: c.Columns, depth: depth + 1}
		c.Value = e.formula(formula)
	}
	return c.Value
}

// cells are those of a range that are not empty.
func (f *Formulas) cells(r formulaRange, depth int) []any {
	s := f.sheets[r.sheet]
	if s == nil {
		return []any{notComputed}
	}
	var cells []any
	for row := r.from.row; row <= min(r.to.row, s.last.row); row++ {
		for column := r.from.column; column <= min(r.to.column, s.last.column); column++ {
			v := f.cell(r.sheet, cellPlace{row, column}, depth)
			if v != nil {
				cells = append(cells, v)
			}
			if v == notComputed {
				return cells
			}
		}
	}
	return cells
}

// formulaRange is a range of cells of a sheet.
type formulaRange struct {
	sheet    string
	from, to cellPlace
}

// references are to a cell or range: B2, $B$2:B9, B:B, Sheet2!B2, 'My sheet'!B2.
var references = regexp.MustCompile(`^(?:(?:'((?:[^']|'')+)'|([\pL\d_]+))!)?` + onePlace + `(?::` + onePlace + `)?$`)

const onePlace = `(\$?)([A-Za-z]{1,3})(?:(\$?)(\d{1,7}))?`

// reference reads a reference to a cell or range.
func (e *formulaEvaluator) reference(text string) (r formulaRange, ok bool) {
	m := references.FindStringSubmatch(text)
	if m == nil {
		return r, false
	}
	r.sheet = e.sheet
	if name := strings.ReplaceAll(m[1], "''", "'") + m[2]; name != "" {
		r.sheet = strings.ToLower(name)
	}
	isRange, whole := m[8] != "", m[6] == ""
	from := e.place(m[3:7])
	to := from
	if isRange {
		to = e.place(m[7:11])
	}
	if whole != (m[10] == "") && isRange || whole && !isRange {
		return r, false
	}
	if whole {
		from.row, to.row = 1, 1<<20
	}
	r.from = cellPlace{min(from.row, to.row), min(from.column, to.column)}
	r.to = cellPlace{max(from.row, to.row), max(from.column, to.column)}
	return r, r.from.row > 0 && r.from.column >= 0
}

// place is a place of a reference, in a formula that is shared from elsewhere:
// a sign where the column is fixed, its letters, the same of the row.
func (e *formulaEvaluator) place(m []string) cellPlace {
	column, _ := cellColumn(m[1])
	row, _ := strconv.Atoi(m[3]) // digits, or nothing
	if m[0] == "" {
		column += e.columns
	}
	if m[2] == "" {
		row += e.rows
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
