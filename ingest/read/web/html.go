package web

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/ingest/read/charset"
)

// HTML is the format of a web page.
func HTML(l read.Limits) read.Format {
	return read.Format{
		Name: "HTML", Extensions: []string{".html", ".htm", ".xhtml"},
		Match:  func(s *read.Sample) bool { return looksLikeHTML(s.Head) },
		Reader: htmlReader(l),
	}
}

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

// htmlReader reads web pages. Nothing that a person could read is left out:
// what belongs to the site and not to the page is marked as furniture.
func htmlReader(l read.Limits) read.Func {
	return func(ctx context.Context, in read.Input) (read.Document, error) {
		data, err := in.ReadAll(l.MaxDocument())
		if err != nil {
			return read.Document{}, err
		}
		source, err := charset.DecodeHTML(data)
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return read.Document{}, err
		}
		return Parse(source), nil
	}
}

// Parse reads the source of a page. The title is "" where it has none.
// Style sheets may come with the page.
func Parse(source string, sheets ...string) read.Document { return parse(source, newPage(), sheets) }

// ParseRendered reads a page that a program has made of a text with marks.
func ParseRendered(source string) read.Document {
	p := newPage()
	p.rendered = true
	return parse(source, p, nil)
}

func parse(source string, p page, sheets []string) read.Document {
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
	p.anchors = anchorsOf(root)
	(&seer{rules: rulesOf(root, sheets), opened: p.anchors.opened, hide: p.Hide}).prune(root, read.Ink{})
	p.size = textSize(root, math.MaxInt)
	p.walk(root)
	p.flush()
	unmarkAll(p.Blocks)
	doc := read.Document{Warnings: read.StruckWarning(*p.struck)}
	readHead(root, &doc)
	page := p.Document()
	doc.Title, doc.Text, doc.Blocks = cmp.Or(doc.Title, page.Title), page.Text, page.Blocks
	return doc
}

// unmarkAll takes the blocks for what they are in a page that would be
// nothing but furniture.
func unmarkAll(blocks []read.Block) {
	for _, b := range blocks {
		if b.Kind != read.Furniture && b.Kind != read.Heading {
			return
		}
	}
	for i := range blocks {
		if blocks[i].Kind == read.Furniture {
			blocks[i].Kind = read.Paragraph
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
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

// headingLevel is 1 to 6 for a heading, else 0.
func headingLevel(a atom.Atom) int {
	if name := a.String(); len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		return int(name[1] - '0')
	}
	return 0
}
