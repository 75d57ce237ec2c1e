package web

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/rag/lang"
)

// mostElements bounds the elements of a page whose tree is built; each takes
// some hundred bytes.
const mostElements = 1_000_000

// costly reports whether the tree of a page would be larger than that. The
// parser opens elements that mark text, as <b> and <font> do, anew in every
// block until they are closed, so that a small page can make a large tree.
func costly(source string) bool {
	elements, outstanding := 0, 0
	open := make(map[atom.Atom]int)
	z := html.NewTokenizer(strings.NewReader(source))
	for t := z.Next(); t != html.ErrorToken && elements <= mostElements; t = z.Next() {
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case t == html.StartTagToken && marking[tag]:
			open[tag]++
			outstanding++
		case t == html.EndTagToken && open[tag] > 0:
			open[tag]--
			outstanding--
		}
		if t == html.StartTagToken || t == html.SelfClosingTagToken {
			elements += 1 + outstanding
		}
	}
	return elements > mostElements
}

// marking elements are opened anew in each block.
var marking = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true,
	atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// parseFlat reads the text of a page that has no usable tree: its paragraphs,
// headings and items.
func parseFlat(source string) read.Document {
	p := newPage()
	var title strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	within := atom.Atom(0)
	// What unseen is the first element of is hidden: so many elements of that kind
	// are open.
	unseen, open := atom.Atom(0), 0
	for {
		switch t := z.Next(); t {
		case html.ErrorToken:
			p.flatTag(atom.Br, html.EndTagToken)
			p.PutHidden()
			return read.Document{Text: p.Text.String(), Blocks: p.Blocks, Title: lang.OneLine(read.Clean(title.String()))}
		case html.TextToken:
			switch {
			case within == atom.Title:
				title.Write(z.Text())
			case dropped[within]:
			case open > 0:
				p.Hide(string(z.Text()))
			default:
				p.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			token := z.Token()
			a := token.DataAtom
			switch {
			case t == html.StartTagToken && (open > 0 && a == unseen || open == 0 && !flatSeen(token)):
				unseen = a
				open++
			case t == html.EndTagToken && open > 0 && a == unseen:
				open--
			}
			within = enclosing(within, a, t)
			p.flatTag(a, t)
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// flatSeen reports whether an element that may hold others says nothing of itself
// that hides it.
func flatSeen(t html.Token) bool {
	n := &html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
	if len(n.Attr) == 0 || t.DataAtom != atom.Span && !blockLevel[t.DataAtom] && !marking[t.DataAtom] && headingLevel(t.DataAtom) == 0 {
		return true
	}
	ink, shown := (&seer{rules: &rules{}}).look(n, read.Ink{})
	return shown && ink.Seen()
}

// flatTag ends a block where a tag does, and says what the next one is.
func (p *page) flatTag(tag atom.Atom, t html.TokenType) {
	level := headingLevel(tag)
	if level == 0 && tag != atom.Br && !blockLevel[tag] {
		return
	}
	text := p.inline.String()
	if p.level > 0 {
		text = lang.OneLine(text)
	}
	p.put(p.kind, p.level, text)
	p.inline.Reset()
	p.space, p.kind, p.level = false, read.Paragraph, 0
	switch {
	case t != html.StartTagToken:
	case level > 0:
		p.kind, p.level = read.Heading, level
	case tag == atom.Li:
		p.kind = read.ListItem
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
