package office

import (
	"strings"

	"docent/ingest/read"
)

// Table is a table.
type Table struct {
	Rows []Row
	// Named says that the first row looks like the names of the columns.
	Named bool
}

// Row is a row of a table.
type Row struct {
	Cells []Cell
	// Header says that the row names the columns.
	Header bool
	// Page is where the row begins.
	Page int
}

// Cell is a cell of a table with the blocks in it.
type Cell struct {
	Pieces []Piece
	// Span is the number of columns, 0 means 1.
	Span int
}

// putTable appends the rows of a table; one that only lays out a page is read
// as what stands in it.
func (o *Composer) putTable(t *Table) error {
	if t.isLayout() {
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				if err := o.PutAll(c.Pieces); err != nil {
					return err
				}
			}
		}
		return nil
	}
	o.BeginTable()
	defer o.BeginTable()
	names := t.headerRows()
	for i, r := range t.Rows {
		o.Page = r.Page
		before := len(o.Blocks)
		if names > 0 {
			o.AddRow(r.texts())
		} else {
			o.AddRow(r.filledTexts())
		}
		if i < names && len(o.Blocks) > before {
			o.HeaderIsLast()
			o.Blocks[before].Header = 0
		}
		if err := o.Fits(); err != nil {
			return err
		}
	}
	return nil
}

// headerRows is how many rows at the top name the columns.
func (t *Table) headerRows() int {
	n := 0
	for n < len(t.Rows) && t.Rows[n].Header {
		n++
	}
	if n == 0 && t.Named && len(t.Rows) > 1 && t.Rows[0].namesColumns() {
		return 1
	}
	if n == len(t.Rows) {
		return 0
	}
	return n
}

// isLayout reports whether a table has one column, or holds a table or what
// stands under a heading.
func (t *Table) isLayout() bool {
	widest := 0
	for _, r := range t.Rows {
		widest = max(widest, len(r.Cells))
		for _, c := range r.Cells {
			for _, p := range c.Pieces {
				if p.Table != nil && !p.Table.isLayout() || p.Kind == read.Heading && len(c.Pieces) > 1 {
					return true
				}
			}
		}
	}
	return widest < 2
}

// namesColumns reports whether all cells but perhaps one, at the corner, have
// text: the first row of a form has not.
func (r Row) namesColumns() bool {
	filled := r.Filled()
	return filled > 1 && filled >= len(r.Cells)-1
}

// Filled is how many cells hold something.
func (r Row) Filled() int {
	n := 0
	for _, c := range r.Cells {
		if len(c.Pieces) > 0 {
			n++
		}
	}
	return n
}

// MostSpan bounds the columns that one cell may take.
const MostSpan = 64

// texts returns the cells, each in the column that it begins in.
func (r Row) texts() []string {
	var texts []string
	for _, c := range r.Cells {
		texts = append(texts, TextOf(c.Pieces))
		for range min(c.Span, MostSpan) - 1 {
			texts = append(texts, "")
		}
	}
	return texts
}

// filledTexts returns the cells that have text. Without names of columns it
// does not matter in which they stand.
func (r Row) filledTexts() []string {
	var texts []string
	for _, c := range r.Cells {
		if text := TextOf(c.Pieces); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// TextOf is the text of pieces, each on lines of its own.
func TextOf(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := p.Text
		if p.Table != nil {
			text = p.Table.flat()
		}
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String()
}

// flat is the text of a table within a cell.
func (t *Table) flat() string {
	var lines []string
	for _, r := range t.Rows {
		lines = append(lines, strings.Join(r.texts(), " "))
	}
	return strings.Join(lines, "\n")
}

// SetPage sets the page of pieces and of what stands in their tables.
func SetPage(pieces []Piece, page int) {
	for i := range pieces {
		pieces[i].Page = page
		if t := pieces[i].Table; t != nil {
			for j := range t.Rows {
				t.Rows[j].Page = page
				for _, c := range t.Rows[j].Cells {
					SetPage(c.Pieces, page)
				}
			}
		}
	}
}
