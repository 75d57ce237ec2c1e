package read_test

import (
	"testing"

	"docent/ingest/read"
	"docent/ingest/read/readtest"
)

// TestWithoutFurniture: what is left is a document as any other, whose rows are
// still under their header and know their cells.
func TestWithoutFurniture(t *testing.T) {
	var b read.Builder
	b.Add(read.Furniture, 0, "Home | News")
	b.Add(read.Heading, 1, "Opening hours")
	b.AddHeader([]string{"Day", "From"})
	b.Add(read.Furniture, 0, "Page 1 of 2")
	b.AddRow([]string{"", "Monday", "8 am"})
	doc := b.Document().Without(read.Furniture)
	readtest.Check(t, doc)
	if want := "Opening hours\n\nDay | From\n\n| Monday | 8 am"; doc.Text != want {
		t.Errorf("%q, not %q", doc.Text, want)
	}
	header, row := doc.Blocks[1], doc.Blocks[2]
	if row.Header != 2 || len(header.Cells) != 2 {
		t.Errorf("the row is under block %d, its header has %d cells", row.Header, len(header.Cells))
	}
	var cells []string
	for _, c := range row.Cells {
		cells = append(cells, doc.Text[c.Start:c.End])
	}
	if len(cells) != 3 || cells[0] != "" || cells[1] != "Monday" || cells[2] != "8 am" {
		t.Errorf("cells %q", cells)
	}
}
