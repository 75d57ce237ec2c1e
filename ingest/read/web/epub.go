package web

import (
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
)

// EPUB is the format of EPUB files.
//
// It reads books (EPUB 2 and 3): the pages of the spine in their order, each as
// a web page. Tables of contents are furniture.
func EPUB(l read.Limits) read.Format {
	return read.Format{
		Name: "EPUB", Extensions: []string{".epub"}, Sure: true, Risky: true,
		Match: office.MatchZip("EPUB"),
		Reader: office.NewReader("EPUB", l, func(o *office.Composer) error {
			b := &book{Composer: o, items: make(map[string]bookItem)}
			return b.read()
		}),
	}
}

// book is a publication being read.
type book struct {
	*office.Composer
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
	if err := b.each(root, func(x *office.XMLStream, e xml.StartElement) error { return b.packaged(x, root, e) }); err != nil {
		return err
	}
	if err := b.encrypted(); err != nil {
		return err
	}
	if err := b.FitsPages(len(b.spine), "chapters"); err != nil {
		return err
	}
	if err := b.readLabels(); err != nil {
		b.Warn("its table of contents cannot be read: %v", err)
	}
	for _, id := range b.spine {
		if err := b.chapter(b.items[id]); err != nil {
			return err
		}
	}
	return nil
}

// each visits all elements of a part, however deep.
func (b *book) each(part string, visit func(*office.XMLStream, xml.StartElement) error) error {
	return b.XML(part, func(x *office.XMLStream, e xml.StartElement) error {
		var each func(e xml.StartElement) error
		each = func(e xml.StartElement) error {
			depth := x.Depth
			if err := visit(x, e); err != nil || x.Depth < depth {
				return err
			}
			return x.Each(each)
		}
		return each(e)
	})
}

// root returns the package document.
func (b *book) root() (string, error) {
	root := ""
	err := b.each("META-INF/container.xml", func(_ *office.XMLStream, e xml.StartElement) error {
		if e.Name.Local == "rootfile" && root == "" {
			root = office.Resolve("", office.Attribute(e, "full-path"))
		}
		return nil
	})
	if b.Has(root) {
		return root, nil
	}
	for name := range b.Files {
		if strings.HasSuffix(name, ".opf") {
			return name, nil
		}
	}
	return "", cmp.Or(err, errNoPackage)
}

// packaged takes an element of the package document.
func (b *book) packaged(x *office.XMLStream, root string, e xml.StartElement) error {
	switch e.Name.Local {
	case "item":
		b.items[office.Attribute(e, "id")] = bookItem{
			part: office.Resolve(root, office.Attribute(e, "href")), mediaType: office.Attribute(e, "media-type"),
			properties: office.Attribute(e, "properties"),
		}
	case "spine":
		b.index = office.Attribute(e, "toc")
	case "itemref":
		id := office.Attribute(e, "idref")
		if office.Attribute(e, "linear") != "no" || !b.items[id].isNav() {
			b.spine = append(b.spine, id)
		}
	case "reference":
		if office.Attribute(e, "type") == "toc" {
			b.contents = office.Resolve(root, office.Attribute(e, "href"))
		}
	case "title", "creator", "language", "date":
		text, err := x.Content()
		b.describe(e.Name.Local, strings.TrimSpace(text))
		return err
	}
	return nil
}

// describe sets what the book says of itself; what it says first counts.
func (b *book) describe(name, value string) {
	m := &b.Meta
	switch name {
	case "title":
		m.Title = cmp.Or(m.Title, value)
	case "language":
		m.Language = cmp.Or(m.Language, read.BaseLanguage(value))
	case "date":
		m.Date = cmp.Or(m.Date, read.ISODate(value))
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
	if !b.Has(name) {
		return nil
	}
	chapters := make(map[string]bool)
	for _, id := range b.spine {
		chapters[b.items[id].part] = true
	}
	return b.each(name, func(_ *office.XMLStream, e xml.StartElement) error {
		if e.Name.Local == "CipherReference" && chapters[office.Resolve("", office.Attribute(e, "URI"))] {
			return read.ErrProtected
		}
		return nil
	})
}

// chapter adds a page of the book.
func (b *book) chapter(item bookItem) error {
	switch {
	case item.part == "" || strings.HasPrefix(item.mediaType, "image/"):
		return nil
	case !b.Has(item.part):
		b.Warn("%s is missing", item.part)
		return nil
	}
	if err := b.Stopped(); err != nil {
		return err
	}
	data, err := b.ReadAll(item.part)
	if err != nil {
		var harm *office.DamagedError
		if err = office.Damaged("EPUB", err); !errors.As(err, &harm) {
			return err
		}
		b.Warn("%s: %v", path.Base(item.part), harm.Err)
		return nil
	}
	source, err := charset.DecodeHTML(data)
	if err != nil {
		b.Warn("%s: %v", path.Base(item.part), err)
		return nil
	}
	doc := Parse(closed.ReplaceAllString(source, "<$1$2></$1>"))
	switch {
	case item.isNav() || item.part == b.contents && len(b.spine) > 1:
		for i := range doc.Blocks {
			doc.Blocks[i] = read.Block{Kind: read.Furniture, Start: doc.Blocks[i].Start, End: doc.Blocks[i].End}
		}
	default:
		b.nameChapter(item.part, &doc)
	}
	b.Include(doc)
	return b.Fits()
}

// closed are elements that XML may close at once and HTML may not: what
// follows would be taken for their content.
var closed = regexp.MustCompile(`(?i)<(title|script|style|textarea|iframe|noscript|object|audio|video|canvas|svg|select|button)(\s[^<>]*)?/>`)
