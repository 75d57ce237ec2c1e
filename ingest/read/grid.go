package read

import "strings"

// grid is a table.
type grid struct {
	rows []gridRow
	// named says that the first row looks like the names of the columns.
	named bool
}

type gridRow struct {
	cells []gridCell
	// header says that the row names the columns.
	header bool
	// page is where the row begins.
	page int
}

type gridCell struct {
	pieces []piece
	// span is the number of columns, 0 means 1.
	span int
}

// putTable appends the rows of a table; one that only lays out a page is read
// as what stands in it.
func (o *office) putTable(t *grid) error {
	if t.isLayout() {
		for _, r := range t.rows {
			for _, c := range r.cells {
				if err := o.putAll(c.pieces); err != nil {
					return err
				}
			}
		}
		return nil
	}
	o.beginTable()
	defer o.beginTable()
	names := t.headerRows()
	for i, r := range t.rows {
		o.page = r.page
		before := len(o.blocks)
		if names > 0 {
			o.addRow(r.texts())
		} else {
			o.addRow(r.filledTexts())
		}
		if i < names && len(o.blocks) > before {
			o.headerIsLast()
			o.blocks[before].Header = 0
		}
		if err := o.fits(); err != nil {
			return err
		}
	}
	return nil
}

// headerRows is how many rows at the top name the columns.
func (t *grid) headerRows() int {
	n := 0
	for n < len(t.rows) && t.rows[n].header {
		n++
	}
	if n == 0 && t.named && len(t.rows) > 1 && t.rows[0].namesColumns() {
		return 1
	}
	if n == len(t.rows) {
		return 0
	}
	return n
}

// isLayout reports whether a table has one column, or holds a table or what
// stands under a heading.
func (t *grid) isLayout() bool {
	widest := 0
	for _, r := range t.rows {
		widest = max(widest, len(r.cells))
		for _, c := range r.cells {
			for _, p := range c.pieces {
				if p.table != nil && !p.table.isLayout() || p.kind == Heading && len(c.pieces) > 1 {
					return true
				}
			}
		}
	}
	return widest < 2
}

// namesColumns reports whether all cells but perhaps one, at the corner, have
// text: the first row of a form has not.
func (r gridRow) namesColumns() bool {
	filled := r.filled()
	return filled > 1 && filled >= len(r.cells)-1
}

func (r gridRow) filled() int {
	n := 0
	for _, c := range r.cells {
		if len(c.pieces) > 0 {
			n++
		}
	}
	return n
}

// mostSpan bounds the columns that one cell may take.
const mostSpan = 64

// texts returns the cells, each in the column that it begins in.
func (r gridRow) texts() []string {
	var texts []string
	for _, c := range r.cells {
		texts = append(texts, textOfPieces(c.pieces))
		for range min(c.span, mostSpan) - 1 {
			texts = append(texts, "")
		}
	}
	return texts
}

// filledTexts returns the cells that have text. Without names of columns it
// does not matter in which they stand.
func (r gridRow) filledTexts() []string {
	var texts []string
	for _, c := range r.cells {
		if text := textOfPieces(c.pieces); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

func textOfPieces(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := p.text
		if p.table != nil {
			text = p.table.flat()
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
func (t *grid) flat() string {
	var lines []string
	for _, r := range t.rows {
		lines = append(lines, strings.Join(r.texts(), " "))
	}
	return strings.Join(lines, "\n")
}

// onPage sets the page of pieces and of what stands in their tables.
func onPage(pieces []piece, page int) {
	for i := range pieces {
		pieces[i].page = page
		if t := pieces[i].table; t != nil {
			for j := range t.rows {
				t.rows[j].page = page
				for _, c := range t.rows[j].cells {
					onPage(c.pieces, page)
				}
			}
		}
	}
}

// dropEmptyColumns cuts the cells at the ends of the rows in which there is
// nothing.
func (t *grid) dropEmptyColumns() {
	widest := 0
	for _, r := range t.rows {
		for i, c := range r.cells {
			if len(c.pieces) > 0 {
				widest = max(widest, i+1)
			}
		}
	}
	for i, r := range t.rows {
		t.rows[i].cells = r.cells[:min(len(r.cells), widest)]
	}
}
