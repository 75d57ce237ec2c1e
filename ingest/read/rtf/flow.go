package rtf

import (
	"strings"

	"docent/ingest/read"
	"docent/rag/lang"
)

// flow is a sequence of paragraphs and tables: the body, a note, a text
// box, a running head.
type flow struct {
	// kind is what its paragraphs are.
	kind read.Kind
	text strings.Builder
	mark string
	// cell are the paragraphs of a cell, cells those of a row.
	cell  strings.Builder
	cells []string
	// at is where in the paragraph of the body a note has its mark.
	at int
}

// waiting waits for the paragraph to end in which its flow stands.
type waiting struct {
	kind read.Kind
	text string
	at   int
}

// paragraph takes the text of the paragraph that ends, with its number. A
// number alone is something in a table, whose first column may be numbered,
// and nothing elsewhere.
func (f *flow) paragraph(inTable bool) (text string, listed bool) {
	text, mark := f.text.String(), strings.TrimSpace(f.mark)
	f.text.Reset()
	f.mark = ""
	if !inTable && strings.TrimSpace(text) == "" {
		return "", false
	}
	return read.WithMark(mark, text), mark != ""
}

func (p *parser) endParagraph() {
	s := &p.top
	if s.to != toText {
		return
	}
	f := s.flow
	before := f.text.Len()
	text, listed := f.paragraph(s.table)
	if f == p.main {
		for i := range p.pending {
			p.pending[i].at += len(text) - before // the number before it
		}
	}
	if s.table {
		f.cell.WriteString(text)
		f.cell.WriteByte('\n')
		return
	}
	p.endRowOf(f)
	if f == p.main {
		p.BeginTable()
	}
	level := p.level(s.style)
	if s.outline >= 0 {
		level = (s.outline + 1) % 10
	}
	switch {
	case f.kind != read.Paragraph:
		p.emit(f, f.kind, 0, text)
	case level > 0 && f == p.main:
		p.emit(f, read.Heading, min(level, 6), lang.OneLine(text))
	case listed || s.list || read.StartsItem(strings.TrimSpace(text)):
		p.emit(f, read.ListItem, s.listLevel, text)
	default:
		p.emit(f, f.kind, 0, text)
	}
}

func (p *parser) endCell() {
	if p.top.to != toText {
		return
	}
	f := p.top.flow
	text, _ := f.paragraph(true)
	cell := f.cell.String() + text
	f.cell.Reset()
	p.size += int64(len(" | "))
	if f.cells = append(f.cells, cell); len(f.cells) == read.MostRowCells {
		p.endRowOf(f)
	}
}

func (p *parser) endRow() {
	if p.top.to == toText {
		p.endRowOf(p.top.flow)
	}
}

// endRowOf writes the cells that have come.
func (p *parser) endRowOf(f *flow) {
	if f.cell.Len() > 0 {
		f.cells = append(f.cells, f.cell.String())
		f.cell.Reset()
	}
	cells := f.cells
	if len(cells) == 0 {
		return
	}
	f.cells = nil
	if f != p.main {
		p.emit(f, f.kind, 0, read.JoinCells(cells))
		return
	}
	before := len(p.Blocks)
	p.AddCells(cells, p.rowIsHeader)
	p.mergeCells(before)
	p.settle()
}

// mergeCells has the row just added know the merged cells that are in it.
func (p *parser) mergeCells(before int) {
	if len(p.Blocks) != before+1 || p.Blocks[before].Kind != read.TableRow {
		p.above = nil
		return
	}
	for i, m := range p.merges {
		cells := p.Blocks[before].Cells
		switch {
		case m == mergedLeft && i > 0 && i <= len(cells):
			p.Share(i, cells[i-1])
		case m == mergedUp && i < len(p.above):
			p.Share(i, p.above[i])
		}
	}
	p.above = p.Blocks[before].Cells
}

func (p *parser) emit(f *flow, kind read.Kind, level int, text string) {
	if f != p.main {
		if strings.TrimSpace(text) != "" {
			p.pending = append(p.pending, waiting{kind, text, f.at})
		}
		return
	}
	p.Add(kind, level, text)
	p.settle()
}

// endFlow ends a flow within another one.
func (p *parser) endFlow(s state) {
	outer := p.top
	s.table = false
	p.top = s
	p.endParagraph()
	p.endRowOf(s.flow)
	p.top = outer
	if outer.flow == p.main && p.main.text.Len() == 0 && p.main.cell.Len() == 0 && len(p.main.cells) == 0 {
		p.settle()
	}
}

// settle adds the blocks that waited: notes with what they are on, a running head
// once, however many sections repeat it.
func (p *parser) settle() {
	on := len(p.Blocks)
	for _, b := range p.pending {
		if b.kind == read.Furniture {
			text := lang.OneLine(b.text)
			if p.seen[text] {
				continue
			}
			p.seen[text] = true
		}
		if b.kind == read.Note && on > 0 && p.Blocks[on-1].Kind != read.Furniture {
			p.AddNote(b.text, on, p.Blocks[on-1].Start+b.at)
			continue
		}
		p.Add(b.kind, 0, b.text)
	}
	p.pending = nil
}
