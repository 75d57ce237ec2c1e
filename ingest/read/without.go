package read

import (
	"slices"
	"strings"
)

// Without is the document without the blocks of some kinds. What these parted
// stands in paragraphs of its own.
func (d Document) Without(kinds ...Kind) Document {
	if !slices.ContainsFunc(d.Blocks, func(b Block) bool { return slices.Contains(kinds, b.Kind) }) {
		return d
	}
	var text strings.Builder
	var blocks []Block
	m := mover{from: d.Blocks}
	end := 0
	for _, b := range d.Blocks {
		if slices.Contains(kinds, b.Kind) {
			end = -1
			m.moved(0, 0)
			continue
		}
		switch {
		case text.Len() == 0:
		case end < 0:
			text.WriteString("\n\n")
		default:
			text.WriteString(d.Text[end:b.Start])
		}
		end = b.End
		by := text.Len() - b.Start
		text.WriteString(d.Text[b.Start:b.End])
		m.moved(len(blocks)+1, by)
		b.Cells = m.cells(b)
		b.Start, b.End = b.Start+by, b.End+by
		b.Header, b.Lead = m.place(b.Header, 0), m.place(b.Lead, 0)
		blocks = append(blocks, b)
	}
	d.Text, d.Blocks = text.String(), blocks
	return d
}
