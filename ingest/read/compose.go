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
func (c *composer) addRow(cells []string) {
	texts := make([]string, len(cells))
	used := 0
	for i, cell := range cells {
		if texts[i] = oneLine(clean(cell)); texts[i] != "" {
			used = i + 1
		}
	}
	c.add(TableRow, 0, strings.Join(texts[:used], " | "))
}

// beginTable forgets the header of the table before.
func (c *composer) beginTable() { c.header = 0 }

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

// clean normalises text: NFC, "\n" line ends, valid UTF-8, and none of the
// characters that only machines see; a terminal would obey some of them. The
// end of a page ends a paragraph.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if hasInvisible(s) {
		s = strings.Map(visible, lineEnds.Replace(s))
	}
	return norm.NFC.String(s)
}

var lineEnds = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n",
)

// visible drops control characters, soft hyphens and byte order marks.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r < ' ' || r >= 0x7f && r <= 0x9f || r == '\u00ad' || r == '\ufeff':
		return -1
	}
	return r
}

// hasInvisible reports whether there may be something to drop or replace; most
// texts have nothing, and this is many times faster.
func hasInvisible(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' && c != '\n' && c != '\t' || c == 0x7f || c == 0xef:
			return true
		case c == 0xc2 && (s[i+1] <= 0x9f || s[i+1] == 0xad):
			return true
		case c == 0xe2 && s[i+1] == 0x80 && s[i+2]&^1 == 0xa8:
			return true
		}
	}
	return false
}
