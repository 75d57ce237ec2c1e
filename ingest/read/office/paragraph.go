package office

import (
	"cmp"
	"strings"

	"docent/ingest/read"
)

// Look is how characters look.
type Look struct {
	read.Ink
	Struck, Bold bool
}

// With is a look with what another adds.
func (l Look) With(o Look) Look {
	return Look{read.Ink{
		Hidden: l.Hidden || o.Hidden, Color: cmp.Or(l.Color, o.Color), Ground: cmp.Or(l.Ground, o.Ground), Size: cmp.Or(l.Size, o.Size),
	}, l.Struck || o.Struck, l.Bold || o.Bold}
}

// Shown reports whether it is text: what is struck through is replaced.
func (l Look) Shown() bool { return l.Seen() && !l.Struck }

// Paragraph is a paragraph of a word processor being read.
type Paragraph struct {
	Text strings.Builder
	// Notes are the notes on it, After what stands after it: text boxes, pictures.
	Notes, After []Piece
	// Controls are the fields in it.
	Controls []Control
	// Plain says that not all of its text is bold.
	Plain bool
}

// Control reads a control with what it shows, which write adds to the text.
func (p *Paragraph) Control(c Control, write func()) {
	c.Start = p.Text.Len()
	write()
	c.End = p.Text.Len()
	p.Controls = append(p.Controls, c)
}

// Note reads a note. Its mark is left out: in an answer it would read as one of
// the answer's own.
func (p *Paragraph) Note(pieces []Piece, page int) {
	for _, n := range pieces {
		if n.Table == nil {
			n.Kind, n.Level, n.Text = read.Note, 0, strings.TrimSpace(n.Text)
		}
		n.Page, n.At = page, p.Text.Len()
		p.Notes = append(p.Notes, n)
	}
}

// IsBlank reports whether nothing is written in it.
func (p *Paragraph) IsBlank() bool { return strings.TrimSpace(p.Text.String()) == "" }

// Pieces are the paragraph as a block, which may have a number before its text, or
// the fields that it consists of, with its notes and what stands after it.
func (p *Paragraph) Pieces(block Piece, language func() string) []Piece {
	if p.IsBlank() {
		return append(p.Notes, p.After...)
	}
	for i := range p.Notes {
		p.Notes[i].At += len(block.Text) - p.Text.Len()
	}
	block.Bold = !p.Plain
	pieces := []Piece{block}
	if block.Kind == read.Paragraph && len(p.Controls) > 0 {
		if fields := Fields(block.Text, p.Controls, language()); len(fields) > 0 {
			pieces = fields
			SetPage(pieces, block.Page)
		}
	}
	pieces[len(pieces)-1].Notes = p.Notes
	return append(pieces, p.After...)
}
