package read

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// EPUB is the format of EPUB files.
func EPUB(l Limits) Format {
	return Format{
		Name: "EPUB", Extensions: []string{".epub"}, Sure: true, Risky: true,
		Match:  matchZip("EPUB"),
		Reader: epubReader{l},
	}
}

// epubReader reads books (EPUB 2 and 3): the pages of the spine in their
// order, each as a web page. Tables of contents are furniture.
type epubReader struct{ limits Limits }

func (r epubReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "EPUB", func(o *office) error {
		b := &book{office: o, items: make(map[string]bookItem)}
		return b.read()
	})
}

// book is a publication being read.
type book struct {
	*office
	items map[string]bookItem
	spine []string
	// contents is the page that is the table of contents, by what EPUB 2 says;
	// index the one for programs.
	contents, index string
	// labels are what the table of contents calls the pages.
	labels map[string]string
}

type bookItem struct {
	part, mediaType, properties string
}

// isNav reports whether a page is the table of contents of EPUB 3.
func (i bookItem) isNav() bool { return slices.Contains(strings.Fields(i.properties), "nav") }

var errNoPackage = errors.New("its list of contents is missing")

func (b *book) read() error {
	root, err := b.root()
	if err != nil {
		return err
	}
	if err := b.xml(root, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error { return b.packaged(x, root, e) })
	}); err != nil {
		return err
	}
	if err := b.encrypted(); err != nil {
		return err
	}
	if err := b.fitsPages(len(b.spine), "chapters"); err != nil {
		return err
	}
	if err := b.readLabels(); err != nil {
		b.warn("its table of contents cannot be read: %v", err)
	}
	for _, id := range b.spine {
		if err := b.chapter(b.items[id]); err != nil {
			return err
		}
	}
	return nil
}

// root returns the package document.
func (b *book) root() (string, error) {
	root := ""
	err := b.xml("META-INF/container.xml", func(x *xmlStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			if e.Name.Local == "rootfile" && root == "" {
				root = resolve("", xmlAttribute(e, "full-path"))
			}
			return x.each(visit)
		}
		return x.each(visit)
	})
	if b.has(root) {
		return root, nil
	}
	for name := range b.files {
		if strings.HasSuffix(name, ".opf") {
			return name, nil
		}
	}
	return "", cmp.Or(err, errNoPackage)
}

// packaged reads a part of the package document.
func (b *book) packaged(x *xmlStream, root string, e xml.StartElement) error {
	visit := func(e xml.StartElement) error { return b.packaged(x, root, e) }
	switch e.Name.Local {
	case "metadata", "dc-metadata", "manifest", "guide":
		return x.each(visit)
	case "item":
		b.items[xmlAttribute(e, "id")] = bookItem{
			part: resolve(root, xmlAttribute(e, "href")), mediaType: xmlAttribute(e, "media-type"),
			properties: xmlAttribute(e, "properties"),
		}
	case "spine":
		b.index = xmlAttribute(e, "toc")
		return x.each(func(e xml.StartElement) error {
			if e.Name.Local == "itemref" {
				id := xmlAttribute(e, "idref")
				if xmlAttribute(e, "linear") != "no" || !b.items[id].isNav() {
					b.spine = append(b.spine, id)
				}
			}
			return nil
		})
	case "reference":
		if xmlAttribute(e, "type") == "toc" {
			b.contents = resolve(root, xmlAttribute(e, "href"))
		}
	case "title", "creator", "language", "date":
		text, err := x.content()
		b.describe(e.Name.Local, strings.TrimSpace(text))
		return err
	}
	return nil
}

// describe sets what the book says of itself; what it says first counts.
func (b *book) describe(name, value string) {
	m := &b.meta
	switch name {
	case "title":
		m.Title = cmp.Or(m.Title, value)
	case "language":
		m.Language = cmp.Or(m.Language, baseLanguage(value))
	case "date":
		m.Date = cmp.Or(m.Date, isoDate(value))
	case "creator":
		const longest = 1000
		if m.Author != "" && value != "" && len(m.Author) < longest {
			value = m.Author + ", " + value
		}
		m.Author = cmp.Or(value, m.Author)
	}
}

// encrypted returns ErrProtected where chapters are; fonts often are alone.
func (b *book) encrypted() error {
	const name = "META-INF/encryption.xml"
	if !b.has(name) {
		return nil
	}
	chapters := make(map[string]bool)
	for _, id := range b.spine {
		chapters[b.items[id].part] = true
	}
	return b.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			if e.Name.Local == "CipherReference" && chapters[resolve("", xmlAttribute(e, "URI"))] {
				return ErrProtected
			}
			return x.each(visit)
		}
		return x.each(visit)
	})
}

// chapter adds a page of the book.
func (b *book) chapter(item bookItem) error {
	switch {
	case item.part == "" || strings.HasPrefix(item.mediaType, "image/"):
		return nil
	case !b.has(item.part):
		b.warn("%s is missing", item.part)
		return nil
	}
	if err := b.stopped(); err != nil {
		return err
	}
	data, err := b.all(item.part)
	if err != nil {
		var harm *damagedError
		if err = damaged("EPUB", err); !errors.As(err, &harm) {
			return err
		}
		b.warn("%s: %v", path.Base(item.part), harm.err)
		return nil
	}
	source, err := decodeHTML(data)
	if err != nil {
		b.warn("%s: %v", path.Base(item.part), err)
		return nil
	}
	doc := parsePage(closed.ReplaceAllString(source, "<$1$2></$1>"))
	switch {
	case item.isNav() || item.part == b.contents && len(b.spine) > 1:
		for i := range doc.Blocks {
			doc.Blocks[i] = Block{Kind: Furniture, Start: doc.Blocks[i].Start, End: doc.Blocks[i].End}
		}
	default:
		b.nameChapter(item.part, &doc)
	}
	return b.appendPage(doc)
}

// closed are elements that XML may close at once and HTML may not: what
// follows would be taken for their content.
var closed = regexp.MustCompile(`(?i)<(title|script|style|textarea|iframe|noscript|object|audio|video|canvas|svg|select|button)(\s[^<>]*)?/>`)

// appendPage adds the blocks of a page.
func (b *book) appendPage(doc Document) error {
	offset := len(b.blocks)
	for _, block := range doc.Blocks {
		before := len(b.blocks)
		if b.add(block.Kind, block.Level, doc.Text[block.Start:block.End]); len(b.blocks) > before && block.Header > 0 {
			b.blocks[before].Header = offset + block.Header
		}
	}
	return b.fits()
}
