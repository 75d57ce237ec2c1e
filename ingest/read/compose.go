package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// composer writes a document's text block by block.
type composer struct {
	text   strings.Builder
	blocks []Block
	// page, row and header are those of the blocks added next, see Block.
	page, row, header int
}

// document is what was composed, titled by its heading where it has one.
func (c *composer) document() Document {
	return Document{Title: c.heading(), Text: c.text.String(), Blocks: c.blocks}
}

// add appends a block, after an empty line: a line break alone ends no
// sentence. A block without text is left out.
func (c *composer) add(kind Kind, level int, text string) {
	text = clean(text)
	if kind == Code && len(c.blocks) > 0 {
		text = strings.TrimRightFunc(trimBlankLines(text), unicode.IsSpace)
	} else {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return
	}
	if len(c.blocks) > 0 {
		c.text.WriteString("\n\n")
	}
	start := c.text.Len()
	c.text.WriteString(text)
	block := Block{Kind: kind, Level: level, Start: start, End: c.text.Len(), Page: c.page}
	if kind == TableRow {
		block.Row, block.Header = c.row, c.header
	}
	c.blocks = append(c.blocks, block)
}

// addRow appends a row of a table, each cell on one line, unless all of its
// cells are empty. Trailing empty cells are left out, others keep their place.
func (c *composer) addRow(cells []string) { c.add(TableRow, 0, joinCells(cells)) }

// joinCells is the text of a row of these cells.
func joinCells(cells []string) string {
	texts := make([]string, len(cells))
	used := 0
	for i, cell := range cells {
		if texts[i] = strings.TrimSpace(flatLine(clean(cell))); texts[i] != "" {
			used = i + 1
		}
	}
	return strings.Join(texts[:used], " | ")
}

// include appends the blocks of another document.
func (c *composer) include(doc Document) {
	// places has 1 + the index here of each block, 0 for one left out.
	places := make([]int, len(doc.Blocks))
	page, row, header := c.page, c.row, c.header
	for i, b := range doc.Blocks {
		c.page, c.row, c.header = max(page, b.Page), b.Row, 0
		if b.Header > 0 {
			c.header = places[b.Header-1]
		}
		before := len(c.blocks)
		if c.add(b.Kind, b.Level, doc.Text[b.Start:b.End]); len(c.blocks) > before {
			places[i] = len(c.blocks)
		}
	}
	c.page, c.row, c.header = page, row, header
}

// beginTable forgets the header of the table before.
func (c *composer) beginTable() { c.header = 0 }

// addHeader appends a row that names the columns of those after it.
func (c *composer) addHeader(cells []string) {
	before := len(c.blocks)
	if c.addRow(cells); len(c.blocks) > before {
		c.headerIsLast()
	}
}

// headerIsLast makes the block just added the header of the rows that follow.
func (c *composer) headerIsLast() { c.header = len(c.blocks) }

// heading returns the heading that names the document: the first of level 1,
// or one that everything else stands under.
func (c *composer) heading() string {
	text := c.text.String()
	for i, b := range c.blocks {
		if b.Kind == Heading && (b.Level == 1 || i == 0 && !c.hasTopHeading()) {
			return oneLine(text[b.Start:b.End])
		}
	}
	return ""
}

func (c *composer) hasTopHeading() bool {
	return slices.ContainsFunc(c.blocks, func(b Block) bool { return b.Kind == Heading && b.Level == 1 })
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

// oneLine is text with each run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// flatLine is text with each run of white space as one space, but for the
// spaces that keep words together: "1 000" is a number with one.
func flatLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
	}), " ")
}

// clean normalises text: NFC, "\n" line ends, valid UTF-8, and none of the
// characters that only machines see; a terminal would obey some of them. The
// end of a page ends a paragraph.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if first := invisible(s); first < len(s) {
		s = withoutInvisible(s, first)
	}
	return norm.NFC.String(s)
}

// withoutInvisible replaces what invisible finds, the first of which is at i.
func withoutInvisible(s string, i int) string {
	var b strings.Builder
	b.Grow(len(s))
	for i < len(s) {
		b.WriteString(s[:i])
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i+n:], "\n"):
		case r == '\r', r == '\v', r == '\u0085', r == '\u2028':
			b.WriteByte('\n')
		case r == '\f', r == '\u2029':
			b.WriteString("\n\n")
		}
		s = s[i+n:]
		i = invisible(s)
	}
	b.WriteString(s)
	return b.String()
}

// invisible returns where the first character stands that is to be dropped or
// replaced: control characters, soft hyphens, byte order marks, other ends of
// lines; len(s) where none does.
func invisible(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f: // most characters
		case c == '\n' || c == '\t':
		case c < ' ' || c == 0x7f:
			return i
		case c == 0xc2 && (s[i+1] <= 0x9f || s[i+1] == 0xad),
			c == 0xe2 && s[i+1] == 0x80 && s[i+2]&^1 == 0xa8,
			c == 0xef && s[i+1] == 0xbb && s[i+2] == 0xbf:
			return i
		}
	}
	return len(s)
}

// mostRowCells bounds the cells of a row, as word processors and sheets do.
const mostRowCells = 16_384

// addCells adds a row of a table that has no other structure. A row of one
// cell frames text, or is a line between rows.
func (c *composer) addCells(cells []string, header bool) {
	if len(cells) == 1 {
		for line := range strings.SplitSeq(cells[0], "\n") {
			c.add(Paragraph, 0, line)
		}
		return
	}
	before := len(c.blocks)
	c.addRow(cells)
	if header && c.header == 0 && len(c.blocks) > before {
		c.headerIsLast()
	}
}
