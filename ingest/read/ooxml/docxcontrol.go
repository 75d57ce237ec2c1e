package ooxml

import (
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// control reads a content control within a paragraph. What it shows while it is
// empty is no text.
func (d *docx) control(n *office.Node) {
	properties, p := n.Child("sdtPr"), d.para
	c := office.Control{Start: p.text.Len(), Title: properties.Child("alias").Attr("val")}
	if box := properties.Child("checkbox"); box != nil {
		c.Box, c.Checked = true, isSet(box.Child("checked"))
		d.write(office.BoxText(c.Checked))
	} else if !isPlaceholder(properties) {
		d.inlines(n.Child("sdtContent"))
	}
	c.End = p.text.Len()
	p.controls = append(p.controls, c)
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
	switch n.Attr("fldCharType") {
	case "begin":
		d.beginLegacy(n.Child("ffData"))
	case "separate":
		if p.legacy != nil {
			p.legacy.Start = p.text.Len()
		}
	case "end":
		if p.legacy != nil {
			p.legacy.End = p.text.Len()
			p.controls = append(p.controls, *p.legacy)
			p.legacy = nil
		}
	}
}

func (d *docx) beginLegacy(data *office.Node) {
	if data == nil {
		return
	}
	p := d.para
	c := office.Control{Start: p.text.Len(), Title: data.Child("statusText").Attr("val")}
	switch box, list := data.Child("checkBox"), data.Child("ddList"); {
	case box != nil:
		c.Box, c.Checked = true, isChecked(box)
		d.write(office.BoxText(c.Checked))
		c.End = p.text.Len()
		p.controls = append(p.controls, c)
	case list != nil:
		chosen := office.Int(list.Child("result").Attr("val"), 0)
		for entry := range list.Each("listEntry") {
			if chosen == 0 {
				d.write(entry.Attr("val"))
			}
			chosen--
		}
		c.End = p.text.Len()
		p.controls = append(p.controls, c)
	default:
		p.legacy = &c
	}
}

func isChecked(box *office.Node) bool {
	if state := box.Child("checked"); state != nil {
		return isSet(state)
	}
	return isSet(box.Child("default"))
}
