package read

import "encoding/xml"

// mostRepeats bounds how often a row or cell with text in it is repeated:
// files say so a million times.
const mostRepeats = 256

// table reads a table of a text or a slide.
func (d *odf) table() error {
	t := &grid{}
	header := false
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-header-rows":
			header = true
			err := d.x.each(visit)
			header = false
			return err
		case "table-row":
			r := gridRow{header: header}
			err := d.x.each(func(e xml.StartElement) error { return d.cell(e, &r) })
			if r.filled() > 0 {
				for range repeats(e, "number-rows-repeated") {
					t.rows = append(t.rows, r)
				}
			}
			return err
		case "table-columns", "table-column", "table-header-columns", "shapes", "forms", "title", "desc", "table-source":
			return nil
		}
		return d.x.each(visit)
	}
	if err := d.x.each(visit); err != nil {
		return err
	}
	t.dropEmptyColumns()
	return d.sink(piece{table: t})
}

// repeats is how often an element stands for itself.
func repeats(e xml.StartElement, attribute string) int {
	return min(max(atoi(xmlAttribute(e, attribute), 1), 1), mostRepeats)
}

func (d *odf) cell(e xml.StartElement, r *gridRow) error {
	switch e.Name.Local {
	case "table-cell":
		pieces, err := d.gather(d.block)
		for range repeats(e, "number-columns-repeated") {
			r.cells = append(r.cells, gridCell{pieces: pieces})
		}
		return err
	case "covered-table-cell":
		for range repeats(e, "number-columns-repeated") {
			r.cells = append(r.cells, gridCell{})
		}
	}
	return nil
}
