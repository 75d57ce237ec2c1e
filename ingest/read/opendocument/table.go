package opendocument

import (
	"docent/ingest/read/office"
)

// mostRepeats bounds how often a row or cell with text in it is repeated:
// files say so a million times.
const mostRepeats = 256

// table reads a table of a text or a slide.
func (d *odf) table(n *office.Node) office.Piece {
	t := &office.Table{}
	d.rows(t, n, false)
	return office.Piece{Table: t}
}

// rows adds the rows that an element of a table holds, or is one of.
func (d *odf) rows(t *office.Table, n *office.Node, header bool) {
	switch n.Name {
	case "table-row":
		r := office.Row{Header: header, Cells: d.cells(n)}
		if r.Filled() > 0 {
			for range repeats(n, "number-rows-repeated") {
				t.Rows = append(t.Rows, r)
			}
		}
	case "table-columns", "table-column", "table-header-columns", "shapes", "forms", "title", "desc", "table-source":
	default:
		for c := range n.Each("") {
			d.rows(t, c, header || n.Name == "table-header-rows")
		}
	}
}

// repeats is how often an element stands for itself.
func repeats(n *office.Node, attribute string) int {
	return min(max(office.Int(n.Attr(attribute), 1), 1), mostRepeats)
}

func (d *odf) cells(row *office.Node) []office.Cell {
	var cells []office.Cell
	covered := 0 // cells that the one before goes on in
	for _, n := range row.Nodes {
		var c office.Cell
		count := repeats(n, "number-columns-repeated")
		switch n.Name {
		case "table-cell":
			c.Pieces, c.Span = d.shape(n), repeats(n, "number-columns-spanned")
			covered = c.Span - 1
		case "covered-table-cell":
			beside := min(covered, count)
			covered, count = covered-beside, count-beside
			c.Merged = true
		default:
			continue
		}
		for range count {
			cells = append(cells, c)
		}
	}
	return cells
}
