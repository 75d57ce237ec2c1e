package msoffice

import (
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// msWordStyle is a style of paragraphs.
type msWordStyle struct {
	name string
	base int
	list []byte
	// heading is the level that the style stands for, or 0.
	heading int
	// known is set when properties are those with what the styles that it is
	// based on say.
	known      bool
	properties msWordProperties
}

// Built-in styles.
const (
	styleHeading1 = 1
	styleHeading9 = 9
	noStyle       = 0xfff
)

// loadStyles reads the style sheet (STSH).
func (w *msWord) loadStyles(table []byte) {
	header := office.Uint16(table, 0)
	count, base := office.Uint16(table, 2), office.Uint16(table, 4)
	for at := 2 + header; count > 0 && at+2 <= len(table); count-- {
		size := office.Uint16(table, at)
		w.styles = append(w.styles, parseStyle(office.Slice(table, at+2, size), base))
		at += 2 + size
	}
}

func parseStyle(data []byte, base int) msWordStyle {
	s := msWordStyle{base: noStyle}
	if len(data) < 10 {
		return s
	}
	const ofParagraphs = 1
	builtIn, kind := office.Uint16(data, 0)&0xfff, office.Uint16(data, 2)&0xf
	s.base = office.Uint16(data, 2) >> 4
	if kind != ofParagraphs {
		return s
	}
	length := office.Uint16(data, base)
	s.name = strings.ToLower(office.UTF16(office.Slice(data, base+2, 2*length)))
	switch {
	case builtIn >= styleHeading1 && builtIn <= styleHeading9:
		s.heading = builtIn
	default:
		s.heading = read.StyleLevel(s.name)
	}
	at := base + 2 + 2*length + 2
	s.list = office.Slice(data, at+4, office.Uint16(data, at)-2)
	return s
}

// styled are the properties of a paragraph of a style.
func (w *msWord) styled(style int) msWordProperties { return w.styledWithin(style, 20) }

func (w *msWord) styledWithin(style, depth int) msWordProperties {
	if style >= len(w.styles) || depth == 0 {
		return msWordProperties{style: style}
	}
	s := &w.styles[style]
	if s.known {
		return s.properties
	}
	var p msWordProperties
	if s.base != noStyle && s.base != style {
		p = w.styledWithin(s.base, depth-1)
	}
	p.style = style
	p.apply(s.list)
	if s.heading > 0 {
		p.outline = s.heading
	}
	s.known, s.properties = true, p
	return p
}

// fontName is the name of a font by its number in the table of fonts.
func (w *msWord) fontName(id int) string {
	const fonts, fixed = 15, 40
	table := w.tableAt(fonts)
	at := 4
	for range id {
		if at >= len(table) {
			return ""
		}
		at += 1 + int(table[at])
	}
	name, _, _ := strings.Cut(office.UTF16(office.Slice(table, at+fixed, 130)), "\x00")
	return name
}
