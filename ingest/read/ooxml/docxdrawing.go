package ooxml

import (
	"encoding/xml"
	"path"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// drawing reads the text boxes in a drawing, the data of a chart, and what a
// picture shows as its author describes it.
func (d *docx) drawing() error {
	var described string
	var picture bool
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "docPr":
			described = office.Attribute(e, "descr")
			return nil
		case "pic":
			picture = true
			return nil
		case "chart":
			return d.graphic(relationID(e, "id"), readChart)
		case "relIds":
			return d.graphic(relationID(e, "dm"), readDiagram)
		case "txbxContent":
			return d.textBox()
		case "AlternateContent":
			return alternate(d.x, visit)
		case "t":
			return d.words()
		}
		return d.x.Each(visit)
	}
	err := d.x.Each(visit)
	if picture && d.para != nil && !isFileName(described) {
		d.para.after = append(d.para.after, office.Piece{Kind: read.Caption, Text: described, Page: d.leaf})
	}
	return err
}

func (d *docx) graphic(id string, read func(*office.Composer, string) ([]office.Piece, error)) error {
	part := d.rels[id]
	if d.para == nil || !d.Has(part) {
		return nil
	}
	pieces, err := read(d.Composer, part)
	if err != nil {
		d.Warn("%s cannot be read: %v", part, err)
	}
	d.after(pieces)
	return nil
}

// isFileName reports whether the description of a picture is no more than
// where it came from.
func isFileName(s string) bool {
	switch strings.ToLower(path.Ext(s)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".webp":
		return true
	}
	return false
}
