package web

import (
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
	// space stands before what comes next, broken when that is a soft break.
	inline        strings.Builder
	space, broken bool
	// rendered says that a program has made the page of a text: its headings are
	// its own, and so are the ends of its lines.
	rendered bool
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
	// opens is set where the next block begins an item, and noted within a note.
	opens, noted bool
	// quoted counts the quotes of other messages around.
	quoted int
	// bold are the bold runs of the block being written.
	bold []read.Span
	// nested are tables in cells, which come after the row: unnested says so.
	nested   []*html.Node
	unnested bool
	// struck counts the runs that were left out as struck through.
	struck *int
	// cut is set where the last of them stood.
	cut bool
	// marks are those of notes in the block being written.
	marks   []noteMark
	anchors *anchors
}

func newPage() page {
	return page{item: -1, struck: new(int), anchors: &anchors{}}
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
		if !dropped[n.DataAtom] && !p.strike(n) && !p.mark(n) && !p.isBacklink(n) {
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
		p.put(read.Heading, level, p.flatText(n))
		return
	}
	if blockLevel[n.DataAtom] && !p.noted && len(p.anchors.known) > 0 {
		if mark, ok := p.noteOf(n); ok {
			p.note(n, mark)
			return
		}
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
		p.put(read.Caption, 0, p.flatText(n))
	case atom.Ul, atom.Menu, atom.Dl:
		p.list(n, -1)
	case atom.Ol:
		p.orderedList(n)
	case atom.Li, atom.Dt, atom.Dd:
		p.listItem(n)
	case atom.Details:
		p.details(n)
	case atom.Strong, atom.B:
		p.strong(n)
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
	cites := n.DataAtom == atom.Blockquote && (attribute(n, "type") == "cite" || hasName(n, citeName))
	if cites {
		p.quote(n)
	} else {
		p.children(n)
	}
	p.flush()
	if furniture {
		p.furniture--
	}
}

// quote writes what a message quotes.
func (p *page) quote(n *html.Node) {
	kind := p.kind
	p.kind = read.Quoted
	p.quoted++
	p.children(n)
	p.flush()
	p.quoted--
	p.kind = kind
}

// strong writes a bold run.
func (p *page) strong(n *html.Node) {
	start, run := p.inline.Len()+len(p.gap()), len(p.bold)
	p.bold = append(p.bold, read.Span{Start: start})
	p.children(n)
	if run < len(p.bold) { // no block in it has ended the one being written
		p.bold[run].End = max(start, p.inline.Len())
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

// flatText is the text of an element on one line. The marks in it are those of
// the block that it becomes.
func (p *page) flatText(n *html.Node) string {
	text, marks := p.flat(n, false)
	p.marks = append(p.marks, marks...)
	return text
}

// flat is the text of an element on one line, with the marks of notes in it. The
// tables in it may be left for later.
func (p *page) flat(n *html.Node, unnested bool) (string, []noteMark) {
	inner := page{item: -1, struck: p.struck, unnested: unnested, anchors: &anchors{notes: p.anchors.notes, opened: p.anchors.opened, known: make(map[string]noteMark)}}
	inner.children(n)
	inner.flush()
	p.nested = append(p.nested, inner.nested...)
	var marks []noteMark
	for id, m := range inner.anchors.known {
		marks = append(marks, noteMark{id: id, at: m.at})
	}
	lines := strings.FieldsFunc(inner.Text.String(), func(r rune) bool { return r == '\n' })
	return strings.Join(lines, " "), marks
}

// put adds a block, as furniture where the walk stands in what is the site's.
func (p *page) put(kind read.Kind, level int, text string) {
	if p.furniture > 0 {
		kind, level = read.Furniture, 0
	}
	if kind == read.Quoted {
		level = p.quoted
	}
	before := len(p.Blocks)
	if p.Add(kind, level, text); len(p.Blocks) > before {
		p.added(text)
	}
}

// added keeps what a block says of those after it.
func (p *page) added(text string) {
	p.placeMarks(text)
	kind := p.Blocks[len(p.Blocks)-1].Kind
	if p.opens && kind != read.Furniture && kind != read.Heading {
		p.Lead, p.opens = len(p.Blocks), false
		if p.kind != read.Code {
			p.kind = read.Paragraph
		}
	}
}

func (p *page) newline() {
	p.inline.WriteByte('\n')
	p.space, p.broken = false, false
}

// gap is what stands before the next word.
func (p *page) gap() string {
	switch {
	case !p.space || p.inline.Len() == 0 || strings.HasSuffix(p.inline.String(), "\n"):
		return ""
	case p.broken:
		return softBreak
	}
	return " "
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
			rest := strings.TrimLeft(s, office.ASCIISpace)
			p.broken = p.broken || p.rendered && strings.Contains(s[:len(s)-len(rest)], "\n")
			s, p.space = rest, true
			continue
		}
		if end < 0 {
			end = len(s)
		}
		if p.cut && strings.ContainsAny(s[:1], ",.)") {
			p.space = false
		}
		p.cut = false
		p.inline.WriteString(p.gap() + s[:end])
		p.space, p.broken = false, false
		s = s[end:]
	}
}
