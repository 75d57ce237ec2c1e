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
	// table is the one that is being read.
	table office.TableFlow
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
		for p := range c.scan(c.span(part)) {
			if err := c.paragraph(p); err != nil {
				return err
			}
		}
		if err := c.endTable(); err != nil {
			return err
		}
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

func (c *msWordComposer) paragraph(p msWordParagraph) error {
	switch {
	case p.rowEnd && (p.inTable || p.end == charCell):
		c.table.EndRow(p.headerRow, nil)
	case p.end == charCell:
		c.table.Add(c.piece(p))
		c.table.EndCell()
	case p.inTable:
		c.table.Add(c.piece(p))
	default:
		return cmp.Or(c.endTable(), c.Put(c.piece(p)))
	}
	return nil
}

// piece is a paragraph with its number and its notes.
func (c *msWordComposer) piece(p msWordParagraph) office.Piece {
	b := office.Piece{Text: p.text}
	if strings.TrimSpace(p.text) != "" || p.inTable {
		b.Text = read.WithMark(c.lists.mark(p.list, p.level), p.text)
	}
	switch {
	case p.outline > 0:
		b.Kind, b.Level, b.Text = read.Heading, min(p.outline, 6), lang.OneLine(b.Text)
	case p.isListed():
		b.Kind, b.Level = read.ListItem, 1+p.level
	case read.StartsItem(strings.TrimSpace(b.Text)):
		b.Kind = read.ListItem
	}
	for _, ref := range p.notes {
		if note, ok := c.notes[ref.cp]; ok {
			delete(c.notes, ref.cp)
			text := strings.Join(c.lines(note[0], note[1]), "\n")
			b.Notes = append(b.Notes, office.Piece{Kind: read.Note, Text: text, At: max(0, len(b.Text)-ref.rest)})
		}
	}
	return b
}

// endTable writes the table that has come, if one has.
func (c *msWordComposer) endTable() error {
	c.table.EndRow(false, nil)
	if t := c.table.End(); t != nil {
		return c.Put(office.Piece{Table: t})
	}
	return nil
}
