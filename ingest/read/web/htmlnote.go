package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
)

// noteMark is where the mark of a note stands: the place of the block, from 1,
// and the offset in the text.
type noteMark struct {
	id        string
	place, at int
}

// anchors are the elements of a page that others point to.
type anchors struct {
	// notes are the ids of notes that marks in the text link to, and known where
	// these marks stand.
	notes map[string]bool
	known map[string]noteMark
	// opened are the ids of what a button shows.
	opened map[string]bool
}

// anchorsOf looks through a page.
func anchorsOf(root *html.Node) *anchors {
	a := &anchors{notes: make(map[string]bool), known: make(map[string]noteMark), opened: make(map[string]bool)}
	marked := make(map[string]bool)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attribute(n, "id"); id != "" && marked[id] {
			a.notes[id] = true
		}
		if id, ok := noteLink(n); ok {
			marked[id] = true
		}
		for id := range strings.FieldsSeq(attribute(n, "aria-controls") + " " + attribute(n, "popovertarget")) {
			a.opened[id] = true
		}
	}
	return a
}

// noteLink is the id that a mark in the text links to: "1", "[a]", "*", set
// higher or in brackets, or said to be one.
func noteLink(n *html.Node) (id string, ok bool) {
	href := attribute(n, "href")
	if n.DataAtom != atom.A || !strings.HasPrefix(href, "#") || len(href) == 1 {
		return "", false
	}
	text := strings.TrimSpace(textOf(n))
	mark := strings.Trim(text, "[]()")
	raised := n.Parent != nil && n.Parent.DataAtom == atom.Sup || n.FirstChild != nil && n.FirstChild.DataAtom == atom.Sup
	said := attribute(n, "role") == "doc-noteref" || attribute(n, "epub:type") == "noteref"
	return href[1:], isNoteMark(mark) && (raised || said || mark != text)
}

// isNoteMark reports whether a text is what notes are numbered by.
func isNoteMark(s string) bool {
	digits := strings.Trim(s, "0123456789") == ""
	return s != "" && (digits && len(s) <= 3 || utf8.RuneCountInString(s) == 1 && strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz*†‡§"))
}

// mark leaves out the mark of a note, or what is set higher with nothing else in
// it, and keeps where it stood.
func (p *page) mark(n *html.Node) bool {
	if id, ok := noteLink(n); ok && p.anchors.notes[id] {
		p.marks = append(p.marks, noteMark{id: id, at: p.inline.Len()})
		return true
	}
	if n.DataAtom != atom.Sup {
		return false
	}
	rest := textOf(n)
	var marks []noteMark
	for d := range n.Descendants() {
		if id, ok := noteLink(d); ok && p.anchors.notes[id] {
			marks = append(marks, noteMark{id: id, at: p.inline.Len()})
			rest = strings.Replace(rest, textOf(d), "", 1)
		}
	}
	if len(marks) == 0 || strings.Trim(rest, "[](),;–- ") != "" {
		return false
	}
	p.marks = append(p.marks, marks...)
	return true
}

// placeMarks says where the marks in the block that was just added stand.
func (p *page) placeMarks(start string) {
	b := p.Blocks[len(p.Blocks)-1]
	for _, m := range p.marks {
		if p.anchors.known[m.id].place == 0 && b.Kind != read.Furniture {
			before := strings.TrimSpace(read.Clean(start[:min(m.at, len(start))]))
			p.anchors.known[m.id] = noteMark{place: len(p.Blocks), at: min(b.Start+len(before), b.End)}
		}
	}
	p.marks = p.marks[:0]
}

// noteOf is where the mark of the note stands that a block is, if it is one: it
// has the id, or begins with what has it.
func (p *page) noteOf(n *html.Node) (noteMark, bool) {
	switch n.DataAtom {
	case atom.Li, atom.P, atom.Div, atom.Aside, atom.Dd:
	default:
		return noteMark{}, false
	}
	const deep = 4
	for range deep {
		if n == nil {
			break
		}
		if id := attribute(n, "id"); p.anchors.notes[id] {
			m := p.anchors.known[id]
			return m, m.place > 0
		}
		if n = firstElement(n); n != nil && n.DataAtom != atom.P && blockLevel[n.DataAtom] {
			break
		}
	}
	return noteMark{}, false
}

// firstElement is the first child, if it is an element and no text stands before
// it.
func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return c
		}
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			break
		}
	}
	return nil
}

// note writes what is a note.
func (p *page) note(n *html.Node, mark noteMark) {
	p.flush()
	first, kind, lead, noted := len(p.Blocks), p.kind, p.Lead, p.noted
	p.kind, p.Lead, p.noted = read.Note, mark.place, true
	if !p.rendered { // there the marks in the text are left out
		p.number(n)
	}
	p.children(n)
	p.flush()
	p.kind, p.Lead, p.noted = kind, lead, noted
	p.MarkNotes(first, mark.place, mark.at)
}

// isBacklink reports whether an element only leads from a note to its mark.
func (p *page) isBacklink(n *html.Node) bool {
	return p.noted && n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "href"), "#") &&
		!strings.ContainsFunc(textOf(n), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
