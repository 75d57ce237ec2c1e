package read

import "encoding/xml"

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
	if r.level == unset {
		r.level = other.level
	}
	return r
}

func readNumberRef(x *xmlStream, r *numberRef) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numId":
			r.list = xmlAttribute(e, "val")
		case "ilvl":
			r.level = atoi(xmlAttribute(e, "val"), unset)
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
	levels [listLevels]*listLevel
	// style is what other definitions call this one by; styled is the one that
	// this one stands for.
	style, styled string
	count         [listLevels]int
	begun         [listLevels]bool
}

// numberedList is a w:num.
type numberedList struct {
	abstract string
	levels   [listLevels]*listLevel
	// restart are the numbers to begin with once, see restarts.
	restart  [listLevels]int
	restarts [listLevels]bool
}

// numbering computes the numbers that Word shows and does not store.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*numberedList
}

func (d *docx) readNumbering(part string) error {
	d.numbers = numbering{abstracts: make(map[string]*abstractList), lists: make(map[string]*numberedList)}
	if !d.has(part) {
		return nil
	}
	return d.part(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNum":
			a := &abstractList{}
			d.numbers.abstracts[xmlAttribute(e, "abstractNumId")] = a
			return d.x.each(func(e xml.StartElement) error { return a.property(d.x, e) })
		case "num":
			l := &numberedList{}
			d.numbers.lists[xmlAttribute(e, "numId")] = l
			return d.x.each(func(e xml.StartElement) error { return l.property(d.x, e) })
		}
		return nil
	})
}

func (a *abstractList) property(x *xmlStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "styleLink":
		a.style = xmlAttribute(e, "val")
	case "numStyleLink":
		a.styled = xmlAttribute(e, "val")
	case "lvl":
		return readListLevel(x, e, &a.levels)
	}
	return nil
}

func (l *numberedList) property(x *xmlStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "abstractNumId":
		l.abstract = xmlAttribute(e, "val")
	case "lvlOverride":
		n := atoi(xmlAttribute(e, "ilvl"), unset)
		if n < 0 || n >= listLevels {
			return nil
		}
		return x.each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "startOverride":
				l.restart[n], l.restarts[n] = atoi(xmlAttribute(e, "val"), 1), true
			case "lvl":
				return readListLevel(x, e, &l.levels)
			}
			return nil
		})
	}
	return nil
}

func readListLevel(x *xmlStream, e xml.StartElement, levels *[listLevels]*listLevel) error {
	n := atoi(xmlAttribute(e, "ilvl"), unset)
	if n < 0 || n >= listLevels {
		return nil
	}
	l := &listLevel{start: 1, format: "decimal"}
	levels[n] = l
	return x.each(func(e xml.StartElement) error {
		switch value := xmlAttribute(e, "val"); e.Name.Local {
		case "start":
			l.start = atoi(value, 1)
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
