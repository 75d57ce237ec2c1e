package ooxml

import (
	"encoding/xml"
	"strconv"
	"strings"

	"docent/ingest/read/office"
)

// readSheet adds a sheet. One that is damaged or missing is left out.
func (w *workbook) readSheet(number int, entry sheetEntry) error {
	if !w.Has(entry.part) {
		w.Warn("sheet %q is missing", entry.name)
		return nil
	}
	s := w.NewSheet(number, entry.name)
	s.Named = w.namedRows(entry.part)
	row := 0
	return w.XML(entry.part, func(x *office.XMLStream, root xml.StartElement) error {
		if root.Name.Local != "worksheet" {
			return nil // a chart, or a dialogue of old
		}
		return x.Each(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "dimension":
				s.First, _ = cellPlace(office.Attribute(e, "ref"))
			case "sheetData":
				return x.Each(func(e xml.StartElement) error {
					row = office.Atoi(office.Attribute(e, "r"), row+1)
					cells, err := w.cells(x)
					if err != nil {
						return err
					}
					return s.PutRow(row, cells)
				})
			}
			return nil
		})
	})
}

// namedRows are the rows that hold the names of the columns of a table.
func (w *workbook) namedRows(part string) map[int]bool {
	all, err := w.Relations(part)
	if err != nil {
		return nil
	}
	rows := make(map[int]bool)
	for _, r := range all {
		if r.Kind != "table" || !w.Has(r.Target) {
			continue
		}
		err := w.XML(r.Target, func(_ *office.XMLStream, e xml.StartElement) error {
			if _, row := cellPlace(office.Attribute(e, "ref")); row > 0 && office.Attribute(e, "headerRowCount") != "0" {
				rows[row] = true
			}
			return nil
		})
		if err != nil {
			w.Warn("%s cannot be read: %v", r.Target, err)
		}
	}
	return rows
}

// cellPlace reads a reference such as "B12" or "B12:D14": the column from 0
// and the row from 1, both 0 for what is none.
func cellPlace(ref string) (column, row int) {
	n := 0
	for n < len(ref) && n < 3 && ref[n]|0x20 >= 'a' && ref[n]|0x20 <= 'z' {
		column = column*26 + int(ref[n]|0x20-'a') + 1
		n++
	}
	if n == 0 {
		return 0, 0
	}
	digits, _, _ := strings.Cut(ref[n:], ":")
	row, _ = strconv.Atoi(digits)
	return column - 1, row
}

// cells reads the cells of a row that are not empty.
func (w *workbook) cells(x *office.XMLStream) ([]office.SheetCell, error) {
	var cells []office.SheetCell
	column := -1
	err := x.Each(func(e xml.StartElement) error {
		column++
		if ref := office.Attribute(e, "r"); ref != "" {
			column, _ = cellPlace(ref)
		}
		var raw, inline string
		err := x.Each(func(e xml.StartElement) error {
			var err error
			switch e.Name.Local {
			case "v":
				raw, err = x.Content()
			case "is":
				inline, err = richText(x)
			}
			return err
		})
		if err != nil {
			return err
		}
		c := w.cell(office.Attribute(e, "t"), atoi0(office.Attribute(e, "s")), raw, inline)
		if c.Column = column; strings.TrimSpace(c.Text) != "" {
			cells = append(cells, c)
		}
		return nil
	})
	return cells, err
}

// atoi0 is the number that a string is, or 0.
func atoi0(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// cell is a value of a type as its style shows it.
func (w *workbook) cell(kind string, style int, raw, inline string) office.SheetCell {
	look := w.styles.Of(style)
	c := office.SheetCell{Text: raw, Bold: look.Bold}
	switch kind {
	case "s":
		c.Text, c.Words = "", true
		if i, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && i >= 0 && i < len(w.strings) {
			c.Text = w.strings[i]
		}
	case "inlineStr":
		c.Text, c.Words = inline, true
	case "str":
		c.Text, c.Words = unescapeCell(raw), true
	case "b":
		c.Text = "FALSE"
		if strings.TrimSpace(raw) == "1" || raw == "true" {
			c.Text = "TRUE"
		}
		if raw == "" {
			c.Text = ""
		}
	case "e":
	case "d":
		c.Text = strings.TrimSuffix(raw, "T00:00:00")
	default:
		if value, err := strconv.ParseFloat(strings.TrimSpace(raw), 64); err == nil {
			c.Text = look.Format.Show(value, w.since1904)
		}
	}
	return c
}

// unescapeCell resolves _x000D_ and the like, by which cells hold characters
// that XML has not.
func unescapeCell(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "_x")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		code, err := strconv.ParseUint(after[:min(4, len(after))], 16, 32)
		if err != nil || len(after) < 5 || after[4] != '_' {
			b.WriteString("_x")
			s = after
			continue
		}
		b.WriteRune(rune(code))
		s = after[5:]
	}
}
