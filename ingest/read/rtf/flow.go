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
	// table is the one that stands there.
	table office.TableFlow
	// at is where in the paragraph of the body a note has its mark.
	at int
}

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
		f.table.Add(b)
		return
	}
	p.endTable(f)
	p.emit(f, b)
}

func (p *parser) endCell() {
	if p.top.to == toText {
		p.top.flow.table.Add(p.piece(true))
		p.top.flow.table.EndCell()
		p.size += int64(len(" | "))
	}
}

func (p *parser) endRow(f *flow) { f.table.EndRow(p.rowIsHeader, p.merges) }

// endTable writes the table that has come, if one has.
func (p *parser) endTable(f *flow) {
	p.endRow(f)
	switch t := f.table.End(); {
	case t == nil:
	case f == p.main:
		p.emit(f, office.Piece{Table: t})
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
	if outer.flow == p.main && p.main.text.Len() == 0 && !p.main.table.IsOpen() {
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
