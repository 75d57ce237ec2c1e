package office

import (
	"errors"
	"math"
	"strings"
)

// Formulas computes the formulas of a workbook whose results are not in the
// file, as programs write them that do not calculate: sums and the like of cells.
// The zero value holds no cells.
type Formulas struct {
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
	FormulaValue
	// Formula is as the file has it, "" where the value is known. It is shared with
	// the cell that it is written in, which is so many rows and columns before.
	Formula       string
	Rows, Columns int
	// running says that it is being computed, failed that it could not be.
	running, failed bool
}

// FormulaValue is a number, a truth, which is 1 or 0 as a number, a text, an
// error as spreadsheets show them, or nothing.
type FormulaValue struct {
	Kind   ValueKind
	Number float64
	Text   string
}

// ValueKind says what a value is.
type ValueKind byte

// The kinds of value.
const (
	NoValue ValueKind = iota
	NumberValue
	TruthValue
	TextValue
	ErrorValue
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

var errNotComputed = errors.New("not computed")

// Hold has formulas know a cell.
func (f *Formulas) Hold(sheet string, row, column int, cell FormulaCell) {
	if f.held++; f.held > mostFormulaCells {
		return
	}
	if f.sheets == nil {
		f.sheets = make(map[string]*formulaSheet)
	}
	s := f.sheets[strings.ToLower(sheet)]
	if s == nil {
		s = &formulaSheet{cells: make(map[cellPlace]*FormulaCell)}
		f.sheets[strings.ToLower(sheet)] = s
	}
	s.cells[cellPlace{row, column}] = &cell
	s.last = cellPlace{max(s.last.row, row), max(s.last.column, column)}
}

// Value is what a cell comes to; ok is false where that is not known.
func (f *Formulas) Value(sheet string, row, column int) (v FormulaValue, ok bool) {
	if f.held > mostFormulaCells {
		return v, false // a sum of what is held might lack some
	}
	v, err := f.cell(strings.ToLower(sheet), cellPlace{row, column}, 0)
	return v, err == nil
}

func (f *Formulas) cell(sheet string, place cellPlace, depth int) (FormulaValue, error) {
	f.steps++
	s := f.sheets[sheet]
	if s == nil || f.steps > mostFormulaSteps || depth > deepestFormula {
		return FormulaValue{}, errNotComputed
	}
	c := s.cells[place]
	switch {
	case c == nil:
		return FormulaValue{}, nil
	case c.Formula == "":
		return c.FormulaValue, nil
	case c.running || c.failed:
		return FormulaValue{}, errNotComputed
	}
	c.running = true
	p := formulaParser{book: f, sheet: sheet, text: formulaText(c.Formula), rows: c.Rows, columns: c.Columns, depth: depth + 1}
	v, err := p.whole()
	c.running, c.failed = false, err != nil
	if err == nil {
		c.FormulaValue, c.Formula = v, ""
	}
	return v, err
}

// cells are those of a range that are not empty.
func (f *Formulas) cells(r formulaRange, depth int) ([]FormulaValue, error) {
	s := f.sheets[r.sheet]
	if s == nil {
		return nil, errNotComputed
	}
	var cells []FormulaValue
	for row := r.from.row; row <= min(r.to.row, s.last.row); row++ {
		for column := r.from.column; column <= min(r.to.column, s.last.column); column++ {
			v, err := f.cell(r.sheet, cellPlace{row, column}, depth)
			if err != nil {
				return nil, err
			}
			if v.Kind != NoValue {
				cells = append(cells, v)
			}
		}
	}
	return cells, nil
}

// number is a value as one, as far as it is.
func (v FormulaValue) number() (float64, error) {
	if v.Kind == TextValue || v.Kind == ErrorValue {
		return 0, errNotComputed
	}
	return v.Number, nil
}

func numberOf(n float64) FormulaValue {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return FormulaValue{Kind: ErrorValue, Text: "#NUM!"}
	}
	return FormulaValue{Kind: NumberValue, Number: n}
}

// divisionByZero is what spreadsheets show of one.
func divisionByZero() FormulaValue { return FormulaValue{Kind: ErrorValue, Text: "#DIV/0!"} }

func truthOf(b bool) FormulaValue {
	if b {
		return FormulaValue{Kind: TruthValue, Number: 1, Text: "TRUE"}
	}
	return FormulaValue{Kind: TruthValue, Text: "FALSE"}
}

// Show is a value as a cell of a format shows it. What a formula takes from an
// empty cell is 0.
func (v FormulaValue) Show(format *NumberFormat, look NumberLook) string {
	if v.Kind == NumberValue || v.Kind == NoValue {
		return format.Show(v.Number, look)
	}
	return v.Text
}
