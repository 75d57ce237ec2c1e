package ooxml

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// wordParagraph is a paragraph being read.
type wordParagraph struct {
	text  strings.Builder
	style string
	// outline is the level that the paragraph itself says, see wordStyle.
	outline int
	number  numberRef
	page    int
	// dropped says that it is the first letter of the next paragraph, set large.
	dropped bool
	// after is what comes after the paragraph: text boxes, notes, pictures.
	after []office.Piece
}

func (d *docx) paragraph() error {
	outer := d.para
	p := &wordParagraph{outline: office.Unset, number: numberRef{level: office.Unset}}
	p.text.WriteString(d.initial)
	d.initial = ""
	d.para = p
	err := d.x.Each(d.inline)
	d.para = outer
	if err != nil {
		return err
	}
	if p.page == 0 {
		p.page = d.leaf
	}
	if p.dropped {
		d.initial = p.text.String()
		return nil
	}
	return d.finish(p)
}

// finish puts a paragraph, with the number that Word shows before it.
func (d *docx) finish(p *wordParagraph) error {
	look := d.styles.look(p.style)
	block := office.Piece{Kind: look.kind, Page: p.page, Text: p.text.String()}
	if p.outline != office.Unset {
		look.level = outlineLevel(p.outline)
	}
	number, listed := d.numbers.next(p.number.or(look.number), p.style)
	switch {
	case look.level > 0 && look.kind == read.Paragraph:
		block.Kind, block.Level = read.Heading, look.level
	case listed && look.kind == read.Paragraph:
		block.Kind = read.ListItem
	}
	if strings.TrimSpace(block.Text) != "" {
		if number != "" {
			block.Text = number + " " + block.Text
		}
		if err := d.sink(block); err != nil {
			return err
		}
	}
	for _, a := range p.after {
		if err := d.sink(a); err != nil {
			return err
		}
	}
	return nil
}

func (d *docx) paragraphProperties() error {
	p := d.para
	return d.x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = office.Attribute(e, "val")
		case "outlineLvl":
			p.outline = office.Atoi(office.Attribute(e, "val"), office.Unset)
		case "numPr":
			list, err := readProperties(d.x)
			p.number = list.list()
			return err
		case "framePr":
			drop := office.Attribute(e, "dropCap")
			p.dropped = drop == "drop" || drop == "margin"
		case "sectPr":
			return d.section()
		}
		return nil
	})
}

// inline reads an element within a paragraph. Those that are not known hold
// others: links, fields, insertions, drawings.
func (d *docx) inline(e xml.StartElement) error {
	if d.hidden {
		return nil
	}
	switch e.Name.Local {
	case "pPr":
		return d.paragraphProperties()
	case "r":
		return d.run()
	case "rPr":
		return d.runProperties()
	case "t":
		return d.words()
	case "tab", "ptab":
		d.write("\t")
	case "br":
		if t := office.Attribute(e, "type"); t == "" || t == "textWrapping" {
			d.write("\n")
		}
	case "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("\u2011")
	case "sym":
		d.write(symbol(office.Attribute(e, "font"), office.Attribute(e, "char")))
	case "lastRenderedPageBreak":
		d.leaf++
		d.turned = true
	case "footnoteReference", "endnoteReference":
		d.note(strings.TrimSuffix(e.Name.Local, "Reference")+"s", e)
	case "AlternateContent":
		return alternate(d.x, d.inline)
	case "txbxContent":
		return d.textBox()
	case "drawing":
		return d.drawing()
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "sdtPr", "sdtEndPr", "ffData":
	default:
		return d.x.Each(d.inline)
	}
	return nil
}

func (d *docx) run() error {
	err := d.x.Each(d.inline)
	d.hidden = false
	return err
}

func (d *docx) runProperties() error {
	p, err := readProperties(d.x)
	_, said := p["vanish"]
	d.hidden = p.on("vanish") || !said && p["rStyle"] != "" && d.styles.look(p["rStyle"]).hidden
	return err
}

func (d *docx) words() error {
	text, err := d.x.Content()
	d.write(text)
	return err
}

func (d *docx) write(s string) {
	if d.para == nil || s == "" {
		return
	}
	if d.para.page == 0 {
		d.para.page = d.leaf
	}
	d.para.text.WriteString(s)
}

// note numbers a reference, and has the note stand after the paragraph.
func (d *docx) note(kind string, e xml.StartElement) {
	pieces := d.notes[kind+office.Attribute(e, "id")]
	if d.para == nil || len(pieces) == 0 {
		return
	}
	d.noted++
	mark := fmt.Sprintf("[%d]", d.noted)
	d.write(mark)
	pieces = slices.Clone(pieces)
	pieces[0].Text = mark + " " + strings.TrimSpace(pieces[0].Text)
	d.after(pieces)
}

// after has pieces stand after the paragraph.
func (d *docx) after(pieces []office.Piece) {
	office.OnPage(pieces, d.leaf)
	d.para.after = append(d.para.after, pieces...)
}

func (d *docx) textBox() error {
	para := d.para
	pieces, err := d.gather(d.block)
	if para != nil {
		para.after = append(para.after, pieces...)
	}
	return err
}
