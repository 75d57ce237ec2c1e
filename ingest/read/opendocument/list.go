package opendocument

import (
	"cmp"
	"encoding/xml"

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
func (d *odf) list(e xml.StartElement) error {
	l := odfList{style: office.Attribute(e, "style-name"), counter: new(office.ListCounter)}
	outer := len(d.lists)
	if outer > 0 {
		around := d.lists[outer-1]
		l.style = cmp.Or(l.style, around.style)
		l.level, l.counter = min(around.level+1, office.ListLevels-1), around.counter
		l.counter.Restart(l.level)
	} else {
		if before := d.continued[l.style]; before != nil && goesOn(e) {
			l.counter = before
		}
		d.continued[l.style] = l.counter
	}
	d.lists = append(d.lists, l)
	err := d.x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "list-item":
			d.countItem(e)
		case "list-header":
			d.lists[outer].marker = ""
		default:
			return nil
		}
		return d.x.Each(d.block)
	})
	d.lists = d.lists[:outer]
	return err
}

func goesOn(e xml.StartElement) bool {
	return office.Attribute(e, "continue-numbering") == "true" || office.Attribute(e, "continue-list") != ""
}

func (d *odf) countItem(e xml.StartElement) {
	l := &d.lists[len(d.lists)-1]
	if start := office.Atoi(office.Attribute(e, "start-value"), office.Unset); start != office.Unset {
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
