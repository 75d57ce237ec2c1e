package read

import (
	"context"
	"encoding/xml"
	"iter"
)

// ODT is the format of ODT files.
func ODT(l Limits) Format {
	return Format{
		Name: "ODT", Extensions: []string{".odt", ".ott", ".odm"}, Sure: true, Risky: true,
		Match:  matchZip("ODT"),
		Reader: odtReader{l},
	}
}

// odtReader reads texts of OpenDocument. Deleted text and remarks are no text;
// notes and text boxes stand after the paragraph that they belong to. Blocks
// have no page: where programs note the ends of pages at all, they are off by
// as much as half.
type odtReader struct{ limits Limits }

func (r odtReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "ODT", func(o *office) error {
		d := &odf{office: o}
		err := d.read(func(e xml.StartElement) error {
			if e.Name.Local != "body" {
				return nil
			}
			return d.x.each(func(xml.StartElement) error { return d.x.each(d.block) })
		})
		if err != nil {
			return err
		}
		return d.readMargins()
	})
}

// readMargins adds the headers and footers of the page styles, each text once.
func (d *odf) readMargins() error {
	if !d.has("styles.xml") {
		return nil
	}
	var pieces []piece
	d.sink = func(p piece) error {
		pieces = append(pieces, p)
		return d.stopped()
	}
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "master-styles", "master-page":
			return d.x.each(visit)
		case "header", "footer", "header-left", "footer-left", "header-first", "footer-first":
			return d.x.each(d.block)
		}
		return nil
	}
	if err := d.part("styles.xml", visit); err != nil {
		d.warn("its headers and footers cannot be read: %v", err)
	}
	return d.putMargins(pieces)
}
