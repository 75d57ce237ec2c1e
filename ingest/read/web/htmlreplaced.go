package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read/office"
)

// picture writes what a page shows in place of a picture. One of a single
// character is a part of its word, as an emoji is.
func (p *page) picture(n *html.Node) {
	alt := strings.Trim(attribute(n, "alt"), office.AsciiSpace)
	if utf8.RuneCountInString(alt) > 2 {
		alt = " " + alt + " "
	}
	if p.pre == 0 {
		p.write(alt)
	}
}

// button writes what a button says that has no text in it.
func (p *page) button(n *html.Node) {
	switch strings.ToLower(attribute(n, "type")) {
	case "submit", "button", "reset":
		p.write(" " + attribute(n, "value") + " ")
	}
}

// option writes the choice of a list that the page shows: the one selected, or
// the first.
func (p *page) option(n *html.Node) {
	if isFirst(n) && n.Parent.DataAtom != atom.Optgroup || hasAttribute(n, "selected") {
		p.space = true
		p.children(n)
		p.space = true
	}
}

// isFirst reports whether no element stands before one in its parent.
func isFirst(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			return false
		}
	}
	return true
}
