package read

import (
	"context"
	"encoding/xml"
	"iter"
)

// XLSX is the format of XLSX files.
func XLSX(l Limits) Format {
	return Format{
		Name: "XLSX", Extensions: []string{".xlsx", ".xlsm", ".xltx", ".xltm"}, Sure: true, Risky: true,
		Match:  matchOOXML("XLSX"),
		Reader: xlsxReader{l},
	}
}

// xlsxReader reads workbooks (ECMA-376, SpreadsheetML): a heading a sheet, a
// block a row, each cell as its format shows it but for dates, which are
// written YYYY-MM-DD. Formulas are what they came to when the workbook was
// saved. Hidden sheets are read; those that only a program can show are not,
// since programs keep their own data there. The page of a block is the number
// of its sheet.
//
// The rows are streamed and only the cells that are there take memory or time:
// a sheet may be 16,384 columns wide and 1,048,576 rows high.
type xlsxReader struct{ limits Limits }

func (r xlsxReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "XLSX", readWorkbook)
}

type workbook struct {
	*office
	rels map[string]string
	// strings are those that cells refer to by their index.
	strings []string
	styles  cellStyles
	since   epoch
	sheets  []sheetEntry
}

type sheetEntry struct {
	name, part string
}

func readWorkbook(o *office) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	if o.meta.Title == "" {
		o.meta.Title = o.stem
	}
	w := &workbook{office: o, rels: all.index()}
	if err := o.xml(main, w.entries); err != nil {
		return err
	}
	if err := o.fitsPages(len(w.sheets), "sheets"); err != nil {
		return err
	}
	if err := w.readStyles(all.first("styles")); err != nil {
		return err
	}
	if err := w.readStrings(all.first("sharedStrings")); err != nil {
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
func (w *workbook) entries(x *xmlStream, _ xml.StartElement) error {
	return x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if d := xmlAttribute(e, "date1904"); d == "1" || d == "true" {
				w.since = since1904
			}
		case "sheets":
			return x.each(func(e xml.StartElement) error {
				part := w.rels[relationID(e, "id")]
				if xmlAttribute(e, "state") != "veryHidden" {
					w.sheets = append(w.sheets, sheetEntry{name: xmlAttribute(e, "name"), part: part})
				}
				return nil
			})
		}
		return nil
	})
}

func (w *workbook) readStrings(part string) error {
	if !w.has(part) {
		return nil
	}
	return w.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(xml.StartElement) error {
			text, err := richText(x)
			w.strings = append(w.strings, text)
			return err
		})
	})
}

// richText is the text of a string without the phonetic help to read it.
func richText(x *xmlStream) (string, error) {
	var text string
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			run, err := x.content()
			text += run
			return err
		case "rPh", "phoneticPr", "rPr":
			return nil
		}
		return x.each(visit)
	}
	err := x.each(visit)
	return unescapeCell(text), err
}
