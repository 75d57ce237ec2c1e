package ooxml

import (
	"cmp"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// wordStyle is a style as styles.xml has it.
type wordStyle struct {
	name, basedOn string
	// outline is the level of a heading from 0, 9 for text, or unset.
	outline int
	number  numberRef
	office.Look
}

// wordStyles are the styles of a document by id.
type wordStyles struct {
	byID map[string]*wordStyle
	// plain is the id of the style of paragraphs that name none.
	plain string
	looks map[string]wordLook
}

// wordLook is what a style comes to with those that it is based on.
type wordLook struct {
	kind read.Kind
	// level is that of a heading, 0 for text.
	level  int
	number numberRef
	office.Look
}

func (d *docx) readStyles(part string) {
	d.styles = wordStyles{byID: make(map[string]*wordStyle), looks: make(map[string]wordLook)}
	for n := range d.Part(part).Each("style") {
		id, p := n.Attr("styleId"), propertiesOf(n)
		if isTrue(n.Attr("default")) && n.Attr("type") == "paragraph" {
			d.styles.plain = id
		}
		d.styles.byID[id] = &wordStyle{
			name: p["name"], basedOn: p["basedOn"], outline: p.number("outlineLvl", office.Unset), number: p.list(),
		}
		s := d.styles.byID[id]
		draw(&s.Look, n.Child("pPr"))
		draw(&s.Look, n.Child("rPr"))
		if n.Attr("type") == "table" { // which of its cells it colours is not looked at
			n.Walk(func(n *office.Node) bool {
				if c := read.HexColor(n.Attr("fill")); c != 0 && c != read.White {
					s.Ground = read.Pictured
				}
				return true
			})
		}
	}
}

// draw adds what properties of characters, or of what is around them, say of how
// they look.
func draw(look *office.Look, n *office.Node) {
	for c := range n.Each("") {
		value := c.Attr("val")
		switch c.Name {
		case "vanish":
			look.Hidden = isOn(value)
		case "strike", "dstrike":
			look.Struck = isOn(value)
		case "b":
			look.Bold = isOn(value)
		case "color":
			if look.Color = read.HexColor(value); c.Attr("themeColor") == "background1" && c.Attr("themeShade") == "" {
				look.Color = read.White
			}
		case "shd":
			look.Ground = cmp.Or(read.HexColor(c.Attr("fill")), look.Ground)
		case "highlight":
			look.Ground = map[string]read.Color{"none": 0, "white": read.White, "black": read.RGB(0, 0, 0)}[value]
			if look.Ground == 0 && value != "none" {
				look.Ground = read.Pictured
			}
		case "sz":
			look.Size = float64(atoi0(value)) / 2
		case "w": // how wide, in hundredths
			look.Hidden = look.Hidden || office.Int(value, 100) < 10
		case "textFill":
			look.Hidden = look.Hidden || c.Child("noFill") != nil
		case "spacing": // the height of lines, cut off, in twentieths of a point
			look.Hidden = look.Hidden || c.Attr("lineRule") == "exact" && office.Int(c.Attr("line"), 240) < 40
		case "ind":
			const farOff = -10_000
			look.Hidden = look.Hidden || min(atoi0(c.Attr("left")), atoi0(c.Attr("start")), atoi0(c.Attr("firstLine"))) < farOff
		}
	}
}

// look returns what a paragraph of a style is.
func (w *wordStyles) look(id string) wordLook {
	id = cmp.Or(id, w.plain)
	look, known := w.looks[id]
	if known {
		return look
	}
	look.number.level = office.Unset
	if w.byID[id] == nil { // a style that is not there is known by its id: Heading1
		word := strings.TrimRight(id, "0123456789")
		look.level = min(read.StyleLevel(word+" "+id[len(word):]), 6)
	}
	leveled := false
	const most = 20 // a style may be based on itself
	for s, n := w.byID[id], 0; s != nil && n < most; s, n = w.byID[s.basedOn], n+1 {
		look.number = look.number.or(s.number)
		look.Look = look.With(s.Look)
		if look.kind == read.Paragraph {
			look.kind = kindNamed(s.name)
		}
		switch named := read.StyleLevel(s.name); {
		case leveled:
		case s.outline != office.Unset:
			look.level, leveled = outlineLevel(s.outline), true
		case named > 0:
			look.level, leveled = min(named, 6), true
		}
	}
	w.looks[id] = look
	return look
}

func kindNamed(style string) read.Kind {
	switch style = strings.ToLower(style); {
	case style == "caption":
		return read.Caption
	case style == "definition term":
		return read.Term
	case style == "definition":
		return read.Definition
	case style == "html preformatted" || style == "source code" || style == "preformatted text" || style == "macro":
		return read.Code
	case strings.HasPrefix(style, "toc ") && len(style) == len("toc 1") || style == "table of figures":
		return read.Furniture
	}
	return read.Paragraph
}

// outlineLevel is the level of a heading, 0 for text, of an outline level.
func outlineLevel(outline int) int {
	if outline < 0 || outline > 8 {
		return 0
	}
	return min(outline+1, 6)
}
