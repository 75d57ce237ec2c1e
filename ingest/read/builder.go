package read

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"docent/rag/lang"
)

// Builder writes a document's text block by block. The zero value is empty.
type Builder struct {
	// Text and Blocks are what was added.
	Text   strings.Builder
	Blocks []Block
	// Page, Row, Header and Lead are those of the blocks added next, see Block; no
	// heading has a lead. Depth is the level of the items of lists.
	Page, Row, Header, Lead, Depth int
	// hidden is what Hide keeps.
	hidden []hidden
}

// Document is what was composed, titled by its heading where it has one, its
// blocks related to each other.
func (c *Builder) Document() Document {
	c.PutHidden()
	doc := Document{Title: c.Heading(), Text: c.Text.String(), Blocks: c.Blocks}
	doc.Relate()
	return doc
}

// Add appends a block, after an empty line: a line break alone ends no
// sentence. A block without text is left out.
func (c *Builder) Add(kind Kind, level int, text string) {
	text = Clean(text)
	if kind == Code && len(c.Blocks) > 0 {
		text = strings.TrimRightFunc(trimBlankLines(text), unicode.IsSpace)
	} else {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return
	}
	if len(c.Blocks) > 0 {
		c.Text.WriteString("\n\n")
	}
	start := c.Text.Len()
	c.Text.WriteString(text)
	block := Block{Kind: kind, Level: level, Start: start, End: c.Text.Len(), Page: c.Page}
	switch kind {
	case TableRow:
		block.Row, block.Header = c.Row, c.Header
	case ListItem:
		block.Level = cmp.Or(level, c.Depth)
	}
	if kind != Heading && kind < Furniture && block.Header == 0 {
		block.Lead = c.Lead
	}
	c.Blocks = append(c.Blocks, block)
}

// AddRow appends a row of a table, each cell on one line, unless all of its
// cells are empty. Trailing empty cells are left out, others keep their place.
func (c *Builder) AddRow(cells []string) {
	texts := rowCells(cells)
	row := strings.Join(texts, cellGap)
	before := len(c.Blocks)
	if c.Add(TableRow, 0, row); len(c.Blocks) == before {
		return
	}
	b := &c.Blocks[before]
	// A row that begins with an empty cell loses the space before its first gap.
	at := b.Start - (len(row) - len(strings.TrimSpace(row)))
	for _, text := range texts {
		start := max(at, b.Start)
		b.Cells = append(b.Cells, Span{Start: start, End: start + len(text)})
		at += len(text) + len(cellGap)
	}
}

// cellGap stands between the cells of a row.
const cellGap = " | "

// JoinCells is the text of a row of these cells.
func JoinCells(cells []string) string { return strings.Join(rowCells(cells), cellGap) }

// rowCells are the cells as they stand in a row, without the empty ones at its
// end.
func rowCells(cells []string) []string {
	texts := make([]string, len(cells))
	used := 0
	for i, cell := range cells {
		if texts[i] = strings.TrimSpace(FlatLine(Clean(cell))); texts[i] != "" {
			used = i + 1
		}
	}
	return texts[:used]
}

// AddField appends a label with its value, "Depot: Bristol", on one line. A label
// that ends in a colon or question mark keeps what it has.
func (c *Builder) AddField(label, value string) {
	label, value = strings.TrimSpace(FlatLine(Clean(label))), strings.TrimSpace(FlatLine(Clean(value)))
	if label == "" || value == "" {
		return
	}
	name := strings.TrimRight(label, ":： \u00a0\u202f")
	if name == label && !endsAsking(label) {
		label += ":"
	}
	before := len(c.Blocks)
	c.Add(Field, 0, label+" "+value)
	b := &c.Blocks[before]
	b.Cells = []Span{{Start: b.Start, End: b.Start + len(name)}, {Start: b.End - len(value), End: b.End}}
}

// Share makes a column of the row just added a part of a merged cell, whose text
// stands where cell is.
func (c *Builder) Share(column int, cell Span) {
	if len(c.Blocks) == 0 || cell.Start == cell.End {
		return
	}
	b := &c.Blocks[len(c.Blocks)-1]
	for len(b.Cells) <= column {
		b.Cells = append(b.Cells, Span{Start: b.End, End: b.End})
	}
	b.Cells[column] = cell
}

// Include appends the blocks of another document. Those that are read with
// nothing in it have the Lead that is set.
func (c *Builder) Include(doc Document) {
	m := mover{from: doc.Blocks}
	page, row, header, lead := c.Page, c.Row, c.Header, c.Lead
	for _, b := range doc.Blocks {
		c.Page, c.Row, c.Header, c.Lead = max(page, b.Page), b.Row, m.place(b.Header, 0), m.place(b.Lead, lead)
		before := len(c.Blocks)
		if c.Add(b.Kind, b.Level, doc.Text[b.Start:b.End]); len(c.Blocks) > before {
			m.moved(len(c.Blocks), c.Blocks[before].Start-b.Start)
			c.Blocks[before].Cells = m.cells(b)
		} else {
			m.moved(0, 0)
		}
	}
	c.Page, c.Row, c.Header, c.Lead = page, row, header, lead
}

// BeginTable forgets the header of the table before.
func (c *Builder) BeginTable() { c.Header = 0 }

// AddHeader appends a row that names the columns of those after it. One right
// below another is read with that one.
func (c *Builder) AddHeader(cells []string) {
	before := len(c.Blocks)
	above, lead := c.Header, c.Lead
	if c.Header = 0; above == before {
		c.Lead = cmp.Or(above, lead)
	}
	if c.AddRow(cells); len(c.Blocks) > before {
		c.HeaderIsLast()
	} else {
		c.Header = above
	}
	c.Lead = lead
}

// HeaderIsLast makes the block just added the header of the rows that follow.
func (c *Builder) HeaderIsLast() { c.Header = len(c.Blocks) }

// Heading returns the heading that names the document: the first of level 1,
// or one that everything else stands under.
func (c *Builder) Heading() string {
	text := c.Text.String()
	for i, b := range c.Blocks {
		if b.Kind == Heading && (b.Level == 1 || i == 0 && !c.hasTopHeading()) {
			return lang.OneLine(text[b.Start:b.End])
		}
	}
	return ""
}

func (c *Builder) hasTopHeading() bool {
	return slices.ContainsFunc(c.Blocks, func(b Block) bool { return b.Kind == Heading && b.Level == 1 })
}

// trimBlankLines cuts the empty lines at the start and keeps the indentation
// of the first line that is not.
func trimBlankLines(s string) string {
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found || strings.TrimSpace(line) != "" {
			return s
		}
		s = rest
	}
}

// FlatLine is text with each run of white space as one space, but for the
// spaces that keep words together: "1 000" is a number with one.
func FlatLine(s string) string { return lang.FlatLine(s) }

// Clean is text as a document keeps it: NFC, "\n" line ends, valid UTF-8, and
// none of the characters that only machines see, see [lang.Sanitize]. The end
// of a page ends a paragraph.
func Clean(s string) string { return lang.Normalize(s) }

// MostRowCells bounds the cells of a row, as word processors and sheets do.
const MostRowCells = 16_384

// MarkNotes says where the mark stood of the notes on the block of a place, from
// that block on.
func (c *Builder) MarkNotes(from, place, at int) {
	if place == 0 {
		return
	}
	on := c.Blocks[place-1]
	at = min(max(on.Start, at), on.End)
	for i := range c.Blocks[from:] {
		if b := &c.Blocks[from+i]; b.Kind == Note && b.Lead == place {
			b.Cells = []Span{{Start: at, End: at}}
		}
	}
}
