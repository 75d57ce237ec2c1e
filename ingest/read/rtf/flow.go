package rtf

import (
	"cmp"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// flow is a sequence of paragraphs and tables: the body, a note, a text
// box, a running head.
type flow struct {
	// kind is what its paragraphs are.
	kind read.Kind
	text strings.Builder
	mark string
	// cell are the paragraphs of a cell, row the cells of a row, table the rows.
	cell  []office.Piece
	row   []office.Cell
	table office.Table
	// at is where in the paragraph of the body a note has its mark.
	at int
}

// inTable reports whether something of a table has come.
func (f *flow) inTable() bool { return len(f.cell)+len(f.row)+len(f.table.Rows) > 0 }

// piece takes the paragraph that ends, with its number and its notes. A number
// alone is something in a table, whose first column may be numbered, and nothing
// elsewhere.
func (p *parser) piece(inTable bool) office.Piece {
	s, f := &p.top, p.top.flow
	text, mark := f.text.String(), strings.TrimSpace(f.mark)
	f.text.Reset()
	f.mark = ""
	b := office.Piece{Kind: f.kind}
	if inTable || strings.TrimSpace(text) != "" {
		b.Text = read.WithMark(mark, text)
	}
	level := p.level(s.style)
	if s.outline >= 0 {
		level = (s.outline + 1) % 10
	}
	switch {
	case f.kind != read.Paragraph:
	case level > 0 && f == p.main:
		b.Kind, b.Level, b.Text = read.Heading, min(level, 6), lang.OneLine(b.Text)
	case mark != "" || s.list || read.StartsItem(strings.TrimSpace(b.Text)):
		b.Kind, b.Level = read.ListItem, s.listLevel
	}
	if f != p.main {
		return b
	}
	p.pending = slices.DeleteFunc(p.pending, func(n office.Piece) bool {
		if n.Kind == read.Note {
			n.At += len(b.Text) - len(text) // the number before it
			b.Notes = append(b.Notes, n)
		}
		return n.Kind == read.Note
	})
	return b
}

func (p *parser) endParagraph() {
	if p.top.to != toText {
		return
	}
	f, b := p.top.flow, p.piece(p.top.table)
	if p.top.table {
		f.cell = append(f.cell, b)
		return
	}
	p.endTable(f)
	p.emit(f, b)
}

func (p *parser) endCell() {
	if p.top.to != toText {
		return
	}
	f := p.top.flow
	f.cell = append(f.cell, p.piece(true))
	f.endCell()
	p.size += int64(len(" | "))
	if len(f.row) == read.MostRowCells {
		p.endRow()
	}
}

func (f *flow) endCell() {
	filled := func(b office.Piece) bool { return strings.TrimSpace(b.Text) != "" || len(b.Notes) > 0 }
	if !slices.ContainsFunc(f.cell, filled) {
		f.cell = nil
	}
	f.row = append(f.row, office.Cell{Pieces: f.cell})
	f.cell = nil
}

func (p *parser) endRow() {
	if p.top.to == toText {
		p.endRowOf(p.top.flow)
	}
}

// endRowOf makes a row of the cells that have come.
func (p *parser) endRowOf(f *flow) {
	if len(f.cell) > 0 {
		f.endCell()
	}
	r := office.Row{Header: p.rowIsHeader}
	for i, c := range f.row {
		last := len(r.Cells) - 1
		if i < len(p.merges) && p.merges[i] == mergedLeft && last >= 0 {
			r.Cells[last].Span = max(r.Cells[last].Span, 1) + 1
			continue
		}
		c.Merged = i < len(p.merges) && p.merges[i] == mergedUp
		r.Cells = append(r.Cells, c)
	}
	if f.row = nil; len(r.Cells) > 0 {
		f.table.Rows = append(f.table.Rows, r)
	}
}

// endTable writes the table that has come, if one has.
func (p *parser) endTable(f *flow) {
	p.endRowOf(f)
	t := f.table
	f.table = office.Table{}
	switch {
	case len(t.Rows) == 0:
	case f == p.main:
		p.emit(f, office.Piece{Table: &t})
	default:
		for _, r := range t.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, office.TextOf(c.Pieces))
			}
			p.emit(f, office.Piece{Kind: f.kind, Text: read.JoinCells(cells)})
		}
	}
}

// emit writes a piece of the body, and what waited for it; one of another flow
// waits for the paragraph to end in which that stands.
func (p *parser) emit(f *flow, b office.Piece) {
	if f == p.main {
		p.err = cmp.Or(p.err, p.Put(b))
		p.settle()
	} else if b.At = f.at; strings.TrimSpace(b.Text) != "" {
		p.pending = append(p.pending, b)
	}
}

// endFlow ends a flow within another one.
func (p *parser) endFlow(s state) {
	outer := p.top
	s.table = false
	p.top = s
	p.endParagraph()
	p.endTable(s.flow)
	p.top = outer
	if outer.flow == p.main && p.main.text.Len() == 0 && !p.main.inTable() {
		p.settle()
	}
}

// settle adds what waited: a running head once, however many sections repeat it.
func (p *parser) settle() {
	for _, b := range p.pending {
		if b.Kind == read.Furniture {
			text := lang.OneLine(b.Text)
			if p.seen[text] {
				continue
			}
			p.seen[text] = true
		}
		p.err = cmp.Or(p.err, p.Put(b))
	}
	p.pending = nil
}
