package web

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// table writes one block a row, unless the table only lays out a page.
func (p *page) table(n *html.Node) {
	p.flush()
	if isLayout(n) {
		p.children(n)
		p.flush()
		return
	}
	p.BeginTable()
	naming := true
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Caption:
			p.put(read.Caption, 0, flatText(d))
		case atom.Tr:
			naming = p.row(d, naming)
		}
	}
	p.BeginTable()
}

// row writes a row of a table. Those at its start that hold nothing but names
// are its header, and the last of them stands for all.
func (p *page) row(tr *html.Node, naming bool) bool {
	cells, names := rowCells(tr)
	naming = naming && names
	switch {
	case p.furniture > 0:
		p.put(read.Furniture, 0, read.JoinCells(cells))
	case naming:
		p.BeginTable()
		p.AddHeader(cells)
	default:
		p.AddRow(cells)
	}
	return naming
}

// isLayout reports whether a table only places things on a page: it says so,
// has tables or headings in it, or no row of more than one cell.
func isLayout(table *html.Node) bool {
	if role := attribute(table, "role"); role == "presentation" || role == "none" {
		return true
	}
	wide := false
	for d := range table.Descendants() {
		if d.DataAtom == atom.Table || headingLevel(d.DataAtom) > 0 {
			return true
		}
		if isCell(d) && !wide {
			for s := d.NextSibling; s != nil && !wide; s = s.NextSibling {
				wide = isCell(s)
			}
		}
	}
	return !wide
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// rowCells are the texts of a row's cells, and whether they name columns. A
// cell that spans columns keeps those after it in their place.
func rowCells(tr *html.Node) (cells []string, names bool) {
	names = tr.Parent.DataAtom == atom.Thead
	headed := true
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if !isCell(c) {
			continue
		}
		headed = headed && c.DataAtom == atom.Th
		cells = append(cells, flatText(c))
		for range min(office.Int(attribute(c, "colspan"), 1), 50) - 1 {
			cells = append(cells, "")
		}
	}
	return cells, names || headed && len(cells) > 1
}
