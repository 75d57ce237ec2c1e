package opendocument

import (
	"cmp"
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODS is the format of ODS files.
//
// It reads workbooks of OpenDocument as ooxml.XLSX does those of Excel:
// each cell as the program last showed it, dates as YYYY-MM-DD.
func ODS(l read.Limits) read.Format {
	return read.Format{
		Name: "ODS", Extensions: []string{".ods", ".ots"}, Sure: true, Risky: true,
		Match:  office.MatchZip("ODS"),
		Reader: office.NewReader("ODS", l, readSpreadsheet),
	}
}

func readSpreadsheet(o *office.Composer) error {
	d := &odf{Composer: o}
	number := 0
	err := d.readBody("table", func(x *office.XMLStream, e xml.StartElement) error {
		number++
		if err := d.FitsPages(number, "sheets"); err != nil {
			return err
		}
		row := 1
		return d.sheet(x, d.NewSheet(number, office.Attribute(e, "name")), &row)
	})
	o.Meta.Title = cmp.Or(o.Meta.Title, o.Stem)
	return err
}

// sheet reads the rows of a sheet one by one.
func (d *odf) sheet(x *office.XMLStream, s *office.Sheet, row *int) error {
	return x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row":
			n, err := x.Node(e)
			if err != nil {
				return err
			}
			cells := d.sheetRow(n)
			repeated := max(office.Int(n.Attr("number-rows-repeated"), 1), 1)
			for i := range min(repeated, mostRepeats) {
				if err := s.PutRow(*row+i, cells); err != nil {
					return err
				}
			}
			*row = min(*row+repeated, 1<<30)
			return nil
		case "table-column", "table-columns", "shapes", "forms", "table-source", "title", "desc", "named-expressions", "scenario":
			return nil
		}
		return d.sheet(x, s, row)
	})
}

func (d *odf) sheetRow(row *office.Node) []office.SheetCell {
	var cells []office.SheetCell
	column := 0
	row.Walk(func(n *office.Node) bool {
		if n.Name != "table-cell" && n.Name != "covered-table-cell" {
			return true
		}
		c := office.SheetCell{Text: office.TextOf(d.nested(n))}
		value := n.Attr("value-type")
		c.Words = value == "string" || value == ""
		if date := n.Attr("date-value"); value == "date" && read.ISODate(date) != "" {
			c.Text = odsDate(date)
		}
		repeated := max(office.Int(n.Attr("number-columns-repeated"), 1), 1)
		if strings.TrimSpace(c.Text) != "" {
			for i := range min(repeated, mostRepeats) {
				c.Column = column + i
				cells = append(cells, c)
			}
		}
		column = min(column+repeated, 1<<20)
		return false
	})
	return cells
}

// odsDate writes a date and the time that may be with it, to the minute or, if
// it says so, the second.
func odsDate(s string) string {
	date, clock, _ := strings.Cut(s, "T")
	clock, _, _ = strings.Cut(clock, ".")
	clock = strings.TrimSuffix(clock, ":00")
	if clock == "00:00" || clock == "" {
		return date
	}
	return date + " " + clock
}
