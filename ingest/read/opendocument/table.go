package opendocument

import (
	"encoding/xml"

	"docent/ingest/read/office"
)

// mostRepeats bounds how often a row or cell with text in it is repeated:
// files say so a million times.
const mostRepeats = 256

// table reads a table of a text or a slide.
func (d *odf) table() error {
	t := &office.Grid{}
	header := false
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-header-rows":
			header = true
			err := d.x.Each(visit)
			header = false
			return err
		case "table-row":
			r := office.GridRow{Header: header}
			err := d.x.Each(func(e xml.StartElement) error { return d.cell(e, &r) })
			if r.Filled() > 0 {
				for range repeats(e, "number-rows-repeated") {
					t.Rows = append(t.Rows, r)
				}
			}
			return err
		case "table-columns", "table-column", "table-header-columns", "shapes", "forms", "title", "desc", "table-source":
			return nil
		}
		return d.x.Each(visit)
	}
	if err := d.x.Each(visit); err != nil {
		return err
	}
	t.DropEmptyColumns()
	return d.sink(office.Piece{Table: t})
}

// repeats is how often an element stands for itself.
func repeats(e xml.StartElement, attribute string) int {
	return min(max(office.Atoi(office.Attribute(e, attribute), 1), 1), mostRepeats)
}

func (d *odf) cell(e xml.StartElement, r *office.GridRow) error {
	switch e.Name.Local {
	case "table-cell":
		pieces, err := d.gather(d.block)
		for range repeats(e, "number-columns-repeated") {
			r.Cells = append(r.Cells, office.GridCell{Pieces: pieces})
		}
		return err
	case "covered-table-cell":
		for range repeats(e, "number-columns-repeated") {
			r.Cells = append(r.Cells, office.GridCell{})
		}
	}
	return nil
}
