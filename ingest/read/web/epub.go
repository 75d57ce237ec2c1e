package web

import (
	"cmp"
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
	return office.ZipFormat("EPUB", l, func(o *office.Composer) error {
		b := &book{Composer: o, items: make(map[string]bookItem)}
		return b.read()
	}, ".epub")
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
	styles []string
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
	if err := b.readPackage(root); err != nil {
		return err
	}
	if b.encrypted() {
		return read.ErrProtected
	}
	if err := b.FitsPages(len(b.spine), "chapters"); err != nil {
		return err
	}
	b.readLabels()
	for _, id := range b.spine {
		if err := b.chapter(b.items[id]); err != nil {
			return err
		}
	}
	return nil
}

// root returns the package document.
func (b *book) root() (root string, err error) {
	container, err := b.Root("META-INF/container.xml")
	container.Walk(func(n *office.Node) bool {
		if n.Name == "rootfile" && root == "" {
			root = office.Resolve("", n.Attr("full-path"))
		}
		return true
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

// readPackage reads the package document.
func (b *book) readPackage(root string) error {
	document, err := b.Root(root)
	document.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "item":
			b.items[n.Attr("id")] = bookItem{part: office.Resolve(root, n.Attr("href")), mediaType: n.Attr("media-type"), properties: n.Attr("properties")}
		case "spine":
			b.index = n.Attr("toc")
		case "itemref":
			if id := n.Attr("idref"); n.Attr("linear") != "no" || !b.items[id].isNav() {
				b.spine = append(b.spine, id)
			}
		case "reference":
			if n.Attr("type") == "toc" {
				b.contents = office.Resolve(root, n.Attr("href"))
			}
		case "title", "creator", "language", "date":
			b.describe(n.Name, strings.TrimSpace(n.Content()))
		}
		return true
	})
	return err
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

// encrypted reports whether chapters are; fonts often are alone.
func (b *book) encrypted() (found bool) {
	chapters := make(map[string]bool)
	for _, id := range b.spine {
		chapters[b.items[id].part] = true
	}
	b.Part("META-INF/encryption.xml").Walk(func(n *office.Node) bool {
		found = found || n.Name == "CipherReference" && chapters[office.Resolve("", n.Attr("URI"))]
		return true
	})
	return found
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
	doc := Parse(closed.ReplaceAllString(source, "<$1$2></$1>"), b.sheets()...)
	switch {
	case item.isNav() || item.part == b.contents && len(b.spine) > 1:
		for i := range doc.Blocks {
			doc.Blocks[i] = read.Block{Kind: max(read.Furniture, doc.Blocks[i].Kind), Start: doc.Blocks[i].Start, End: doc.Blocks[i].End}
		}
	default:
		b.nameChapter(item.part, &doc)
	}
	b.Include(doc)
	return b.Fits()
}

// sheets are the style sheets of the book. That a page of it does not name one is
// not looked at.
func (b *book) sheets() []string {
	for id, item := range b.items {
		if item.mediaType != "text/css" {
			continue
		}
		data, err := b.ReadAll(item.part)
		if delete(b.items, id); err == nil {
			b.styles = append(b.styles, string(data))
		}
	}
	return b.styles
}

// closed are elements that XML may close at once and HTML may not: what
// follows would be taken for their content.
var closed = regexp.MustCompile(`(?i)<(title|script|style|textarea|iframe|noscript|object|audio|video|canvas|svg|select|button)(\s[^<>]*)?/>`)
