package opendocument

import (
	"cmp"
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODT is the format of ODT files.
//
// It reads texts of OpenDocument. What was deleted, struck through or hidden is
// no text; notes, remarks and text boxes stand after the paragraph that they
// belong to. What is filled in is a field with its label. Blocks have no page: where programs note the ends of pages at all, they are off by
// as much as half.
func ODT(l read.Limits) read.Format {
	return office.ZipFormat("ODT", l, readText, ".odt", ".ott", ".odm")
}

func readText(o *office.Composer) error {
	d := &odf{Composer: o}
	err := d.readBody("", func(x *office.XMLStream, e xml.StartElement) error {
		return d.stream(x, e, false)
	})
	if err != nil {
		return err
	}
	return d.readMargins()
}

// stream adds what an element of the body holds, as block reads it. Paragraphs
// are read one by one and tables row by row, since a section, a list or a table
// may be the whole document.
func (d *odf) stream(x *office.XMLStream, e xml.StartElement, inIndex bool) error {
	n := &office.Node{Name: e.Name.Local, Attrs: e.Attr}
	inside := func(e xml.StartElement) error { return d.stream(x, e, inIndex) }
	switch {
	case n.Name == "forms":
		n, err := x.Node(e)
		d.readForms(n)
		return err
	case hasNoText(n):
		return nil
	case n.Name == "p" || n.Name == "h":
		n, err := x.Node(e)
		pieces := d.block(n)
		if inIndex {
			pieces = asFurniture(pieces)
		}
		return cmp.Or(d.PutAll(pieces), err)
	case n.Name == "list":
		defer d.begin(n)()
		return x.Each(func(e xml.StartElement) error {
			if !d.beginItem(&office.Node{Name: e.Name.Local, Attrs: e.Attr}) {
				return nil
			}
			return x.Each(inside)
		})
	case n.Name == "table":
		t := &office.Table{}
		err := x.Each(func(e xml.StartElement) error { return d.streamRows(x, e, t, false) })
		return cmp.Or(d.Put(office.Piece{Table: t}), err)
	}
	inIndex = inIndex || n.Name == "index-body"
	return x.Each(inside)
}

// streamRows adds what an element of a table holds.
func (d *odf) streamRows(x *office.XMLStream, e xml.StartElement, t *office.Table, header bool) error {
	switch e.Name.Local {
	case "table-header-rows", "table-rows", "table-row-group":
		header = header || e.Name.Local == "table-header-rows"
		return x.Each(func(e xml.StartElement) error { return d.streamRows(x, e, t, header) })
	}
	n, err := x.Node(e)
	d.rows(t, n, header)
	return cmp.Or(err, d.Stopped())
}

// readMargins adds the headers and footers of the page styles, each text once.
func (d *odf) readMargins() error {
	var pieces []office.Piece
	d.Part("styles.xml").Walk(func(n *office.Node) bool {
		switch n.Name {
		case "master-styles", "master-page":
			return true
		case "header", "footer", "header-left", "footer-left", "header-first", "footer-first":
			pieces = append(pieces, d.blocks(n)...)
		}
		return false
	})
	return d.PutMargins(pieces)
}
