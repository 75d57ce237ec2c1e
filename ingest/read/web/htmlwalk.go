package web

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// page walks the tree of a page and composes its blocks.
type page struct {
	read.Builder
	// inline is the text of the block being written; space is set when white
	// space stands before what comes next.
	inline strings.Builder
	space  bool
	// kind is what plain text is where the walk stands.
	kind read.Kind
	// level is that of a heading which is being written, where there is no
	// tree to take it from; 0 elsewhere.
	level int
	// pre and furniture count the elements around that keep white space, or
	// are the site's.
	pre, furniture int
	// item is the number of the last item of an ordered list, -1 elsewhere.
	item int
	// size is the number of bytes of text in the page.
	size int
	// measured counts the elements that were measured.
	measured int
}

// dropped elements have text that nobody sees.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Svg: true, atom.Head: true,
	atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Datalist: true,
}

// blockLevel elements begin and end a block.
var blockLevel = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.Header: true, atom.Hgroup: true,
	atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true,
	atom.Ol: true, atom.Option: true, atom.P: true, atom.Pre: true, atom.Search: true, atom.Section: true, atom.Summary: true,
	atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true,
	atom.Ul: true,
}

func (p *page) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.write(n.Data)
	case html.ElementNode:
		if !dropped[n.DataAtom] {
			p.element(n)
		}
	case html.DocumentNode:
		p.children(n)
	case html.ErrorNode, html.CommentNode, html.DoctypeNode, html.RawNode:
	}
}

func (p *page) children(n *html.Node) {
	before := p.furniture
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && p.isBeside(c) {
			p.flush()
			p.furniture++
		}
		p.walk(c)
	}
	if p.furniture > before {
		p.flush()
		p.furniture = before
	}
}

func (p *page) element(n *html.Node) {
	if level := headingLevel(n.DataAtom); level > 0 {
		p.flush()
		p.put(read.Heading, level, flatText(n))
		return
	}
	switch n.DataAtom {
	case atom.Br:
		p.newline()
	case atom.Img:
		p.picture(n)
	case atom.Pre:
		p.preformatted(n)
	case atom.Table:
		p.table(n)
	case atom.Caption, atom.Figcaption:
		p.flush()
		p.put(read.Caption, 0, flatText(n))
	case atom.Ul, atom.Menu, atom.Dl:
		p.list(n, -1)
	case atom.Ol:
		p.orderedList(n)
	case atom.Li, atom.Dt, atom.Dd:
		p.listItem(n)
	default:
		p.container(n)
	}
}

// container walks an element that has no meaning of its own but perhaps being
// the site's.
func (p *page) container(n *html.Node) {
	furniture := p.isFurniture(n)
	if !furniture && !blockLevel[n.DataAtom] {
		p.children(n)
		return
	}
	p.flush()
	if furniture {
		p.furniture++
	}
	p.children(n)
	p.flush()
	if furniture {
		p.furniture--
	}
}

// picture writes what a page shows in place of a picture. One of a single
// character is a part of its word, as an emoji is.
func (p *page) picture(n *html.Node) {
	alt := strings.Trim(attribute(n, "alt"), office.ASCIISpace)
	if utf8.RuneCountInString(alt) > 2 {
		alt = " " + alt + " "
	}
	if p.pre == 0 {
		p.write(alt)
	}
}

func (p *page) preformatted(n *html.Node) {
	p.flush()
	p.pre++
	before := p.kind
	p.kind = read.Code
	p.children(n)
	p.flush()
	p.kind = before
	p.pre--
}

func (p *page) orderedList(n *html.Node) {
	if t := attribute(n, "type"); t != "" && t != "1" {
		p.list(n, -1)
		return
	}
	p.list(n, max(0, office.Int(attribute(n, "start"), 1)-1))
}

func (p *page) list(n *html.Node, item int) {
	p.flush()
	before := p.item
	p.item = item
	p.Depth++
	p.children(n)
	p.flush()
	p.Depth--
	p.item = before
}

func (p *page) listItem(n *html.Node) {
	p.flush()
	before := p.kind
	p.kind = read.ListItem
	if p.item >= 0 && n.DataAtom == atom.Li {
		p.item = office.Int(attribute(n, "value"), p.item+1)
		p.inline.WriteString(strconv.Itoa(p.item) + ".")
		p.space = true
	}
	p.children(n)
	p.flush()
	p.kind = before
}

// flatText is the text of an element on one line.
func flatText(n *html.Node) string {
	p := page{item: -1}
	p.children(n)
	p.flush()
	lines := strings.FieldsFunc(p.Text.String(), func(r rune) bool { return r == '\n' })
	return strings.Join(lines, " ")
}

// flush ends the block being written.
func (p *page) flush() {
	text := p.inline.String()
	p.inline.Reset()
	p.space = false
	if p.kind == read.ListItem && p.item >= 0 && text == strconv.Itoa(p.item)+"." {
		// The number of an item whose text is in blocks of its own.
		p.inline.WriteString(text)
		p.space = true
		return
	}
	p.put(p.kind, 0, text)
}

// put adds a block, as furniture where the walk stands in what is the site's.
func (p *page) put(kind read.Kind, level int, text string) {
	if p.furniture > 0 {
		kind, level = read.Furniture, 0
	}
	p.Add(kind, level, text)
}

func (p *page) newline() {
	p.inline.WriteByte('\n')
	p.space = false
}

// write adds text to the block being written. Only ASCII white space
// collapses: a no-break space is the author's.
func (p *page) write(s string) {
	if p.pre > 0 {
		p.inline.WriteString(s)
		return
	}
	for s != "" {
		end := strings.IndexAny(s, office.ASCIISpace)
		if end == 0 {
			p.space = true
			s = strings.TrimLeft(s, office.ASCIISpace)
			continue
		}
		if end < 0 {
			end = len(s)
		}
		if p.space && p.inline.Len() > 0 && !strings.HasSuffix(p.inline.String(), "\n") {
			p.inline.WriteByte(' ')
		}
		p.space = false
		p.inline.WriteString(s[:end])
		s = s[end:]
	}
}
