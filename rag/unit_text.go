package rag

import (
	"strings"

	"docent/rag/lang"
)

// UnitsOf returns the units of a passage: its own or, where nothing is known but
// its text, those that the text shows. Lines with cells are rows, lines that begin
// with a bullet or number are items, both under a lead-in that ends with a colon;
// all else is sentences.
func UnitsOf(p Passage) []Unit {
	if p.Units != nil {
		return p.Units
	}
	c := unitCutter{passage: p}
	at := p.Start
	for line := range strings.SplitSeq(p.Text, "\n") {
		c.line(trimmed(line, at))
		at += len(line) + 1
	}
	c.flush()
	c.group()
	return c.units
}

// trimmed is the span of a line that begins at an offset, without the white space
// at its ends.
func trimmed(line string, at int) lang.Span {
	text := strings.TrimSpace(line)
	start := at + strings.Index(line, text)
	return lang.Span{Start: start, End: start + len(text)}
}

// cellGap stands between the cells of a row.
const cellGap = " | "

// unitCutter cuts a passage into units, a line at a time.
type unitCutter struct {
	passage Passage
	units   []Unit
	// open is the run of lines that goes on, of the kind.
	open lang.Span
	kind UnitKind
}

func (c *unitCutter) text(s lang.Span) string {
	return c.passage.Text[s.Start-c.passage.Start : s.End-c.passage.Start]
}

func (c *unitCutter) line(line lang.Span) {
	text := c.text(line)
	kind := Sentence
	switch {
	case text == "":
		c.flush()
		return
	case strings.Contains(text, cellGap):
		kind = Row
	case lang.StartsItem(text):
		kind = Item
	case c.open.End > 0 && c.kind != Row:
		c.open.End = line.End
		return
	}
	c.flush()
	c.open, c.kind = line, kind
}

// flush makes units of the open lines.
func (c *unitCutter) flush() {
	open := c.open
	c.open = lang.Span{}
	if open.End == 0 {
		return
	}
	switch c.kind {
	case Row:
		c.units = append(c.units, Unit{Kind: Row, Span: open, Cells: cellsOf(c.text(open), open.Start)})
	case Item:
		c.units = append(c.units, Unit{Kind: Item, Span: open})
	default:
		for _, s := range lang.Sentences(c.text(open)) {
			c.units = append(c.units, Unit{Span: lang.Span{Start: open.Start + s.Start, End: open.Start + s.End}})
		}
	}
}

// cellsOf are the spans of the cells of a row that begins at an offset.
func cellsOf(row string, at int) []lang.Span {
	var cells []lang.Span
	for cell := range strings.SplitSeq(row, cellGap) {
		cells = append(cells, lang.Span{Start: at, End: at + len(cell)})
		at += len(cell) + len(cellGap)
	}
	return cells
}

// group makes lists and tables of the items and rows that follow each other.
func (c *unitCutter) group() {
	for first := 0; first < len(c.units); {
		kind, next := c.units[first].Kind, first+1
		for next < len(c.units) && c.units[next].Kind == kind {
			next++
		}
		if kind == Item || kind == Row {
			c.join(first, next)
		}
		first = next
	}
}

// join makes one group of units, under the lead-in before them.
func (c *unitCutter) join(first, next int) {
	var context []lang.Span
	if first > 0 && c.announces(c.units[first-1]) {
		c.units[first-1].Kind = Lead
		context = []lang.Span{c.units[first-1].Span}
	}
	group := lang.Span{Start: c.units[first].Start, End: c.units[next-1].End}
	for i := first; i < next; i++ {
		u := &c.units[i]
		u.Context, u.Group, u.Part, u.Parts = context, group, i-first+1, next-first
	}
}

// announces reports whether a sentence says that something follows.
func (c *unitCutter) announces(u Unit) bool {
	text := c.text(u.Span)
	return u.Kind == Sentence && (strings.HasSuffix(text, ":") || strings.HasSuffix(text, "："))
}
