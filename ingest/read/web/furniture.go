package web

import (
	"regexp"
	"slices"
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
	case atom.Nav, atom.Button, atom.Select, atom.Textarea, atom.Noscript:
		return true
	case atom.Aside:
		return !hasName(n, noteName)
	case atom.Footer:
		return !within(n, atom.Blockquote, atom.Article)
	case atom.Form:
		return p.isPart(n, 2)
	case atom.A:
		return attribute(n, "rel") == "prev" || attribute(n, "rel") == "next" // page
	}
	switch attribute(n, "role") {
	case "navigation", "complementary", "contentinfo", "search", "menu", "menubar":
		return p.isPart(n, 2)
	}
	switch {
	case !blockLevel[n.DataAtom]:
		return false
	case hasName(n, bannerName):
		return p.isPart(n, 2)
	case hasName(n, siteName):
		return p.isPart(n, 3)
	}
	return false
}

// What elements are called, by their ids and classes.
var (
	// bannerName is that of a notice about cookies.
	bannerName = regexp.MustCompile(`cookie|consent|gdpr|rgpd|onetrust|didomi|tarteaucitron|axeptio`)
	// siteName is one that many sites give to what stands around their pages.
	siteName = regexp.MustCompile(`^(?:breadcrumbs?|pagination|pager|(?:sphinx)?sidebar|related|newsletter|sharedaddy|navbar)$`)
	// citeName is that of what a message quotes.
	citeName = regexp.MustCompile(`^(?:gmail_quote|moz-cite.*|protonmail_quote|yahoo_quoted)$`)
	// noteName is that of a remark, which belongs to the text that it stands
	// beside.
	noteName = regexp.MustCompile(`^(?:admonition|note|warning|tip|callout|topic|alert|epigraph|footnote.*)$`)
)

// hasName reports whether one of the names that an element is given is of a
// kind.
func hasName(n *html.Node, kind *regexp.Regexp) bool {
	for _, a := range n.Attr {
		if (a.Key == "id" || a.Key == "class") && slices.ContainsFunc(strings.Fields(strings.ToLower(a.Val)), kind.MatchString) {
			return true
		}
	}
	return false
}

// besides are the headings of what a site offers to read next.
var besides = map[string]bool{
	"articles liés": true, "articles similaires": true, "à lire aussi": true, "lire aussi": true, "sur le même sujet": true,
	"vous aimerez aussi": true, "sur le même thème": true, "les plus lus": true, "related articles": true, "related posts": true,
	"you may also like": true, "you might also like": true, "more from this author": true, "read next": true, "most read": true,
	"recommended for you": true, "ähnliche artikel": true, "das könnte sie auch interessieren": true, "artículos relacionados": true,
}

// isBeside reports whether a heading says that the rest of what it stands in
// is about other pages.
func (p *page) isBeside(n *html.Node) bool {
	return p.furniture == 0 && !p.rendered && headingLevel(n.DataAtom) > 0 && besides[strings.ToLower(strings.Trim(p.flatText(n), " :…"))] && p.isPart(n.Parent, 2)
}

// mostMeasured is how many elements of a page are measured, which takes a walk
// of each.
const mostMeasured = 64

// isPart reports whether an element holds less than one share of the page's
// text. Beyond mostMeasured, it is not looked at.
func (p *page) isPart(n *html.Node, share int) bool {
	if p.measured++; p.measured > mostMeasured {
		return false
	}
	return textSize(n, p.size/share+1)*share < p.size
}

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
