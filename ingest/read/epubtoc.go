package read

import (
	"encoding/xml"
	"strings"
)

// readLabels reads what the table of contents calls the pages of the book.
func (b *book) readLabels() error {
	b.labels = make(map[string]string)
	for _, item := range b.items {
		if item.isNav() && b.has(item.part) {
			return b.readNav(item.part)
		}
	}
	if index := b.items[b.index].part; b.has(index) {
		return b.readIndex(index)
	}
	return nil
}

// label keeps what a page is called first: what follows are its sections.
func (b *book) label(part, text string) {
	if text = oneLine(text); b.labels[part] == "" && text != "" {
		b.labels[part] = text
	}
}

// readNav reads the links of a navigation document of EPUB 3.
func (b *book) readNav(part string) error {
	return b.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			if e.Name.Local != "a" {
				return x.each(visit)
			}
			text, err := x.content()
			b.label(resolve(part, xmlAttribute(e, "href")), text)
			return err
		}
		return x.each(visit)
	})
}

// readIndex reads the points of an NCX, the table of contents of EPUB 2.
func (b *book) readIndex(part string) error {
	return b.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		text := ""
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "navLabel":
				var err error
				text, err = x.content()
				return err
			case "content":
				b.label(resolve(part, xmlAttribute(e, "src")), text)
				return nil
			}
			return x.each(visit)
		}
		return x.each(visit)
	})
}

// nameChapter makes a heading of the line that names a chapter where its page
// has none, as many books have it: the one that the table of contents has.
func (b *book) nameChapter(part string, doc *Document) {
	label := b.labels[part]
	if label == "" {
		return
	}
	for _, block := range doc.Blocks {
		if block.Kind == Heading {
			return
		}
	}
	const first = 3
	for i, block := range doc.Blocks[:min(len(doc.Blocks), first)] {
		if text := oneLine(doc.Text[block.Start:block.End]); block.Kind == Paragraph && strings.EqualFold(text, label) {
			doc.Blocks[i].Kind, doc.Blocks[i].Level = Heading, 1
			return
		}
	}
}
