package read

import "strings"

// WithoutFurniture is the document as it is indexed, for people to see. What
// furniture parted stands in paragraphs of its own.
func (d Document) WithoutFurniture() Document {
	var text strings.Builder
	var blocks []Block
	// places has 1 + the index in blocks of each block, 0 for furniture.
	places := make([]int, len(d.Blocks))
	end := 0
	for i, b := range d.Blocks {
		if b.Kind == Furniture {
			end = -1
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
		b.Start, b.End, b.Cells = b.Start+by, b.End+by, moved(b.Cells, by)
		if b.Header > 0 {
			b.Header = places[b.Header-1]
		}
		blocks = append(blocks, b)
		places[i] = len(blocks)
	}
	d.Text, d.Blocks = text.String(), blocks
	return d
}
