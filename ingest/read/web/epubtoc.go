package web

import (
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// readLabels reads what the table of contents calls the pages of the book.
func (b *book) readLabels() error {
	b.labels = make(map[string]string)
	for _, item := range b.items {
		if item.isNav() && b.Has(item.part) {
			return b.readNav(item.part)
		}
	}
	if index := b.items[b.index].part; b.Has(index) {
		return b.readIndex(index)
	}
	return nil
}

// label keeps what a page is called first: what follows are its sections.
func (b *book) label(part, text string) {
	if text = read.OneLine(text); b.labels[part] == "" && text != "" {
		b.labels[part] = text
	}
}

// readNav reads the links of a navigation document of EPUB 3.
func (b *book) readNav(part string) error {
	return b.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			if e.Name.Local != "a" {
				return x.Each(visit)
			}
			text, err := x.Content()
			b.label(office.Resolve(part, office.Attribute(e, "href")), text)
			return err
		}
		return x.Each(visit)
	})
}

// readIndex reads the points of an NCX, the table of contents of EPUB 2.
func (b *book) readIndex(part string) error {
	return b.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		text := ""
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "navLabel":
				var err error
				text, err = x.Content()
				return err
			case "content":
				b.label(office.Resolve(part, office.Attribute(e, "src")), text)
				return nil
			}
			return x.Each(visit)
		}
		return x.Each(visit)
	})
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
		if text := read.OneLine(doc.Text[block.Start:block.End]); block.Kind == read.Paragraph && strings.EqualFold(text, label) {
			doc.Blocks[i].Kind, doc.Blocks[i].Level = read.Heading, 1
			return
		}
	}
}
