package opendocument

import (
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODT is the format of ODT files.
//
// It reads texts of OpenDocument. Deleted text and remarks are no text;
// notes and text boxes stand after the paragraph that they belong to. Blocks
// have no page: where programs note the ends of pages at all, they are off by
// as much as half.
func ODT(l read.Limits) read.Format {
	return read.Format{
		Name: "ODT", Extensions: []string{".odt", ".ott", ".odm"}, Sure: true, Risky: true,
		Match:  office.MatchZip("ODT"),
		Reader: office.NewReader("ODT", l, readText),
	}
}

func readText(o *office.Composer) error {
	d := &odf{Composer: o}
	err := d.read(func(e xml.StartElement) error {
		if e.Name.Local != "body" {
			return nil
		}
		return d.x.Each(func(xml.StartElement) error { return d.x.Each(d.block) })
	})
	if err != nil {
		return err
	}
	return d.readMargins()
}

// readMargins adds the headers and footers of the page styles, each text once.
func (d *odf) readMargins() error {
	if !d.Has("styles.xml") {
		return nil
	}
	var pieces []office.Piece
	d.sink = func(p office.Piece) error {
		pieces = append(pieces, p)
		return d.Stopped()
	}
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "master-styles", "master-page":
			return d.x.Each(visit)
		case "header", "footer", "header-left", "footer-left", "header-first", "footer-first":
			return d.x.Each(d.block)
		}
		return nil
	}
	if err := d.part("styles.xml", visit); err != nil {
		d.Warn("its headers and footers cannot be read: %v", err)
	}
	return d.PutMargins(pieces)
}
