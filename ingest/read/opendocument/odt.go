package opendocument

import (
	"cmp"
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
	err := d.readBody("", func(x *office.XMLStream, e xml.StartElement) error {
		n, err := x.Node(e)
		return cmp.Or(d.PutAll(d.block(n)), err)
	})
	if err != nil {
		return err
	}
	return d.readMargins()
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
