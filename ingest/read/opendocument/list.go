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

// list reads a list.
func (d *odf) list(n *office.Node) []office.Piece {
	defer d.begin(n)()
	var all []office.Piece
	for _, item := range n.Nodes {
		if d.beginItem(item) {
			all = append(all, d.blocks(item)...)
		}
	}
	return all
}

// begin enters a list, which end leaves. It goes on counting where it says so,
// or begins anew.
func (d *odf) begin(n *office.Node) (end func()) {
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
	return func() { d.lists = d.lists[:outer] }
}

// beginItem counts an item, and reports whether what it is given is one, or the
// header of a list.
func (d *odf) beginItem(n *office.Node) bool {
	l := &d.lists[len(d.lists)-1]
	switch n.Name {
	case "list-item":
		if start := office.Int(n.Attr("start-value"), office.Unset); start != office.Unset {
			l.counter.Set(l.level, start)
		}
		l.marker = l.counter.Next(l.level, d.styles.lists[l.style].of)
	case "list-header":
		l.marker = ""
	default:
		return false
	}
	return true
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
