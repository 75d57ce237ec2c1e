package pdf

import (
	"slices"

	"docent/ingest/read"
)

// addRows writes rows that follow one another, each cell in its column, and finds
// whether the first names the columns.
func (t *layout) addRows(c *read.Builder, parts []pdfPart) {
	lines := make([]textLine, len(parts))
	for i, part := range parts {
		lines[i] = t.lines[part.lines[0]]
	}
	columns := columnsOf(lines)
	placed := make([][]int, len(lines))
	texts := make([][]string, len(lines))
	for i, l := range lines {
		if placed[i] = placeCells(l, columns); placed[i] == nil {
			columns = nil // one row that fits none makes the others doubtful
			break
		}
		texts[i] = make([]string, len(columns))
		for n, column := range placed[i] {
			texts[i][column] = l.cells[n]
		}
	}
	c.BeginTable()
	for i, l := range lines {
		c.Page = l.page
		before := len(c.Blocks)
		c.AddRow(l.cells)
		if columns == nil || len(c.Blocks) == before {
			continue
		}
		alignCells(&c.Blocks[before], placed[i])
		if i == 0 && t.params.TableHeaders && read.HeaderRows(texts) > 0 {
			c.HeaderIsLast()
		}
	}
	c.BeginTable()
}

// rowsFrom are the parts from one on that are rows of one table.
func (t *layout) rowsFrom(parts []pdfPart) []pdfPart {
	const farthest = 4 // ems between the lines
	end := 1
	for ; end < len(parts) && parts[end].kind == read.TableRow; end++ {
		above, below := t.lines[parts[end-1].lines[0]], t.lines[parts[end].lines[0]]
		if down := above.base - below.base; above.page != below.page || down <= 0 || down > farthest*above.em() {
			break
		}
	}
	return parts[:end]
}

// columnsOf are the columns of the rows that have most cells, nil where these do
// not stand under one another.
func columnsOf(lines []textLine) []edges {
	most := 0
	for _, l := range lines {
		most = max(most, len(l.cells))
	}
	var columns []edges
	for _, l := range lines {
		switch {
		case len(l.cells) != most || len(l.places) != most:
			continue
		case columns == nil:
			columns = slices.Clone(l.places)
			continue
		}
		for i, p := range l.places {
			columns[i] = edges{min(columns[i].left, p.left), max(columns[i].right, p.right)}
		}
	}
	for i := 1; i < len(columns); i++ {
		if columns[i].left <= columns[i-1].right {
			return nil
		}
	}
	return columns
}

// placeCells are the columns of the cells of a row, nil where one stands in none
// or two in one.
func placeCells(l textLine, columns []edges) []int {
	if len(l.places) != len(l.cells) {
		return nil
	}
	placed := make([]int, 0, len(l.cells))
	next := 0
	for _, p := range l.places {
		for next < len(columns) && (columns[next].right < p.left || columns[next].left > p.right) {
			next++
		}
		if next == len(columns) {
			return nil
		}
		placed = append(placed, next)
		next++
	}
	return placed
}

// alignCells puts empty cells into the columns that a row has none in.
func alignCells(b *read.Block, placed []int) {
	if len(b.Cells) != len(placed) {
		return
	}
	var cells []read.Span
	for i, c := range b.Cells {
		for len(cells) < placed[i] {
			cells = append(cells, read.Span{Start: c.Start, End: c.Start})
		}
		cells = append(cells, c)
	}
	b.Cells = cells
}
