package msoffice

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"docent/ingest/read/office"
)

// excelCell is a cell as it is kept until the sheet is read: the rows of some
// programs do not come in order, and a sheet has up to 16 million cells.
type excelCell struct {
	row, column, look uint16
	kind              excelKind
	// value is the bits of a number, or the index of a string.
	value uint64
}

type excelKind uint8

const (
	excelNumber excelKind = iota
	// excelShared is a string of the workbook, excelOwn one of the sheet.
	excelShared
	excelOwn
	excelTruth
	excelError
)

// excelCells are those of one sheet.
type excelCells struct {
	*excel
	cells []excelCell
	own   []string
	// result is set when the string that a formula came to is expected.
	result bool
	// hidden are the rows that are not shown, merged the ranges that are one cell.
	hidden map[int]bool
	merged [][]byte
}

func (x *excel) sheet(number int, entry excelSheet) error {
	s := x.NewSheet(number, entry.name)
	c := excelCells{excel: x, hidden: make(map[int]bool)}
	n := 0
	for kind, data := range x.records(entry.at) {
		if n++; n%4096 == 0 && x.Stopped() != nil {
			return x.Stopped()
		}
		c.record(kind, data[0])
		c.look(s, kind, data[0])
	}
	place := func(c excelCell) int { return int(c.row)<<16 | int(c.column) }
	byPlace := func(a, b excelCell) int { return cmp.Compare(place(a), place(b)) }
	if !slices.IsSortedFunc(c.cells, byPlace) {
		slices.SortStableFunc(c.cells, byPlace)
	}
	s.First = math.MaxInt
	for _, cell := range c.cells {
		s.First = min(s.First, int(cell.column))
	}
	for len(c.cells) > 0 {
		end := 1
		for end < len(c.cells) && c.cells[end].row == c.cells[0].row {
			end++
		}
		row, cells := int(c.cells[0].row), c.shown(c.cells[:end])
		c.cells = c.cells[end:]
		if c.hidden[row] {
			s.SkipRow(cells)
			continue
		}
		if err := s.PutRow(row+1, cells); err != nil {
			return err
		}
	}
	for _, m := range c.merged {
		s.Merge(office.Uint16(m, 0)+1, office.Uint16(m, 4), office.Uint16(m, 2)+1, office.Uint16(m, 6))
	}
	s.End()
	return nil
}

// look takes what is hidden and what is merged.
func (c *excelCells) look(s *office.Sheet, kind int, data []byte) {
	const hiddenRow, hiddenColumns, range4 = 0x20, 1, 8
	switch {
	case kind == recordRow && office.Uint16(data, 12)&hiddenRow != 0:
		c.hidden[office.Uint16(data, 0)] = true
	case kind == recordColumns && office.Uint16(data, 8)&hiddenColumns != 0:
		s.Hide(office.Uint16(data, 0), office.Uint16(data, 2))
	case kind == recordMerged:
		for at := 2; at+range4 <= len(data); at += range4 {
			c.merged = append(c.merged, data[at:at+range4])
		}
	}
}

// record takes the cells of a record.
func (c *excelCells) record(kind int, data []byte) {
	switch kind {
	case recordNumber:
		c.add(data, excelNumber, office.Uint64(data, 6))
	case recordSmallNumber:
		c.add(data, excelNumber, smallNumber(office.Uint32(data, 6)))
	case recordNumbers:
		for i := 0; 4+6*i+6 <= len(data)-2; i++ {
			c.cells = append(c.cells, excelCell{
				row: uint16(office.Uint16(data, 0)), column: uint16(office.Uint16(data, 2) + i), look: uint16(office.Uint16(data, 4+6*i)),
				value: smallNumber(office.Uint32(data, 6+6*i)),
			})
		}
	case recordSharedLabel:
		c.add(data, excelShared, uint64(office.Uint32(data, 6)))
	case recordLabel, recordRichText:
		c.addText(data, c.text(office.Slice(data, 6, len(data)), false))
	case recordTruth:
		kind := excelTruth
		if office.Uint16(data, 6)>>8 == 1 {
			kind = excelError
		}
		c.add(data, kind, uint64(office.Uint16(data, 6)&0xff))
	case recordFormula, recordFormula | 0x200, recordFormula | 0x400:
		c.formula(data)
	case recordResult:
		if c.result {
			c.result = false
			c.own[len(c.own)-1] = c.text(data, false)
		}
	}
}

func (c *excelCells) add(data []byte, kind excelKind, value uint64) {
	if len(data) < 8 {
		return
	}
	c.cells = append(c.cells, excelCell{
		row: uint16(office.Uint16(data, 0)), column: uint16(office.Uint16(data, 2)), look: uint16(office.Uint16(data, 4)), kind: kind, value: value,
	})
}

func (c *excelCells) addText(data []byte, text string) {
	c.own = append(c.own, text)
	c.add(data, excelOwn, uint64(len(c.own)-1))
}

// formula takes what a formula came to when the workbook was saved.
func (c *excelCells) formula(data []byte) {
	const isText, isTruth, isError = 0, 1, 2
	if len(data) < 14 {
		return
	}
	if office.Uint16(data, 12) != 0xffff {
		c.add(data, excelNumber, office.Uint64(data, 6))
		return
	}
	switch data[6] {
	case isText:
		c.addText(data, "")
		c.result = true
	case isTruth:
		c.add(data, excelTruth, uint64(data[8]))
	case isError:
		c.add(data, excelError, uint64(data[8]))
	}
}

// smallNumber returns the bits of a number in 4 bytes (RK): the upper bytes of
// a float or an integer, of hundredths or not.
func smallNumber(rk int) uint64 {
	const hundredths, integer = 1, 2
	value := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&integer != 0 {
		value = float64(int32(rk) >> 2)
	}
	if rk&hundredths != 0 {
		value /= 100
	}
	return math.Float64bits(value)
}

var excelErrors = map[uint64]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A",
}

// shown are the cells of a row that are not empty.
func (c *excelCells) shown(row []excelCell) []office.SheetCell {
	var cells []office.SheetCell
	for _, cell := range row {
		look := c.styles.Of(int(cell.look))
		s := office.SheetCell{Column: int(cell.column), Bold: look.Bold}
		switch cell.kind {
		case excelNumber:
			s.Text = look.Format.Show(math.Float64frombits(cell.value), c.numbers)
		case excelShared:
			s.Words = true
			if cell.value < uint64(len(c.strings)) {
				s.Text = c.strings[cell.value]
			}
		case excelOwn:
			s.Text, s.Words = c.own[cell.value], true
		case excelTruth:
			s.Text = office.ShowValue(cell.value != 0, nil, c.numbers)
		case excelError:
			s.Text = excelErrors[cell.value]
		}
		switch {
		case strings.TrimSpace(s.Text) == "":
		case !look.Seen():
			c.Hide(s.Text)
		default:
			cells = append(cells, s)
		}
	}
	return cells
}
