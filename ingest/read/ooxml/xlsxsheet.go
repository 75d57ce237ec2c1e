package ooxml

import (
	"encoding/xml"
	"regexp"
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
					n, err := x.Node(e)
					if err != nil {
						return err
					}
					row = office.Int(n.Attr("r"), row+1)
					return s.PutRow(row, w.cells(n))
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
		root := w.Part(r.Target)
		if _, row := cellPlace(root.Attr("ref")); row > 0 && root.Attr("headerRowCount") != "0" {
			rows[row] = true
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

// cells are those of a row that are not empty.
func (w *workbook) cells(row *office.Node) []office.SheetCell {
	var cells []office.SheetCell
	column := -1
	for n := range row.Each("c") {
		column++
		if ref := n.Attr("r"); ref != "" {
			column, _ = cellPlace(ref)
		}
		var raw, inline string
		for _, value := range n.Nodes {
			switch value.Name {
			case "v":
				raw = value.Content()
			case "is":
				inline = richText(value)
			}
		}
		c := w.cell(n.Attr("t"), atoi0(n.Attr("s")), raw, inline)
		if c.Column = column; strings.TrimSpace(c.Text) != "" {
			cells = append(cells, c)
		}
	}
	return cells
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

var escapedCell = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeCell resolves _x000D_ and the like, by which cells hold characters
// that XML has not.
func unescapeCell(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapedCell.ReplaceAllStringFunc(s, func(escaped string) string {
		code, _ := strconv.ParseUint(escaped[2:6], 16, 32)
		return string(rune(code))
	})
}
