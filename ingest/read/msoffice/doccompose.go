package msoffice

import (
	"context"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// msWordComposer makes blocks of paragraphs.
type msWordComposer struct {
	read.Builder
	*msWord
	// notes are the spans of notes by the position of what refers to them.
	notes map[int][2]int
	// cell and cells are what has come of a row.
	cell  strings.Builder
	cells []string
	// wait are the notes of the row.
	wait []int
}

// compose puts notes behind the paragraph that refers to them, text boxes
// behind the body, and running heads before it.
func (w *msWord) compose(ctx context.Context) (read.Document, error) {
	c := &msWordComposer{msWord: w, notes: make(map[int][2]int)}
	c.loadNotes(msWordFootnotes, fibFootnoteRefs, fibFootnoteTexts)
	c.loadNotes(msWordEndnotes, fibEndnoteRefs, fibEndnoteTexts)
	c.headers()
	for _, part := range []int{msWordBody, msWordBoxes} {
		from, to := w.span(part)
		s := w.scan(from, to)
		for n := 0; ; n++ {
			p, ok := s.next()
			if !ok {
				break
			}
			if n%1024 == 0 && ctx.Err() != nil {
				return read.Document{}, ctx.Err()
			}
			c.paragraph(p)
		}
		c.endRow(false)
	}
	return c.Document(), nil
}

// loadNotes finds the notes of one kind.
func (c *msWordComposer) loadNotes(part, refs, texts int) {
	if c.old {
		return
	}
	refTable, textTable := c.tableAt(refs), c.tableAt(texts)
	from, to := c.span(part)
	const description = 2
	n := (len(refTable) - 4) / (4 + description)
	for i := range max(n, 0) {
		start, end := from+office.Uint32(textTable, 4*i), from+office.Uint32(textTable, 4*i+4)
		if start >= from && start < end && end <= to {
			c.notes[office.Uint32(refTable, 4*i)] = [2]int{start, end}
		}
	}
}

// headers adds each running head and foot once.
func (c *msWordComposer) headers() {
	if c.old {
		return
	}
	table := c.tableAt(fibHeaders)
	from, to := c.span(msWordHeaders)
	const separators = 6
	seen := make(map[string]bool)
	for i := separators; 4*i+8 <= len(table); i++ {
		start, end := from+office.Uint32(table, 4*i), from+office.Uint32(table, 4*i+4)
		if start < from || end > to || start >= end {
			continue
		}
		for _, text := range c.lines(start, end) {
			if !seen[text] {
				seen[text] = true
				c.Add(read.Furniture, 0, text)
			}
		}
	}
}

// lines are the paragraphs of a part, each on one line.
func (c *msWordComposer) lines(from, to int) []string {
	var lines []string
	for s := c.scan(from, to); ; {
		p, ok := s.next()
		if !ok {
			return lines
		}
		if text := read.OneLine(read.Clean(p.text)); text != "" {
			lines = append(lines, text)
		}
	}
}

func (c *msWordComposer) paragraph(p msWordParagraph) {
	if p.end == charCell || p.inTable {
		c.inTable(p)
		return
	}
	c.endRow(false)
	c.BeginTable()
	mark, listed := "", false
	if strings.TrimSpace(p.text) != "" {
		mark, listed = c.markOf(p)
	}
	text := read.WithMark(mark, p.text)
	switch {
	case p.outline > 0:
		c.Add(read.Heading, min(p.outline, 6), read.OneLine(text))
	case listed || read.StartsItem(strings.TrimSpace(text)):
		c.Add(read.ListItem, 0, text)
	default:
		c.Add(read.Paragraph, 0, text)
	}
	c.addNotes(p.notes)
}

// markOf is the number of a paragraph of a list.
func (c *msWordComposer) markOf(p msWordParagraph) (mark string, listed bool) {
	const oldNumbers = 2047
	if p.list == 0 || p.list >= oldNumbers {
		return "", false
	}
	return c.lists.mark(p.list, p.level), true
}

func (c *msWordComposer) addNotes(refs []int) {
	for _, cp := range refs {
		note, ok := c.notes[cp]
		if !ok {
			continue
		}
		delete(c.notes, cp)
		c.Add(read.Paragraph, 0, strings.Join(c.lines(note[0], note[1]), "\n"))
	}
}

// inTable takes a paragraph of a cell, or the end of a cell or row.
func (c *msWordComposer) inTable(p msWordParagraph) {
	c.wait = append(c.wait, p.notes...)
	if p.rowEnd || c.old && p.end == charCell && p.text == "" && len(c.cells) > 0 && c.cell.Len() == 0 {
		c.endRow(p.headerRow)
		return
	}
	mark, _ := c.markOf(p)
	c.cell.WriteString(read.WithMark(mark, p.text))
	switch {
	case p.end == charCell:
		c.cells = append(c.cells, c.cell.String())
		c.cell.Reset()
		if len(c.cells) == read.MostRowCells {
			c.endRow(false)
		}
	case p.innerCell && !p.innerEnd:
		c.cell.WriteString(" | ")
	default:
		c.cell.WriteByte('\n')
	}
}

func (c *msWordComposer) endRow(header bool) {
	if c.cell.Len() > 0 {
		c.cells = append(c.cells, c.cell.String())
		c.cell.Reset()
	}
	if len(c.cells) > 0 {
		c.AddCells(c.cells, header)
		c.cells = nil
	}
	c.addNotes(c.wait)
	c.wait = nil
}
