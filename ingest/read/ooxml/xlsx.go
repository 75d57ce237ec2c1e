package ooxml

import (
	"cmp"
	"encoding/xml"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// XLSX is the format of XLSX files.
//
// It reads workbooks (ECMA-376, SpreadsheetML): a heading a sheet, a
// block a row, each cell as its format shows it but for dates, which are
// written YYYY-MM-DD. Formulas are what they came to when the workbook was
// saved; where that is not in the file, simple ones are computed, see
// office.Formulas. What is hidden is left out: sheets, rows and columns. The page
// of a block is the number of its sheet.
//
// The rows are streamed and only the cells that are there take memory or time:
// a sheet may be 16,384 columns wide and 1,048,576 rows high.
func XLSX(l read.Limits) read.Format {
	return office.ZipFormat("XLSX", l, readWorkbook, ".xlsx", ".xlsm", ".xltx", ".xltm")
}

type workbook struct {
	*office.Composer
	rels map[string]string
	// strings are those that cells refer to by their index.
	strings []string
	styles  office.CellStyles
	look    office.NumberLook
	sheets  []sheetEntry
	// stale says that the values in the file are to be computed again.
	stale    bool
	formulas office.Formulas
}

type sheetEntry struct {
	name, part string
	// hidden says that it is not shown, secret that only a program can show it,
	// which keeps its own data there.
	hidden, secret bool
}

func readWorkbook(o *office.Composer) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	o.Meta.Title = cmp.Or(o.Meta.Title, o.Stem)
	w := &workbook{Composer: o, rels: all.Index()}
	w.formulas.Load = w.holdCells
	root, err := o.Root(main)
	if err != nil {
		return err
	}
	w.entries(root)
	if err := o.FitsPages(len(w.sheets), "sheets"); err != nil {
		return err
	}
	w.readStyles(all.First("styles"))
	if err := w.readStrings(all.First("sharedStrings")); err != nil {
		return err
	}
	var names []string
	for _, s := range w.sheets {
		names = append(names, s.name)
	}
	w.look.French = w.SheetLanguage(w.sampleTexts(), names) == "fr"
	number := 0
	for _, s := range w.sheets {
		if s.secret {
			continue
		}
		if number++; s.hidden {
			w.SkipSheet(s.name)
			continue
		}
		if err := w.readSheet(number, s); err != nil {
			return err
		}
	}
	w.WarnUncomputed(w.formulas.Uncomputed)
	return nil
}

// entries reads which sheets there are.
func (w *workbook) entries(root *office.Node) {
	w.look.Since1904 = isTrue(root.Child("workbookPr").Attr("date1904"))
	w.stale = isTrue(root.Child("calcPr").Attr("fullCalcOnLoad"))
	for n := range root.Child("sheets").Each("") {
		w.sheets = append(w.sheets, sheetEntry{
			name: n.Attr("name"), part: w.rels[relationID(n.Attrs, "id")], hidden: n.Attr("state") == "hidden", secret: n.Attr("state") == "veryHidden",
		})
	}
}

func (w *workbook) readStrings(part string) error {
	if !w.Has(part) {
		return nil
	}
	return w.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			n, err := x.Node(e)
			w.strings = append(w.strings, richText(n))
			return err
		})
	})
}

// richText is the text of a string without the phonetic help to read it and
// without what is struck through.
func richText(n *office.Node) string {
	var b strings.Builder
	n.Walk(func(n *office.Node) bool {
		if n.Name == "t" {
			b.WriteString(n.Content())
		}
		return n.Name == "r" && !isSet(n.Child("rPr").Child("strike"))
	})
	return unescapeCell(b.String())
}
