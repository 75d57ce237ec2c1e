package ooxml

import (
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// XLSX is the format of XLSX files.
//
// It reads workbooks (ECMA-376, SpreadsheetML): a heading a sheet, a
// block a row, each cell as its format shows it but for dates, which are
// written YYYY-MM-DD. Formulas are what they came to when the workbook was
// saved. Hidden sheets are read; those that only a program can show are not,
// since programs keep their own data there. The page of a block is the number
// of its sheet.
//
// The rows are streamed and only the cells that are there take memory or time:
// a sheet may be 16,384 columns wide and 1,048,576 rows high.
func XLSX(l read.Limits) read.Format {
	return read.Format{
		Name: "XLSX", Extensions: []string{".xlsx", ".xlsm", ".xltx", ".xltm"}, Sure: true, Risky: true,
		Match:  office.MatchOOXML("XLSX"),
		Reader: office.NewReader("XLSX", l, readWorkbook),
	}
}

type workbook struct {
	*office.Composer
	rels map[string]string
	// strings are those that cells refer to by their index.
	strings []string
	styles  office.CellStyles
	// since1904 says where dates are counted from.
	since1904 bool
	sheets    []sheetEntry
}

type sheetEntry struct {
	name, part string
}

func readWorkbook(o *office.Composer) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	if o.Meta.Title == "" {
		o.Meta.Title = o.Stem
	}
	w := &workbook{Composer: o, rels: all.Index()}
	if err := o.XML(main, w.entries); err != nil {
		return err
	}
	if err := o.FitsPages(len(w.sheets), "sheets"); err != nil {
		return err
	}
	if err := w.readStyles(all.First("styles")); err != nil {
		return err
	}
	if err := w.readStrings(all.First("sharedStrings")); err != nil {
		return err
	}
	for i, s := range w.sheets {
		if err := w.readSheet(i+1, s); err != nil {
			return err
		}
	}
	return nil
}

// entries reads which sheets there are.
func (w *workbook) entries(x *office.XMLStream, _ xml.StartElement) error {
	return x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			d := office.Attribute(e, "date1904")
			w.since1904 = d == "1" || d == "true"
		case "sheets":
			return x.Each(func(e xml.StartElement) error {
				part := w.rels[relationID(e.Attr, "id")]
				if office.Attribute(e, "state") != "veryHidden" {
					w.sheets = append(w.sheets, sheetEntry{name: office.Attribute(e, "name"), part: part})
				}
				return nil
			})
		}
		return nil
	})
}

func (w *workbook) readStrings(part string) error {
	if !w.Has(part) {
		return nil
	}
	return w.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(xml.StartElement) error {
			text, err := richText(x)
			w.strings = append(w.strings, text)
			return err
		})
	})
}

// richText is the text of a string without the phonetic help to read it.
func richText(x *office.XMLStream) (string, error) {
	var text string
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			run, err := x.Content()
			text += run
			return err
		case "rPh", "phoneticPr", "rPr":
			return nil
		}
		return x.Each(visit)
	}
	err := x.Each(visit)
	return unescapeCell(text), err
}
