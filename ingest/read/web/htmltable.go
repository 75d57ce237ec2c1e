package web

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// table writes one block a row, unless the table only lays out a page. A table
// in a cell comes after its row, and is read with it.
func (p *page) table(n *html.Node) {
	if p.unnested {
		p.nested = append(p.nested, n)
		return
	}
	p.flush()
	if !p.rendered && isLayout(n) {
		p.children(n)
		p.flush()
		return
	}
	header := p.Header
	p.BeginTable()
	t := tableWalk{page: p, naming: true}
	for d := range n.ChildNodes() {
		switch d.DataAtom {
		case atom.Caption:
			p.put(read.Caption, 0, p.flatText(d))
		case atom.Tr:
			t.row(d)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			for tr := range d.ChildNodes() {
				if tr.DataAtom == atom.Tr {
					t.row(tr)
				}
			}
		}
	}
	p.Header = header
}

// tableWalk goes through the rows of a table.
type tableWalk struct {
	*page
	// naming is set while rows hold nothing but names.
	naming bool
	// merged are the cells that go on in the next rows, by their columns.
	merged []mergedCell
}

// mergedCell is a cell that goes on in more rows.
type mergedCell struct {
	read.Span
	rows int
}

// tableCell is a cell of a row in its column; of is the column of the cell that
// it is a part of, rows how many it takes.
type tableCell struct {
	text     string
	of, rows int
	marks    []noteMark
}

// row writes a row. Those at the start that hold nothing but names are its
// headers, each read with the one above it.
func (t *tableWalk) row(tr *html.Node) {
	cells, names := t.cells(tr)
	t.naming = t.naming && names
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = c.text
	}
	before := len(t.Blocks)
	switch {
	case t.furniture > 0:
		t.put(read.Furniture, 0, read.JoinCells(texts))
		t.nested = nil
		return
	case t.naming:
		t.AddHeader(texts)
	default:
		t.AddRow(texts)
	}
	if len(t.Blocks) > before {
		t.merge(cells)
		t.added("")
	}
	t.within(before)
}

// within writes the tables in the cells of the row just written.
func (t *tableWalk) within(before int) {
	nested, lead, header := t.nested, t.Lead, t.Header
	if t.nested = nil; len(t.Blocks) > before {
		t.Lead = len(t.Blocks)
	}
	for _, n := range nested {
		t.table(n)
	}
	t.Lead, t.Header = lead, header
}

// cells are those of a row by their columns, and whether they name columns.
func (t *tableWalk) cells(tr *html.Node) (cells []tableCell, names bool) {
	headed := true
	skip := func() {
		for len(cells) < len(t.merged) && t.merged[len(cells)].rows > 0 {
			cells = append(cells, tableCell{of: -1})
		}
	}
	for c := range tr.ChildNodes() {
		if !isCell(c) {
			continue
		}
		skip()
		headed = headed && c.DataAtom == atom.Th
		column := len(cells)
		text, marks := t.flat(c, true)
		rows := min(max(office.Int(attribute(c, "rowspan"), 1), 1), mostSpan)
		for range max(min(office.Int(attribute(c, "colspan"), 1), mostSpan), 1) {
			cells = append(cells, tableCell{of: column, rows: rows})
		}
		cells[column].text, cells[column].marks = text, marks
	}
	skip()
	return cells, tr.Parent.DataAtom == atom.Thead || headed && len(cells) > 1
}

// mostSpan is how many columns or rows a cell may take.
const mostSpan = 50

// merge puts merged cells in all of their places, and keeps those that go on.
func (t *tableWalk) merge(cells []tableCell) {
	b := &t.Blocks[len(t.Blocks)-1]
	own := append([]read.Span(nil), b.Cells...)
	for i, c := range cells {
		if i >= len(t.merged) {
			t.merged = append(t.merged, mergedCell{})
		}
		m := &t.merged[i]
		switch {
		case c.of < 0:
			t.Share(i, m.Span)
			m.rows--
			continue
		case c.of >= len(own):
			*m = mergedCell{}
			continue
		case c.of < i:
			t.Share(i, own[c.of])
		}
		*m = mergedCell{own[c.of], c.rows - 1}
		for _, mark := range c.marks {
			if t.anchors.known[mark.id].place == 0 {
				t.anchors.known[mark.id] = noteMark{place: len(t.Blocks), at: min(own[i].Start+mark.at, own[i].End)}
			}
		}
	}
}

// isLayout reports whether a table only places things on a page: it says so,
// has headings in it, tables and no names of columns, or no row of more than one
// cell.
func isLayout(table *html.Node) bool {
	if role := attribute(table, "role"); role == "presentation" || role == "none" {
		return true
	}
	wide, named, nested := false, false, false
	for d := range table.Descendants() {
		switch {
		case headingLevel(d.DataAtom) > 0:
			return true
		case d.DataAtom == atom.Table:
			nested = true
		case d.DataAtom == atom.Thead || d.DataAtom == atom.Th:
			named = named || tableOf(d) == table
		}
		if isCell(d) && !wide {
			for s := d.NextSibling; s != nil && !wide; s = s.NextSibling {
				wide = isCell(s)
			}
		}
	}
	return !wide || nested && !named
}

// tableOf is the table that a part of one is in.
func tableOf(n *html.Node) *html.Node {
	for a := range n.Ancestors() {
		if a.DataAtom == atom.Table {
			return a
		}
	}
	return nil
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }
