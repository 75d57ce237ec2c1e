package read

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlReader reads web pages. Nothing that a person could read is left out:
// what belongs to the site and not to the page is marked as furniture.
type htmlReader struct{ limits Limits }

// looksLikeHTML reports whether a file begins as a page does, after white
// space, a byte order mark and comments.
func looksLikeHTML(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\f")
	for bytes.HasPrefix(head, []byte("<!--")) || bytes.HasPrefix(head, []byte("<?xml")) {
		_, rest, found := bytes.Cut(head, []byte(">"))
		if !found {
			return false
		}
		head = bytes.TrimLeft(rest, " \t\r\n\f")
	}
	start := bytes.ToLower(head[:min(len(head), 14)])
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

func (h htmlReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return one(func() (Document, error) {
		data, err := in.all(h.limits.document())
		if err != nil {
			return Document{}, err
		}
		source, err := decodeHTML(data)
		if err != nil {
			return Document{}, err
		}
		if err := ctx.Err(); err != nil {
			return Document{}, err
		}
		doc := parsePage(source)
		doc.Title = cmp.Or(doc.Title, in.stem())
		return doc, nil
	})
}

func parsePage(source string) Document {
	if costly(source) {
		return parseFlat(source)
	}
	// What a page shows without scripts is there too, as furniture.
	root, err := html.ParseWithOptions(strings.NewReader(source), html.ParseOptionEnableScripting(false))
	if err != nil {
		// The parser refuses pages nested deeper than 512 elements; their
		// words are read all the same.
		return parseFlat(source)
	}
	var doc Document
	p := page{item: -1, size: textSize(root, math.MaxInt)}
	p.walk(root)
	p.flush()
	doc.Text, doc.Blocks = p.text.String(), p.blocks
	readHead(root, &doc)
	doc.Title = cmp.Or(doc.Title, p.heading())
	unmarkAll(doc.Blocks)
	return doc
}

// unmarkAll takes the blocks for what they are in a page that would be
// nothing but furniture.
func unmarkAll(blocks []Block) {
	for _, b := range blocks {
		if b.Kind != Furniture && b.Kind != Heading {
			return
		}
	}
	for i := range blocks {
		if blocks[i].Kind == Furniture {
			blocks[i].Kind = Paragraph
		}
	}
}

// mostElements bounds the elements of a page whose tree is built; each takes
// some hundred bytes.
const mostElements = 2_000_000

// costly reports whether the tree of a page would be larger than that. The
// parser opens elements that mark text, as <b> and <font> do, anew in every
// block until they are closed, so that a small page can make a large tree.
func costly(source string) bool {
	var elements int
	open := make(map[atom.Atom]int)
	var outstanding int
	for i := strings.IndexByte(source, '<'); i >= 0 && elements <= mostElements; {
		source = source[i+1:]
		name := tagName(source)
		switch tag := atom.Lookup([]byte(strings.TrimPrefix(name, "/"))); {
		case !marking[tag]:
		case name[0] != '/':
			open[tag]++
			outstanding++
		case open[tag] > 0:
			open[tag]--
			outstanding--
		}
		elements += 1 + outstanding
		i = strings.IndexByte(source, '<')
	}
	return elements > mostElements
}

// marking elements are opened anew in each block.
var marking = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// tagName is the name after a "<", in lower case, with the slash of an end tag.
func tagName(s string) string {
	n := 0
	for n < min(len(s), 12) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || n == 0 && s[n] == '/') {
		n++
	}
	return strings.ToLower(s[:n])
}

// dateNames are the names under which pages declare their date.
var dateNames = map[string]bool{
	"date": true, "dc.date": true, "dcterms.date": true, "dcterms.issued": true, "dcterms.created": true,
	"article:published_time": true, "datepublished": true, "citation_publication_date": true, "publish-date": true,
}

// authorNames are the names under which pages declare who wrote them.
var authorNames = map[string]bool{
	"author": true, "dc.creator": true, "dcterms.creator": true, "article:author": true, "citation_author": true, "parsely-author": true,
}

// readHead sets what a page declares of itself; what it says first counts.
func readHead(root *html.Node, doc *Document) {
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Html && n.Namespace == "":
			doc.Language = baseLanguage(cmp.Or(attribute(n, "lang"), attribute(n, "xml:lang")))
		case n.DataAtom == atom.Title && n.Namespace == "" && doc.Title == "":
			doc.Title = oneLine(clean(textOf(n)))
		case n.DataAtom == atom.Meta:
			readMeta(n, doc)
		case n.DataAtom == atom.Script && doc.Date == "" && strings.EqualFold(attribute(n, "type"), "application/ld+json"):
			doc.Date = publishedDate(textOf(n))
		}
	}
}

func readMeta(n *html.Node, doc *Document) {
	name := strings.ToLower(cmp.Or(attribute(n, "name"), attribute(n, "property"), attribute(n, "itemprop")))
	if doc.Date == "" && dateNames[name] {
		doc.Date = isoDate(attribute(n, "content"))
	}
	if authorNames[name] {
		doc.Author = withAuthor(doc.Author, oneLine(clean(attribute(n, "content"))))
	}
	if doc.Language == "" && strings.EqualFold(attribute(n, "http-equiv"), "content-language") {
		doc.Language = baseLanguage(attribute(n, "content"))
	}
}

// withAuthor adds one more author, unless it is an address or there already.
func withAuthor(authors, one string) string {
	if one == "" || len(one) > 200 || len(authors) > 1000 || strings.Contains(one, "://") || strings.Contains(", "+authors+", ", ", "+one+", ") {
		return authors
	}
	return strings.TrimPrefix(authors+", "+one, ", ")
}

// publishedDate finds the date in what a page tells search engines.
func publishedDate(data string) string {
	_, rest, found := strings.Cut(data, `"datePublished"`)
	if !found {
		return ""
	}
	_, rest, _ = strings.Cut(rest[:min(len(rest), 100)], `"`)
	value, _, _ := strings.Cut(rest, `"`)
	return isoDate(value)
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// parseFlat reads the text of a page that has no usable tree.
func parseFlat(source string) Document {
	p := page{item: -1}
	var title strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	within := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			p.flush()
			return Document{Text: p.text.String(), Blocks: p.blocks, Title: oneLine(clean(title.String()))}
		case html.TextToken:
			switch {
			case within == atom.Title:
				title.Write(z.Text())
			case !dropped[within]:
				p.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag, _ := z.TagName()
			a := atom.Lookup(tag)
			within = enclosing(within, a, z.Token().Type)
			if a == atom.Br || blockLevel[a] || headingLevel(a) > 0 {
				p.flush()
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// enclosing tracks the elements whose text is none of the page's.
func enclosing(within, tag atom.Atom, t html.TokenType) atom.Atom {
	switch {
	case within == tag && t == html.EndTagToken:
		return 0
	case within == 0 && t == html.StartTagToken && (dropped[tag] || tag == atom.Title):
		return tag
	}
	return within
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

func atoi(s string, otherwise int) int {
	var n int
	if _, err := fmt.Sscanf(s, "%d", &n); err != nil {
		return otherwise
	}
	return n
}
