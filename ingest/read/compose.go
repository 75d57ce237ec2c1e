package read

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// composer writes a document's text block by block.
type composer struct {
	text   strings.Builder
	blocks []Block
}

// add appends a block; one without text is left out. Items of a list and rows
// of a table stand on lines of their own, everything else is set off by an
// empty line.
func (c *composer) add(kind Kind, level int, text string) {
	text = clean(text)
	if kind == Code {
		text = strings.TrimRightFunc(trimBlankLines(text), unicode.IsSpace)
	} else {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return
	}
	if n := len(c.blocks); n > 0 {
		c.text.WriteByte('\n')
		if last := c.blocks[n-1].Kind; last != kind || kind != ListItem && kind != TableRow {
			c.text.WriteByte('\n')
		}
	}
	start := c.text.Len()
	c.text.WriteString(text)
	c.blocks = append(c.blocks, Block{Kind: kind, Level: level, Start: start, End: c.text.Len()})
}

// heading returns the text of the first heading, preferring level 1.
func (c *composer) heading() string {
	text := c.text.String()
	var first string
	for _, b := range c.blocks {
		if b.Kind != Heading {
			continue
		}
		if b.Level == 1 {
			return oneLine(text[b.Start:b.End])
		}
		if first == "" {
			first = oneLine(text[b.Start:b.End])
		}
	}
	return first
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
// characters that only machines see. The end of a page ends a paragraph.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if hasInvisible(s) {
		s = invisible.Replace(s)
	}
	return norm.NFC.String(s)
}

var invisible = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n\n",
	"\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n",
	"\x00", "", "\u00ad", "", "\ufeff", "",
)

// hasInvisible reports whether there may be something for invisible to
// replace; most texts have nothing, and this is many times faster.
func hasInvisible(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '\r', '\v', '\f', 0, 0xef:
			return true
		case 0xc2:
			if s[i+1] == 0x85 || s[i+1] == 0xad {
				return true
			}
		case 0xe2:
			if s[i+1] == 0x80 && s[i+2]&^1 == 0xa8 {
				return true
			}
		}
	}
	return false
}
