package opendocument

import (
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODS is the format of ODS files.
//
// It reads workbooks of OpenDocument as xlsxReader does those of Excel:
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
	err := d.readPages("table", "sheets", d.sheet)
	if o.Meta.Title == "" {
		o.Meta.Title = o.Stem
	}
	return err
}

func (d *odf) sheet(number int, e xml.StartElement) error {
	s := d.NewSheet(number, office.Attribute(e, "name"))
	row := 1
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row":
			cells, err := d.sheetRow()
			if err != nil {
				return err
			}
			n := max(office.Atoi(office.Attribute(e, "number-rows-repeated"), 1), 1)
			for i := range min(n, mostRepeats) {
				if err := s.PutRow(row+i, cells); err != nil {
					return err
				}
			}
			row = min(row+n, 1<<30)
			return nil
		case "table-column", "table-columns", "shapes", "forms", "table-source", "title", "desc", "named-expressions", "scenario":
			return nil
		}
		return d.x.Each(visit)
	}
	return d.x.Each(visit)
}

func (d *odf) sheetRow() ([]office.SheetCell, error) {
	var cells []office.SheetCell
	column := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return d.x.Each(visit)
		}
		pieces, err := d.gather(d.block)
		if err != nil {
			return err
		}
		c := office.SheetCell{Text: office.TextOfPieces(pieces)}
		value := office.Attribute(e, "value-type")
		c.Words = value == "string" || value == ""
		if date := office.Attribute(e, "date-value"); value == "date" && read.ISODate(date) != "" {
			c.Text = odsDate(date)
		}
		n := max(office.Atoi(office.Attribute(e, "number-columns-repeated"), 1), 1)
		if strings.TrimSpace(c.Text) != "" {
			for i := range min(n, mostRepeats) {
				c.Column = column + i
				cells = append(cells, c)
			}
		}
		column = min(column+n, 1<<20)
		return nil
	}
	err := d.x.Each(visit)
	return cells, err
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
