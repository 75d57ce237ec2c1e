package read

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isFurniture reports whether an element holds what is the site's and not the
// page's, or what a reader works and does not read.
func (p *page) isFurniture(n *html.Node) bool {
	if p.furniture > 0 {
		return false
	}
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Button, atom.Select, atom.Textarea:
		return true
	case atom.Footer:
		return !within(n, atom.Blockquote, atom.Article)
	case atom.Form:
		return !p.isMost(n)
	}
	switch attribute(n, "role") {
	case "navigation", "complementary", "contentinfo", "search", "menu", "menubar":
		return !p.isMost(n)
	}
	return p.isBanner(n)
}

// isBanner reports whether an element is a notice about cookies: named so, and
// not the page itself.
func (p *page) isBanner(n *html.Node) bool {
	name := strings.ToLower(attribute(n, "id") + " " + attribute(n, "class"))
	if len(name) < 4 || p.banners >= 64 {
		return false
	}
	for _, word := range []string{"cookie", "consent", "gdpr", "rgpd", "onetrust", "didomi", "tarteaucitron", "axeptio"} {
		if strings.Contains(name, word) {
			p.banners++
			return !p.isMost(n)
		}
	}
	return false
}

// isMost reports whether an element holds at least half of the page's text.
func (p *page) isMost(n *html.Node) bool { return textSize(n, p.size/2+1)*2 >= p.size }

func within(n *html.Node, elements ...atom.Atom) bool {
	for a := range n.Ancestors() {
		for _, e := range elements {
			if a.DataAtom == e {
				return true
			}
		}
	}
	return false
}

// textSize counts the bytes of text in a tree, stopping once there are enough.
func textSize(n *html.Node, enough int) int {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	var size int
	for c := n.FirstChild; c != nil && size < enough; c = c.NextSibling {
		if !dropped[c.DataAtom] {
			size += textSize(c, enough-size)
		}
	}
	return size
}
