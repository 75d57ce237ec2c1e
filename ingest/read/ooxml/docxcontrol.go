package ooxml

import (
	"encoding/xml"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// control reads a content control within a paragraph. What it shows while it is
// empty is no text.
func (d *docx) control(n *office.Node) {
	properties := n.Child("sdtPr")
	box := properties.Child("checkbox")
	c := office.Control{Title: properties.Child("alias").Attr("val"), Box: box != nil, Checked: isSet(box.Child("checked"))}
	d.para.Control(c, func() {
		if c.Box {
			d.write(office.BoxText(c.Checked))
		} else if !isPlaceholder(properties) {
			d.inlines(n.Child("sdtContent"))
		}
	})
}

func isPlaceholder(properties *office.Node) bool { return isSet(properties.Child("showingPlcHdr")) }

// isSet reports whether a property is there and on.
func isSet(n *office.Node) bool { return n != nil && isOn(n.Attr("val")) }

// streamControl reads a content control around paragraphs and tables. One of a
// long text is read as the body is.
func (d *docx) streamControl(x *office.XMLStream) error {
	var properties *office.Node
	return x.Each(func(e xml.StartElement) error {
		if e.Name.Local != "sdtContent" {
			n, err := x.Node(e)
			if e.Name.Local == "sdtPr" {
				properties = n
			}
			return err
		}
		if title := properties.Child("alias").Attr("val"); title == "" || properties.Child("docPartObj") != nil {
			return x.Each(func(e xml.StartElement) error { return d.stream(x, e) })
		}
		n, err := x.Node(e)
		if put := d.PutAll(titledBlock(properties, d.blocks(n), d.Language())); put != nil {
			return put
		}
		return err
	})
}

// titledBlock are the pieces of a content control around paragraphs: a field
// where it has a title and holds one short paragraph.
func titledBlock(properties *office.Node, pieces []office.Piece, language string) []office.Piece {
	if isPlaceholder(properties) {
		return nil
	}
	if len(pieces) != 1 || pieces[0].Kind != read.Paragraph || pieces[0].Table != nil {
		return pieces
	}
	p, text := pieces[0], strings.TrimSpace(pieces[0].Text)
	fields := office.Fields(text, []office.Control{{End: len(text), Title: properties.Child("alias").Attr("val")}}, language)
	if len(fields) != 1 {
		return pieces
	}
	fields[0].Page, fields[0].Notes = p.Page, p.Notes
	return fields
}

// legacyField reads the beginning or the end of a field of a form as Word had
// them before content controls.
func (d *docx) legacyField(n *office.Node) {
	p := d.para
	switch kind := n.Attr("fldCharType"); {
	case kind == "begin":
		d.beginLegacy(n.Child("ffData"))
	case p.legacy == nil:
	case kind == "separate":
		p.legacy.Start = p.Text.Len()
	case kind == "end":
		p.legacy.End = p.Text.Len()
		p.Controls = append(p.Controls, *p.legacy)
		p.legacy = nil
	}
}

func (d *docx) beginLegacy(data *office.Node) {
	if data == nil {
		return
	}
	p := d.para
	c := office.Control{Title: data.Child("statusText").Attr("val")}
	switch box, list := data.Child("checkBox"), data.Child("ddList"); {
	case box != nil:
		c.Box, c.Checked = true, isChecked(box)
		p.Control(c, func() { d.write(office.BoxText(c.Checked)) })
	case list != nil:
		entries := slices.Collect(list.Each("listEntry"))
		if chosen := office.Int(list.Child("result").Attr("val"), 0); chosen >= 0 && chosen < len(entries) {
			p.Control(c, func() { d.write(entries[chosen].Attr("val")) })
		}
	default:
		c.Start = p.Text.Len()
		p.legacy = &c
	}
}

func isChecked(box *office.Node) bool {
	if state := box.Child("checked"); state != nil {
		return isSet(state)
	}
	return isSet(box.Child("default"))
}
