package ooxml

import (
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

// listLevels are the levels that a definition or a list says, nil for others.
type listLevels [office.ListLevels]*listLevel

type listLevel struct {
	office.ListLevel
	// style is the style whose paragraphs are of this level.
	style string
}

// abstractList is a w:abstractNum with the numbers reached in it, which all
// lists made of it share.
type abstractList struct {
	office.ListCounter
	levels listLevels
	// style is what other definitions call this one by; styled is the one that
	// this one stands for.
	style, styled string
}

// numberedList is a w:num, whose own levels come before the shared ones.
type numberedList struct {
	abstract string
	levels   listLevels
	// restarts are the numbers to begin levels with, once.
	restarts map[int]int
}

// numbering computes the numbers that Word shows and does not store.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*numberedList
}

func (d *docx) readNumbering(part string) {
	d.numbers = numbering{abstracts: make(map[string]*abstractList), lists: make(map[string]*numberedList)}
	root := d.Part(part)
	for n := range root.Each("abstractNum") {
		a := &abstractList{style: n.Child("styleLink").Attr("val"), styled: n.Child("numStyleLink").Attr("val")}
		d.numbers.abstracts[n.Attr("abstractNumId")] = a
		a.levels.read(n)
	}
	for n := range root.Each("num") {
		l := &numberedList{abstract: n.Child("abstractNumId").Attr("val"), restarts: make(map[int]int)}
		d.numbers.lists[n.Attr("numId")] = l
		for override := range n.Each("lvlOverride") {
			if start := override.Child("startOverride"); start != nil {
				l.restarts[office.Int(override.Attr("ilvl"), office.Unset)] = office.Int(start.Attr("val"), 1)
			}
			l.levels.read(override)
		}
	}
}

// read reads the levels in an element.
func (levels *listLevels) read(of *office.Node) {
	for n := range of.Each("lvl") {
		i := office.Int(n.Attr("ilvl"), office.Unset)
		if i < 0 || i >= office.ListLevels {
			continue
		}
		p := propertiesOf(n)
		format, said := p["numFmt"]
		if !said {
			format = "decimal"
		}
		levels[i] = &listLevel{style: p["pStyle"], ListLevel: office.ListLevel{
			Start: p.number("start", 1), Format: format, Text: p["lvlText"], Kept: p["lvlRestart"] == "0", Legal: p.on("isLgl"),
		}}
	}
}

// abstract returns the definition of a list, nil where there is none.
func (n *numbering) abstract(l *numberedList) *abstractList {
	a := n.abstracts[l.abstract]
	if a == nil || a.styled == "" {
		return a
	}
	for _, other := range n.abstracts {
		if other.style == a.styled {
			return other
		}
	}
	return a
}

// next counts a paragraph of a style and returns its number as it is shown, ""
// for a bullet. Listed is false for a paragraph that is in no list.
func (n *numbering) next(ref numberRef, style string) (shown string, listed bool) {
	l := n.lists[ref.list]
	if l == nil {
		return "", false
	}
	a := n.abstract(l)
	if a == nil {
		return "", false
	}
	level := ref.level
	if level == office.Unset {
		level = a.levels.of(style)
	}
	if level < 0 || level >= office.ListLevels {
		return "", false
	}
	if start, once := l.restarts[level]; once {
		a.Set(level, start)
		delete(l.restarts, level)
	}
	return a.Next(level, func(i int) office.ListLevel {
		for _, levels := range []*listLevels{&l.levels, &a.levels} {
			if levels[i] != nil {
				return levels[i].ListLevel
			}
		}
		return office.ListLevel{Start: 1}
	}), true
}

// of returns the level of the paragraphs of a style.
func (levels *listLevels) of(style string) int {
	for i, l := range levels {
		if l != nil && style != "" && l.style == style {
			return i
		}
	}
	return 0
}
