package ooxml

import (
	"encoding/xml"
	"strings"
	"unicode"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// wordStyle is a style as styles.xml has it.
type wordStyle struct {
	name, basedOn string
	// outline is the level of a heading from 0, 9 for text, or unset.
	outline int
	number  numberRef
	hidden  bool
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
}

func (d *docx) readStyles(part string) error {
	d.styles = wordStyles{byID: make(map[string]*wordStyle), looks: make(map[string]wordLook)}
	if !d.Has(part) {
		return nil
	}
	return d.part(part, func(e xml.StartElement) error {
		if e.Name.Local != "style" {
			return nil
		}
		id := office.Attribute(e, "styleId")
		s := &wordStyle{outline: office.Unset, number: numberRef{level: office.Unset}}
		d.styles.byID[id] = s
		switch office.Attribute(e, "default") {
		case "1", "true", "on":
			if office.Attribute(e, "type") == "paragraph" {
				d.styles.plain = id
			}
		}
		return d.x.Each(func(e xml.StartElement) error { return s.property(d.x, e) })
	})
}

func (s *wordStyle) property(x *office.XMLStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "name":
		s.name = office.Attribute(e, "val")
	case "basedOn":
		s.basedOn = office.Attribute(e, "val")
	case "outlineLvl":
		s.outline = office.Atoi(office.Attribute(e, "val"), office.Unset)
	case "vanish":
		s.hidden = on(e)
	case "numPr":
		return readNumberRef(x, &s.number)
	case "pPr", "rPr":
		return x.Each(func(e xml.StartElement) error { return s.property(x, e) })
	}
	return nil
}

// chain yields a style and those that it is based on, nearest first.
func (w *wordStyles) chain(id string) func(yield func(string, *wordStyle) bool) {
	return func(yield func(string, *wordStyle) bool) {
		const most = 20 // a style may be based on itself
		for range most {
			s := w.byID[id]
			if s == nil || !yield(id, s) {
				return
			}
			id = s.basedOn
		}
	}
}

func (w *wordStyles) hidden(id string) bool {
	for _, s := range w.chain(id) {
		if s.hidden {
			return true
		}
	}
	return false
}

// look returns what a paragraph of a style is.
func (w *wordStyles) look(id string) wordLook {
	if id == "" {
		id = w.plain
	}
	if look, known := w.looks[id]; known {
		return look
	}
	look := wordLook{number: numberRef{level: office.Unset}}
	if w.byID[id] == nil {
		look.level = headingNamed(id)
	}
	look.kind, look.level = w.kind(id), max(look.level, w.level(id))
	for _, s := range w.chain(id) {
		look.number = look.number.or(s.number)
	}
	w.looks[id] = look
	return look
}

// level returns the level of the headings of a style, 0 for text.
func (w *wordStyles) level(id string) int {
	for _, s := range w.chain(id) {
		if s.outline != office.Unset {
			return outlineLevel(s.outline)
		}
		if level := headingNamed(s.name); level > 0 {
			return level
		}
	}
	return 0
}

func (w *wordStyles) kind(id string) read.Kind {
	for _, s := range w.chain(id) {
		name := strings.ToLower(s.name)
		switch {
		case name == "caption":
			return read.Caption
		case name == "html preformatted" || name == "source code" || name == "preformatted text" || name == "macro":
			return read.Code
		case strings.HasPrefix(name, "toc ") && len(name) == len("toc 1") || name == "table of figures":
			return read.Furniture
		}
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

// headingWords begin the names of the styles of headings. Word writes the
// English one whatever its language is, others do not.
var headingWords = map[string]bool{
	"heading": true, "titre": true, "überschrift": true, "berschrift": true, "título": true, "titulo": true, "titolo": true,
	"kop": true, "rubrik": true, "nagłówek": true, "nagwek": true, "заголовок": true, "overskrift": true, "otsikko": true,
	"nadpis": true, "címsor": true, "cmsor": true, "titlu": true,
}

// headingNamed returns the level of the heading that a style's name says, 0
// where it says none.
func headingNamed(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "title" {
		return 1
	}
	word := strings.TrimRightFunc(name, func(r rune) bool { return r >= '0' && r <= '9' })
	level := office.Atoi(name[len(word):], 0)
	if !headingWords[strings.TrimRightFunc(word, unicode.IsSpace)] || level < 1 || level > 9 {
		return 0
	}
	return min(level, 6)
}
