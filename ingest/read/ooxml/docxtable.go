package ooxml

import (
	"encoding/xml"
	"strconv"

	"docent/ingest/read/office"
)

// table reads a table whole: what it is shows at its end.
func (d *docx) table() error {
	t := &office.Grid{}
	page := d.leaf
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblPr":
			return d.x.Each(func(e xml.StartElement) error {
				if e.Name.Local == "tblLook" {
					t.Named = looksNamed(e)
				}
				return nil
			})
		case "tr":
			return d.row(t)
		case "tblGrid", "del", "moveFrom", "sdtPr", "sdtEndPr":
			return nil
		}
		return d.x.Each(visit)
	}
	if err := d.x.Each(visit); err != nil {
		return err
	}
	return d.sink(office.Piece{Table: t, Page: page})
}

// looksNamed reports whether the style of a table sets its first row off.
func looksNamed(e xml.StartElement) bool {
	if first := office.Attribute(e, "firstRow"); first != "" {
		return first == "1" || first == "true" || first == "on"
	}
	const firstRow = 0x20
	bits, err := strconv.ParseUint(office.Attribute(e, "val"), 16, 32)
	return err == nil && bits&firstRow != 0
}

func (d *docx) row(t *office.Grid) error {
	r := office.GridRow{Page: d.leaf}
	deleted := false
	// Where a row is on two pages, each of its cells says so.
	last := d.leaf
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			p, err := readProperties(d.x)
			r.Header = p.on("tblHeader")
			_, deleted = p["del"]
			if before := p.number("gridBefore", 0); before > 0 {
				r.Cells = append(r.Cells, office.GridCell{Span: before})
			}
			return err
		case "tc":
			d.leaf = r.Page
			c, err := d.cell()
			last = max(last, d.leaf)
			r.Cells = append(r.Cells, c)
			return err
		case "tblPrEx", "sdtPr", "sdtEndPr":
			return nil
		}
		return d.x.Each(visit)
	}
	err := d.x.Each(visit)
	d.leaf = last
	if !deleted {
		t.Rows = append(t.Rows, r)
	}
	return err
}

func (d *docx) cell() (office.GridCell, error) {
	var c office.GridCell
	var err error
	c.Pieces, err = d.gather(func(e xml.StartElement) error {
		if e.Name.Local != "tcPr" {
			return d.block(e)
		}
		p, err := readProperties(d.x)
		c.Span = p.number("gridSpan", 1)
		return err
	})
	return c, err
}
