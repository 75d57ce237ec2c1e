package web

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/rag/lang"
)

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
func readHead(root *html.Node, doc *read.Document) {
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Html && n.Namespace == "":
			doc.Language = read.BaseLanguage(cmp.Or(attribute(n, "lang"), attribute(n, "xml:lang")))
		case n.DataAtom == atom.Title && n.Namespace == "" && doc.Title == "":
			doc.Title = lang.OneLine(read.Clean(textOf(n)))
		case n.DataAtom == atom.Meta:
			readMeta(n, doc)
		}
	}
}

func readMeta(n *html.Node, doc *read.Document) {
	name := strings.ToLower(cmp.Or(attribute(n, "name"), attribute(n, "property"), attribute(n, "itemprop")))
	if doc.Date == "" && dateNames[name] {
		doc.Date = read.ISODate(attribute(n, "content"))
	}
	if authorNames[name] {
		doc.Author = withAuthor(doc.Author, lang.OneLine(read.Clean(attribute(n, "content"))))
	}
	if doc.Language == "" && strings.EqualFold(attribute(n, "http-equiv"), "content-language") {
		doc.Language = read.BaseLanguage(attribute(n, "content"))
	}
}

// withAuthor adds one more author, unless it is an address or there already.
func withAuthor(authors, one string) string {
	if one == "" || len(one) > 200 || len(authors) > 1000 || strings.Contains(one, "://") || strings.Contains(", "+authors+", ", ", "+one+", ") {
		return authors
	}
	return strings.TrimPrefix(authors+", "+one, ", ")
}
