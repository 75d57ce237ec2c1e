package msoffice

import (
	"cmp"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// msWordComposer makes blocks of paragraphs.
type msWordComposer struct {
	*office.Composer
	*msWord
	// notes are the spans of notes by the position of what refers to them.
	notes map[int][2]int
	// cell and cells are what has come of a row.
	cell  strings.Builder
	cells []string
	// wait are the notes of the row.
	wait []msWordNote
}

// compose puts notes behind the paragraph that refers to them, text boxes
// behind the body, and running heads before it.
func (c *msWordComposer) compose() error {
	const mark, author = 2, 30 // what a reference says beside where it stands
	c.loadNotes(msWordFootnotes, fibFootnoteRefs, fibFootnoteTexts, mark)
	c.loadNotes(msWordEndnotes, fibEndnoteRefs, fibEndnoteTexts, mark)
	c.loadNotes(msWordComments, fibCommentRefs, fibCommentTexts, author)
	if err := c.headers(); err != nil {
		return err
	}
	for _, part := range []int{msWordBody, msWordBoxes} {
		n := 0
		for p := range c.scan(c.span(part)) {
			if n++; n%1024 == 0 {
				if err := cmp.Or(c.Stopped(), c.Fits()); err != nil {
					return err
				}
			}
			c.paragraph(p)
		}
		c.endRow(false)
	}
	return nil
}

// loadNotes finds the notes of one kind, whose references have a description of
// so many bytes.
func (c *msWordComposer) loadNotes(part, refs, texts, description int) {
	refTable, textTable := c.tableAt(refs), c.tableAt(texts)
	from, to := c.span(part)
	n := (len(refTable) - 4) / (4 + description)
	for i := range max(n, 0) {
		start, end := from+office.Uint32(textTable, 4*i), from+office.Uint32(textTable, 4*i+4)
		if start >= from && start < end && end <= to {
			c.notes[office.Uint32(refTable, 4*i)] = [2]int{start, end}
		}
	}
}

// headers adds each running head and foot once.
func (c *msWordComposer) headers() error {
	table := c.tableAt(fibHeaders)
	from, to := c.span(msWordHeaders)
	const separators = 6
	var margins []office.Piece
	for i := separators; 4*i+8 <= len(table); i++ {
		start, end := from+office.Uint32(table, 4*i), from+office.Uint32(table, 4*i+4)
		if start < from || end > to {
			continue
		}
		for _, text := range c.lines(start, end) {
			margins = append(margins, office.Piece{Text: text})
		}
	}
	return c.PutMargins(margins)
}

// lines are the paragraphs of a part, each on one line.
func (c *msWordComposer) lines(from, to int) []string {
	var lines []string
	for p := range c.scan(from, to) {
		if text := lang.OneLine(read.Clean(p.text)); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

func (c *msWordComposer) paragraph(p msWordParagraph) {
	if p.end == charCell || p.inTable {
		c.inTable(p)
		return
	}
	c.endRow(false)
	c.BeginTable()
	mark := ""
	if strings.TrimSpace(p.text) != "" {
		mark = c.lists.mark(p.list, p.level)
	}
	text := read.WithMark(mark, p.text)
	before := len(c.Blocks)
	switch {
	case p.outline > 0:
		c.Add(read.Heading, min(p.outline, 6), lang.OneLine(text))
	case p.isListed() || read.StartsItem(strings.TrimSpace(text)):
		level := 0
		if p.isListed() {
			level = 1 + p.level
		}
		c.Add(read.ListItem, level, text)
	default:
		c.Add(read.Paragraph, 0, text)
	}
	c.addNotes(p.notes, before)
}

// addNotes adds notes on the block just added, if one was since there were so
// many.
func (c *msWordComposer) addNotes(refs []msWordNote, before int) {
	place, end := 0, 0
	if len(c.Blocks) > before {
		place, end = before+1, c.Blocks[before].End
	}
	for _, ref := range refs {
		if note, ok := c.notes[ref.cp]; ok {
			delete(c.notes, ref.cp)
			c.AddNote(strings.Join(c.lines(note[0], note[1]), "\n"), place, end-ref.rest)
		}
	}
}

// inTable takes a paragraph of a cell, or the end of a cell or row.
func (c *msWordComposer) inTable(p msWordParagraph) {
	c.wait = append(c.wait, p.notes...)
	if p.rowEnd {
		c.endRow(p.headerRow)
		return
	}
	mark := c.lists.mark(p.list, p.level)
	c.cell.WriteString(read.WithMark(mark, p.text))
	switch {
	case p.end == charCell:
		c.cells = append(c.cells, c.cell.String())
		c.cell.Reset()
		if len(c.cells) == read.MostRowCells {
			c.endRow(false)
		}
	default:
		c.cell.WriteByte('\n')
	}
}

func (c *msWordComposer) endRow(header bool) {
	if c.cell.Len() > 0 {
		c.cells = append(c.cells, c.cell.String())
		c.cell.Reset()
	}
	before := len(c.Blocks)
	if len(c.cells) > 0 {
		c.AddCells(c.cells, header)
	}
	c.cells = nil
	c.addNotes(c.wait, before)
	c.wait = nil
}
