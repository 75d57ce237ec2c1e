package ooxml

import (
	"encoding/xml"

	"docent/ingest/read/office"
)

// numberRef says which list, and which level of it, a paragraph is in.
type numberRef struct {
	// list is "" where nothing is said, "0" for no list.
	list string
	// level is from 0, or unset.
	level int
}

// or fills in what is not said.
func (r numberRef) or(other numberRef) numberRef {
	if r.list == "" {
		r.list = other.list
	}
	if r.level == office.Unset {
		r.level = other.level
	}
	return r
}

func readNumberRef(x *office.XMLStream, r *numberRef) error {
	return x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			r.list = office.Attribute(e, "val")
		case "ilvl":
			r.level = office.Atoi(office.Attribute(e, "val"), office.Unset)
		}
		return nil
	})
}

// listLevel is how the paragraphs of a level are numbered.
type listLevel struct {
	start  int
	format string
	// text is what is shown, "%1.%2" standing for the numbers of levels.
	text string
	// style is the style whose paragraphs are of this level.
	style string
	// kept says that no higher level restarts it; legal that the numbers of
	// higher levels are shown in digits.
	kept, legal bool
}

// abstractList is a w:abstractNum with the numbers reached in it, which all
// lists made of it share.
type abstractList struct {
	levels [office.ListLevels]*listLevel
	// style is what other definitions call this one by; styled is the one that
	// this one stands for.
	style, styled string
	count         [office.ListLevels]int
	begun         [office.ListLevels]bool
}

// numberedList is a w:num.
type numberedList struct {
	abstract string
	levels   [office.ListLevels]*listLevel
	// restart are the numbers to begin with once, see restarts.
	restart  [office.ListLevels]int
	restarts [office.ListLevels]bool
}

// numbering computes the numbers that Word shows and does not store.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*numberedList
}

func (d *docx) readNumbering(part string) error {
	d.numbers = numbering{abstracts: make(map[string]*abstractList), lists: make(map[string]*numberedList)}
	if !d.Has(part) {
		return nil
	}
	return d.part(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNum":
			a := &abstractList{}
			d.numbers.abstracts[office.Attribute(e, "abstractNumId")] = a
			return d.x.Each(func(e xml.StartElement) error { return a.property(d.x, e) })
		case "num":
			l := &numberedList{}
			d.numbers.lists[office.Attribute(e, "numId")] = l
			return d.x.Each(func(e xml.StartElement) error { return l.property(d.x, e) })
		}
		return nil
	})
}

func (a *abstractList) property(x *office.XMLStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "styleLink":
		a.style = office.Attribute(e, "val")
	case "numStyleLink":
		a.styled = office.Attribute(e, "val")
	case "lvl":
		return readListLevel(x, e, &a.levels)
	}
	return nil
}

func (l *numberedList) property(x *office.XMLStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "abstractNumId":
		l.abstract = office.Attribute(e, "val")
	case "lvlOverride":
		n := office.Atoi(office.Attribute(e, "ilvl"), office.Unset)
		if n < 0 || n >= office.ListLevels {
			return nil
		}
		return x.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "startOverride":
				l.restart[n], l.restarts[n] = office.Atoi(office.Attribute(e, "val"), 1), true
			case "lvl":
				return readListLevel(x, e, &l.levels)
			}
			return nil
		})
	}
	return nil
}

func readListLevel(x *office.XMLStream, e xml.StartElement, levels *[office.ListLevels]*listLevel) error {
	n := office.Atoi(office.Attribute(e, "ilvl"), office.Unset)
	if n < 0 || n >= office.ListLevels {
		return nil
	}
	l := &listLevel{start: 1, format: "decimal"}
	levels[n] = l
	return x.Each(func(e xml.StartElement) error {
		switch value := office.Attribute(e, "val"); e.Name.Local {
		case "start":
			l.start = office.Atoi(value, 1)
		case "numFmt":
			l.format = value
		case "lvlText":
			l.text = value
		case "pStyle":
			l.style = value
		case "lvlRestart":
			l.kept = value == "0"
		case "isLgl":
			l.legal = on(e)
		}
		return nil
	})
}
