package office

import (
	"math"
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
	// Merged says that it goes on with the cell above.
	Merged bool
}

// putTable appends the rows of a table; one that only lays out a page is read
// as what stands in it. A table within a cell stands after the row.
func (o *Composer) putTable(t *Table) error {
	if t.isLayout() {
		return o.putLayout(t)
	}
	header := o.Header
	defer func() { o.Header = header }()
	o.BeginTable()
	names := t.headerRows()
	g := grid{aligned: names > 0}
	for i, r := range t.Rows {
		o.Page = r.Page
		if i >= names && len(r.Cells) == 1 && r.Cells[0].span() == 1 { // it frames text, or is a line between rows
			g.above = nil
			if err := o.PutAll(r.Cells[0].Pieces); err != nil {
				return err
			}
			continue
		}
		before := len(o.Blocks)
		o.AddRow(g.texts(r))
		if len(o.Blocks) > before {
			g.merge(r, &o.Blocks[before])
		}
		if i < names && len(o.Blocks) > before {
			o.Blocks[before].Header = 0
			if o.Blocks[before].Lead == 0 {
				o.Blocks[before].Lead = o.Header
			}
			o.HeaderIsLast()
		}
		if err := o.putUnder(before, r.after()); err != nil {
			return err
		}
		if err := o.Fits(); err != nil {
			return err
		}
	}
	return nil
}

// putLayout appends what stands in the cells.
func (o *Composer) putLayout(t *Table) error {
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if err := o.PutAll(c.Pieces); err != nil {
				return err
			}
		}
	}
	return nil
}

// isLayout reports whether a table has one column, holds what stands under a
// heading, or tables in half of its cells.
func (t *Table) isLayout() bool {
	widest, filled, nesting := 0, 0, 0
	for _, r := range t.Rows {
		widest = max(widest, len(r.Cells))
		filled += r.Filled()
		for _, c := range r.Cells {
			nested := false
			for _, p := range c.Pieces {
				if p.Kind == read.Heading && len(c.Pieces) > 1 {
					return true
				}
				nested = nested || p.isTable()
			}
			if nested {
				nesting++
			}
		}
	}
	return widest < 2 || nesting > 0 && 2*nesting >= filled
}

// isTable reports whether a piece is a table that has rows.
func (p Piece) isTable() bool { return p.Table != nil && !p.Table.isLayout() }

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

// after is what stands in the cells of a row and is read with it: notes, and
// the tables in them.
func (r Row) after() []Piece {
	var all []Piece
	for _, c := range r.Cells {
		for _, p := range c.Pieces {
			for _, n := range p.Notes {
				n.At = math.MaxInt // of all of the row
				all = append(all, n)
			}
			if p.isTable() {
				all = append(all, p)
			}
		}
	}
	return all
}

// text is the text of a cell, without the tables that stand in it. Beside the
// label in the next cell a field shows its value only.
func (c Cell) text() string {
	var own []Piece
	for _, p := range c.Pieces {
		if p.isTable() {
			continue
		}
		if p.Titled {
			p.Label = ""
		}
		own = append(own, p)
	}
	return TextOf(own)
}

// TextOf is the text of pieces, each on lines of its own.
func TextOf(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := p.Text
		switch {
		case p.Table != nil:
			text = p.Table.flat()
		case p.Label != "":
			text = p.Label + " " + p.Text
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
		lines = append(lines, strings.Join((&grid{aligned: true}).texts(r), " "))
	}
	return strings.Join(lines, "\n")
}

// SetPage sets the page of pieces and of what stands in their tables.
func SetPage(pieces []Piece, page int) {
	for i := range pieces {
		pieces[i].Page = page
		SetPage(pieces[i].Notes, page)
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
