package office

import (
	"slices"
	"strings"

	"docent/ingest/read"
)

// TableFlow gathers a table from a stream of paragraphs in which marks end cells
// and rows.
type TableFlow struct {
	cell  []Piece
	row   []Cell
	table Table
}

// Merge says whether a cell goes on with the one on its left or above it.
type Merge byte

// How a cell is merged.
const (
	NotMerged Merge = iota
	MergedLeft
	MergedUp
)

// IsOpen reports whether something of a table has come.
func (f *TableFlow) IsOpen() bool { return len(f.cell)+len(f.row)+len(f.table.Rows) > 0 }

// Add adds a paragraph to the cell.
func (f *TableFlow) Add(p Piece) { f.cell = append(f.cell, p) }

// EndCell ends the cell.
func (f *TableFlow) EndCell() {
	filled := func(p Piece) bool { return strings.TrimSpace(p.Text) != "" || len(p.Notes) > 0 }
	if !slices.ContainsFunc(f.cell, filled) {
		f.cell = nil
	}
	f.row = append(f.row, Cell{Pieces: f.cell})
	if f.cell = nil; len(f.row) == read.MostRowCells {
		f.EndRow(false, nil)
	}
}

// EndRow ends the row, whose first cells are merged as it says.
func (f *TableFlow) EndRow(header bool, merges []Merge) {
	if len(f.cell) > 0 {
		f.EndCell()
	}
	r := Row{Header: header}
	for i, c := range f.row {
		last := len(r.Cells) - 1
		if i < len(merges) && merges[i] == MergedLeft && last >= 0 {
			r.Cells[last].Span = r.Cells[last].span() + 1
			continue
		}
		c.Merged = i < len(merges) && merges[i] == MergedUp
		r.Cells = append(r.Cells, c)
	}
	if f.row = nil; len(r.Cells) > 0 {
		f.table.Rows = append(f.table.Rows, r)
	}
}

// End returns the table that has come, or nil.
func (f *TableFlow) End() *Table {
	t := f.table
	if f.table = (Table{}); len(t.Rows) == 0 {
		return nil
	}
	return &t
}
