package web

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

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

// listItem writes an item, a term or a definition. What else is in it is read
// with its first block.
func (p *page) listItem(n *html.Node) {
	p.flush()
	kind, lead, opens := p.kind, p.Lead, p.opens
	p.kind = read.ListItem
	switch n.DataAtom {
	case atom.Dt:
		p.kind = read.Term
	case atom.Dd:
		p.kind = read.Definition
		p.Lead = p.term(lead)
	}
	p.opens = true
	p.number(n)
	p.children(n)
	p.flush()
	p.kind, p.Lead, p.opens = kind, lead, opens
}

// term is the term that a definition is of, or else the lead that is set.
func (p *page) term(lead int) int {
	for i := len(p.Blocks); i > 0; i-- {
		switch b := p.Blocks[i-1]; {
		case b.Kind == read.Term && b.Lead == lead:
			return i
		case b.Kind == read.Heading:
			return lead
		}
	}
	return lead
}

// number begins an item of a numbered list with its number.
func (p *page) number(n *html.Node) {
	if p.item >= 0 && n.DataAtom == atom.Li {
		p.item = office.Int(attribute(n, "value"), p.item+1)
		p.inline.WriteString(strconv.Itoa(p.item) + ".")
		p.space = true
	}
}

// details writes what a page shows when its summary is opened. A summary that
// asks is a question; all of what it opens is read with it.
func (p *page) details(n *html.Node) {
	p.flush()
	lead := p.Lead
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Summary {
			p.walk(c)
			continue
		}
		p.flush()
		before, text := len(p.Blocks), p.flatText(c)
		kind := read.Paragraph
		if read.Asks(text) {
			kind = read.Question
		}
		if p.put(kind, 0, text); len(p.Blocks) > before && p.furniture == 0 {
			p.Lead = len(p.Blocks)
		}
	}
	p.flush()
	p.Lead = lead
}
