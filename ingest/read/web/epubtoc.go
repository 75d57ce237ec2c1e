package web

import (
	"cmp"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// readLabels reads what the table of contents calls the pages of the book: the
// links of a navigation document (EPUB 3), or the points of an index (EPUB 2).
func (b *book) readLabels() {
	b.labels = make(map[string]string)
	part := b.items[b.index].part
	for _, item := range b.items {
		if item.isNav() && b.Has(item.part) {
			part = item.part
		}
	}
	text := ""
	b.Part(part).Walk(func(n *office.Node) bool {
		switch n.Name {
		case "a":
			b.label(office.Resolve(part, n.Attr("href")), n.Content())
		case "navLabel":
			text = n.Content()
		case "content":
			b.label(office.Resolve(part, n.Attr("src")), text)
		}
		return true
	})
}

// label keeps what a page is called first: what follow are its sections.
func (b *book) label(part, text string) {
	b.labels[part] = cmp.Or(b.labels[part], lang.OneLine(text))
}

// nameChapter makes a heading of the line that names a chapter where its page
// has none, as many books have it: the one that the table of contents has.
func (b *book) nameChapter(part string, doc *read.Document) {
	label := b.labels[part]
	if label == "" {
		return
	}
	for _, block := range doc.Blocks {
		if block.Kind == read.Heading {
			return
		}
	}
	const first = 3
	for i, block := range doc.Blocks[:min(len(doc.Blocks), first)] {
		if text := lang.OneLine(doc.Text[block.Start:block.End]); block.Kind == read.Paragraph && strings.EqualFold(text, label) {
			doc.Blocks[i].Kind, doc.Blocks[i].Level, doc.Blocks[i].Lead = read.Heading, 1, 0
			return
		}
	}
}
