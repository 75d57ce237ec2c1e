package web

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isStruck reports whether the text of an element is struck through, and so no
// longer holds.
func isStruck(n *html.Node) bool {
	switch n.DataAtom {
	case atom.S, atom.Del, atom.Strike:
		return true
	}
	return strings.Contains(declaration(n, "text-decoration")+declaration(n, "text-decoration-line"), "line-through")
}

// isHidden reports whether nobody sees an element, and no button shows it.
func (p *page) isHidden(n *html.Node) bool {
	if p.anchors.opened[attribute(n, "id")] {
		return false
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" && a.Val != "until-found" {
			return true
		}
	}
	return declaration(n, "display") == "none" || declaration(n, "visibility") == "hidden"
}

// declaration is the value of a property in the style of an element.
func declaration(n *html.Node, property string) string {
	style := attribute(n, "style")
	if style == "" {
		return ""
	}
	value := ""
	for d := range strings.SplitSeq(strings.ToLower(style), ";") {
		if name, v, found := strings.Cut(d, ":"); found && strings.TrimSpace(name) == property {
			value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "!important"))
		}
	}
	return value
}

// unseen takes an element that is not current or not seen: struck text is left
// out, hidden blocks are furniture, and hidden words in a line are left out.
func (p *page) unseen(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch {
	case isStruck(n):
		if strings.TrimSpace(textOf(n)) != "" {
			*p.struck++
			p.cut = true
		}
		return true
	case !p.isHidden(n):
		return false
	case blockLevel[n.DataAtom] || headingLevel(n.DataAtom) > 0:
		p.flush()
		p.furniture++
		p.element(n)
		p.flush()
		p.furniture--
	}
	return true
}
