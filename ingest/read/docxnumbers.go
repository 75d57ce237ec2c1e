package read

import (
	"encoding/xml"
	"strconv"
	"strings"
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

const listLevels = 9

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

// abstract returns the definition of a list.
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
	if level == unset {
		level = a.levelOf(style)
	}
	if level < 0 || level >= listLevels {
		return "", false
	}
	a.advance(l, level)
	return a.shown(l, level), true
}

func (a *abstractList) levelOf(style string) int {
	for i, l := range a.levels {
		if l != nil && style != "" && l.style == style {
			return i
		}
	}
	return 0
}

// level returns the definition of a level, the list's own before the shared.
func (a *abstractList) level(l *numberedList, n int) listLevel {
	switch {
	case l.levels[n] != nil:
		return *l.levels[n]
	case a.levels[n] != nil:
		return *a.levels[n]
	}
	return listLevel{start: 1, format: "bullet"}
}

func (a *abstractList) advance(l *numberedList, n int) {
	switch {
	case l.restarts[n]:
		a.count[n], l.restarts[n] = l.restart[n], false
	case a.begun[n]:
		a.count[n]++
	default:
		a.count[n] = a.level(l, n).start
	}
	a.begun[n] = true
	for i := n + 1; i < listLevels; i++ {
		if !a.level(l, i).kept {
			a.begun[i] = false
		}
	}
}

func (a *abstractList) shown(l *numberedList, n int) string {
	def := a.level(l, n)
	if def.format == "bullet" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(def.text); i++ {
		c := def.text[i]
		if c != '%' || i+1 == len(def.text) || def.text[i+1] < '1' || def.text[i+1] > '9' {
			b.WriteByte(c)
			continue
		}
		i++
		k := int(def.text[i] - '1')
		of := a.level(l, k)
		number := a.count[k]
		if !a.begun[k] {
			number = of.start
		}
		if def.legal {
			of.format = "decimal"
		}
		b.WriteString(formatNumber(number, of.format))
	}
	return strings.TrimSpace(b.String())
}

// formatNumber writes a number as numFmt of WordprocessingML names it; in
// digits where the way is not known.
func formatNumber(n int, format string) string {
	const mostRoman, mostLetters = 3999, 26 * 20
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "upperRoman", "lowerRoman":
		if n > 0 && n <= mostRoman {
			return inCase(roman(n), format)
		}
	case "upperLetter", "lowerLetter":
		if n > 0 && n <= mostLetters {
			return inCase(strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1), format)
		}
	}
	return strconv.Itoa(n)
}

func inCase(s, format string) string {
	if strings.HasPrefix(format, "lower") {
		return strings.ToLower(s)
	}
	return s
}

func roman(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	digits := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(digits[i])
		}
	}
	return b.String()
}
