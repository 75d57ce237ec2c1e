package read

import (
	"encoding/xml"
	"strconv"
)

// table reads a table whole: what it is shows at its end.
func (d *docx) table() error {
	t := &grid{}
	page := d.leaf
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblPr":
			return d.x.each(func(e xml.StartElement) error {
				if e.Name.Local == "tblLook" {
					t.named = looksNamed(e)
				}
				return nil
			})
		case "tr":
			return d.row(t)
		case "tblGrid", "del", "moveFrom", "sdtPr", "sdtEndPr":
			return nil
		}
		return d.x.each(visit)
	}
	if err := d.x.each(visit); err != nil {
		return err
	}
	return d.sink(piece{table: t, page: page})
}

// looksNamed reports whether the style of a table sets its first row off.
func looksNamed(e xml.StartElement) bool {
	if first := xmlAttribute(e, "firstRow"); first != "" {
		return first == "1" || first == "true" || first == "on"
	}
	const firstRow = 0x20
	bits, err := strconv.ParseUint(xmlAttribute(e, "val"), 16, 32)
	return err == nil && bits&firstRow != 0
}

func (d *docx) row(t *grid) error {
	r := gridRow{page: d.leaf}
	deleted := false
	// Where a row is on two pages, each of its cells says so.
	last := d.leaf
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return d.x.each(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "tblHeader":
					r.header = on(e)
				case "gridBefore":
					r.cells = append(r.cells, gridCell{span: atoi(xmlAttribute(e, "val"), 1)})
				case "del":
					deleted = true
				}
				return nil
			})
		case "tc":
			d.leaf = r.page
			c, err := d.cell()
			last = max(last, d.leaf)
			r.cells = append(r.cells, c)
			return err
		case "tblPrEx", "sdtPr", "sdtEndPr":
			return nil
		}
		return d.x.each(visit)
	}
	err := d.x.each(visit)
	d.leaf = last
	if !deleted {
		t.rows = append(t.rows, r)
	}
	return err
}

func (d *docx) cell() (gridCell, error) {
	var c gridCell
	var err error
	c.pieces, err = d.gather(func(e xml.StartElement) error {
		if e.Name.Local != "tcPr" {
			return d.block(e)
		}
		return d.x.each(func(e xml.StartElement) error {
			if e.Name.Local == "gridSpan" {
				c.span = atoi(xmlAttribute(e, "val"), 1)
			}
			return nil
		})
	})
	return c, err
}
