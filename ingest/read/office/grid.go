package office

import "docent/ingest/read"

// MostSpan bounds the columns that one cell may take.
const MostSpan = 64

// grid places the cells of the rows of a table.
type grid struct {
	// aligned says that each cell stands in its column. Without names of columns
	// it does not matter in which it stands, and empty ones are left out.
	aligned bool
	// above are where the cells of the row above stand, one for each column.
	above []read.Span
}

func (c Cell) span() int { return max(1, min(c.Span, MostSpan)) }

// texts are the cells of a row as they are written: a merged one in the first of
// its columns and rows.
func (g *grid) texts(r Row) []string {
	var texts []string
	for _, c := range r.Cells {
		text := ""
		if !c.Merged {
			text = c.text()
		}
		if text != "" || g.aligned {
			texts = append(texts, text)
		}
		for range c.span() - 1 {
			if g.aligned {
				texts = append(texts, "")
			}
		}
	}
	return texts
}

// merge has the row that was written know the merged cells that are in it.
func (g *grid) merge(r Row, b *read.Block) {
	var cells, columns []read.Span
	next, merged, last := 0, false, 0
	for _, c := range r.Cells {
		place := read.Span{Start: b.End, End: b.End}
		written := g.aligned || !c.Merged && c.text() != ""
		switch {
		case c.Merged && len(columns) < len(g.above):
			place = g.above[len(columns)]
		case written && next < len(b.Cells):
			place = b.Cells[next]
		}
		if written {
			next++
		}
		full := place.End > place.Start
		for i := range c.span() {
			if columns = append(columns, place); g.aligned || i == 0 && full {
				cells = append(cells, place)
			}
		}
		if g.aligned {
			next += c.span() - 1
		}
		if full {
			last, merged = len(cells), merged || c.Merged || g.aligned && c.span() > 1
		}
	}
	if g.above = columns; merged {
		b.Cells = cells[:last]
	}
}
