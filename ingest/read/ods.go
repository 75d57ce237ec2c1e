package read

import (
	"context"
	"encoding/xml"
	"iter"
	"strings"
)

// ODS is the format of ODS files.
func ODS(l Limits) Format {
	return Format{
		Name: "ODS", Extensions: []string{".ods", ".ots"}, Sure: true, Risky: true,
		Match:  matchZip("ODS"),
		Reader: odsReader{l},
	}
}

// odsReader reads workbooks of OpenDocument as xlsxReader does those of Excel:
// each cell as the program last showed it, dates as YYYY-MM-DD.
type odsReader struct{ limits Limits }

func (r odsReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "ODS", func(o *office) error {
		d := &odf{office: o}
		number := 0
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "body", "spreadsheet":
				return d.x.each(visit)
			case "table":
				number++
				if err := d.fitsPages(number, "sheets"); err != nil {
					return err
				}
				return d.sheet(number, xmlAttribute(e, "name"))
			}
			return nil
		}
		err := d.read(visit)
		if o.meta.Title == "" {
			o.meta.Title = o.stem
		}
		return err
	})
}

func (d *odf) sheet(number int, name string) error {
	s, err := d.beginSheet(number, name)
	if err != nil {
		return err
	}
	row := 1
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row":
			cells, err := d.sheetRow()
			if err != nil {
				return err
			}
			n := max(atoi(xmlAttribute(e, "number-rows-repeated"), 1), 1)
			for i := range min(n, mostRepeats) {
				if err := s.putRow(row+i, cells); err != nil {
					return err
				}
			}
			row = min(row+n, 1<<30)
			return nil
		case "table-column", "table-columns", "shapes", "forms", "table-source", "title", "desc", "named-expressions", "scenario":
			return nil
		}
		return d.x.each(visit)
	}
	err = d.x.each(visit)
	s.endSheet()
	return err
}

func (d *odf) sheetRow() ([]sheetCell, error) {
	var cells []sheetCell
	column := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return d.x.each(visit)
		}
		pieces, err := d.gather(d.block)
		if err != nil {
			return err
		}
		c := sheetCell{text: textOfPieces(pieces)}
		value := xmlAttribute(e, "value-type")
		c.words = value == "string" || value == ""
		if date := xmlAttribute(e, "date-value"); value == "date" && isoDate(date) != "" {
			c.text = odsDate(date)
		}
		n := max(atoi(xmlAttribute(e, "number-columns-repeated"), 1), 1)
		if strings.TrimSpace(c.text) != "" {
			for i := range min(n, mostRepeats) {
				c.column = column + i
				cells = append(cells, c)
			}
		}
		column = min(column+n, 1<<20)
		return nil
	}
	err := d.x.each(visit)
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
