package opendocument

import (
	"cmp"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odfList is a list that the walk is in.
type odfList struct {
	style string
	level int
	// counter is shared with the lists around it.
	counter *office.ListCounter
	// marker is the number to write before the next paragraph.
	marker string
}

// list reads a list. It goes on counting where it says so, or begins anew.
func (d *odf) list(n *office.Node) []office.Piece {
	l := odfList{style: n.Attr("style-name"), counter: new(office.ListCounter)}
	outer := len(d.lists)
	if outer > 0 {
		around := d.lists[outer-1]
		l.style = cmp.Or(l.style, around.style)
		l.level, l.counter = min(around.level+1, office.ListLevels-1), around.counter
		l.counter.Restart(l.level)
	} else {
		goesOn := n.Attr("continue-numbering") == "true" || n.Attr("continue-list") != ""
		if before := d.continued[l.style]; before != nil && goesOn {
			l.counter = before
		}
		d.continued[l.style] = l.counter
	}
	d.lists = append(d.lists, l)
	var all []office.Piece
	for _, item := range n.Nodes {
		switch item.Name {
		case "list-item":
			d.countItem(item)
		case "list-header":
			d.lists[outer].marker = ""
		default:
			continue
		}
		all = append(all, d.blocks(item)...)
	}
	d.lists = d.lists[:outer]
	return all
}

func (d *odf) countItem(item *office.Node) {
	l := &d.lists[len(d.lists)-1]
	if start := office.Int(item.Attr("start-value"), office.Unset); start != office.Unset {
		l.counter.Set(l.level, start)
	}
	l.marker = l.counter.Next(l.level, d.styles.lists[l.style].of)
}

// marked puts the number of an item before its first paragraph.
func (d *odf) marked(text string) string {
	l := &d.lists[len(d.lists)-1]
	if l.marker == "" || read.FlatLine(text) == "" {
		return text
	}
	text = l.marker + " " + text
	l.marker = ""
	return text
}
