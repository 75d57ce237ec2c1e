package opendocument

import (
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odfList is a list that the walk is in.
type odfList struct {
	style   string
	level   int
	levels  *[office.ListLevels]odfLevel
	reached *[office.ListLevels]int
	// marker is the number to write before the next paragraph.
	marker string
}

// list reads a list. It goes on counting where it says so, or begins anew.
func (d *odf) list(e xml.StartElement) error {
	l := odfList{style: office.Attribute(e, "style-name"), reached: new([office.ListLevels]int)}
	if n := len(d.lists); n > 0 {
		outer := d.lists[n-1]
		if l.style == "" {
			l.style = outer.style
		}
		l.level, l.reached = min(outer.level+1, office.ListLevels-1), outer.reached
		l.reached[l.level] = 0
	} else if before := d.continued[l.style]; before != nil && goesOn(e) {
		l.reached = before
	}
	l.levels = d.styles.lists[l.style]
	if l.levels == nil {
		l.levels = new([office.ListLevels]odfLevel)
	}
	if l.level == 0 {
		d.continued[l.style] = l.reached
	}
	outer := len(d.lists)
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
	start := office.Atoi(office.Attribute(e, "start-value"), office.Unset)
	switch {
	case start != office.Unset:
		l.reached[l.level] = start
	case l.reached[l.level] == 0 && l.levels[l.level].start > 1:
		l.reached[l.level] = l.levels[l.level].start
	default:
		l.reached[l.level]++
	}
	l.marker = number(l.levels, l.reached, l.level)
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
