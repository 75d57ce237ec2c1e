package ooxml

import (
	"strings"

	"docent/ingest/read/office"
)

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
	if level == office.Unset {
		level = a.levelOf(style)
	}
	if level < 0 || level >= office.ListLevels {
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
	for i := n + 1; i < office.ListLevels; i++ {
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
		b.WriteString(office.FormatNumber(number, of.format))
	}
	return strings.TrimSpace(b.String())
}
