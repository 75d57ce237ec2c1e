package main

import (
	"strings"

	"docent/ingest/read"
)

// withoutFurniture is a document to show, of the blocks that are indexed. What
// furniture parted stands in paragraphs of its own.
func withoutFurniture(d read.Document) read.Document {
	var text strings.Builder
	var blocks []read.Block
	end := 0
	for _, b := range d.Blocks {
		if b.Kind == read.Furniture {
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
		start := text.Len()
		text.WriteString(d.Text[b.Start:b.End])
		b.Start, b.End = start, text.Len()
		blocks = append(blocks, b)
	}
	d.Text, d.Blocks = text.String(), blocks
	return d
}
