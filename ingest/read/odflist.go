package read

import (
	"encoding/xml"
)

// odfList is a list that the walk is in.
type odfList struct {
	style   string
	level   int
	levels  *[listLevels]odfLevel
	reached *[listLevels]int
	// marker is the number to write before the next paragraph.
	marker string
}

// list reads a list. It goes on counting where it says so, or begins anew.
func (d *odf) list(e xml.StartElement) error {
	l := odfList{style: xmlAttribute(e, "style-name"), reached: new([listLevels]int)}
	if n := len(d.lists); n > 0 {
		outer := d.lists[n-1]
		if l.style == "" {
			l.style = outer.style
		}
		l.level, l.reached = min(outer.level+1, listLevels-1), outer.reached
		l.reached[l.level] = 0
	} else if before := d.continued[l.style]; before != nil && goesOn(e) {
		l.reached = before
	}
	l.levels = d.styles.lists[l.style]
	if l.levels == nil {
		l.levels = new([listLevels]odfLevel)
	}
	if l.level == 0 {
		d.continued[l.style] = l.reached
	}
	outer := len(d.lists)
	d.lists = append(d.lists, l)
	err := d.x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "list-item":
			d.countItem(e)
		case "list-header":
			d.lists[outer].marker = ""
		default:
			return nil
		}
		return d.x.each(d.block)
	})
	d.lists = d.lists[:outer]
	return err
}

func goesOn(e xml.StartElement) bool {
	return xmlAttribute(e, "continue-numbering") == "true" || xmlAttribute(e, "continue-list") != ""
}

func (d *odf) countItem(e xml.StartElement) {
	l := &d.lists[len(d.lists)-1]
	start := atoi(xmlAttribute(e, "start-value"), unset)
	switch {
	case start != unset:
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
	if l.marker == "" || flatLine(text) == "" {
		return text
	}
	text = l.marker + " " + text
	l.marker = ""
	return text
}
