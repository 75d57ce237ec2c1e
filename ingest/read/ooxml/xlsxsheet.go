package ooxml

import (
	"cmp"
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
	r := sheetReader{workbook: w, Sheet: s, name: entry.name, notes: w.remarks(entry.part)}
	defer s.End()
	return w.rows(entry.part, func(x *office.XMLStream, e xml.StartElement) error {
		switch e.Name.Local {
		case "dimension":
			s.First, _ = office.CellPlace(office.Attribute(e, "ref"))
		case "cols":
			n, err := x.Node(e)
			for col := range n.Each("col") {
				if isTrue(col.Attr("hidden")) || isThin(col.Attr("width")) {
					s.Hide(atoi0(col.Attr("min"))-1, atoi0(col.Attr("max"))-1)
				}
			}
			return err
		case "row":
			n, err := x.Node(e)
			return cmp.Or(err, r.put(n))
		case "mergeCell":
			from, to, _ := strings.Cut(office.Attribute(e, "ref"), ":")
			fromColumn, fromRow := office.CellPlace(from)
			toColumn, toRow := office.CellPlace(to)
			s.Merge(fromRow, fromColumn, toRow, toColumn)
		}
		return nil
	})
}

// rows visits the elements of a sheet: those within the lists of rows and of
// merged cells, and others whole.
func (w *workbook) rows(part string, visit func(x *office.XMLStream, e xml.StartElement) error) error {
	return w.XML(part, func(x *office.XMLStream, root xml.StartElement) error {
		if root.Name.Local != "worksheet" {
			return nil // a chart, or a dialogue of old
		}
		return x.Each(func(e xml.StartElement) error {
			if e.Name.Local == "sheetData" || e.Name.Local == "mergeCells" {
				return x.Each(func(e xml.StartElement) error { return visit(x, e) })
			}
			return visit(x, e)
		})
	})
}

// sheetReader puts the rows of a sheet.
type sheetReader struct {
	*workbook
	*office.Sheet
	name string
	// notes are the remarks on cells.
	notes map[cellRef][]string
	// row is the last one.
	row int
}

// cellRef is a row from 1 and a column from 0.
type cellRef struct{ row, column int }

func (r *sheetReader) put(n *office.Node) error {
	r.row = office.Int(n.Attr("r"), r.row+1)
	cells := r.cells(n)
	if isTrue(n.Attr("hidden")) || isThin(n.Attr("ht")) {
		r.SkipRow(cells)
		return nil
	}
	return r.PutRow(r.row, cells)
}

// isThin reports whether the height of a row or width of a column leaves nothing to
// be seen of it.
func isThin(size string) bool {
	v, err := strconv.ParseFloat(size, 64)
	return err == nil && v < 0.5
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
		if _, row := office.CellPlace(root.Attr("ref")); row > 0 && root.Attr("headerRowCount") != "0" {
			rows[row] = true
		}
	}
	return rows
}

// rawCell is a cell as the file has it.
type rawCell struct {
	column            int
	kind, raw, inline string
	style             int
	// formula is nil where there is none.
	formula *office.Node
}

// rawCells are those of a row.
func rawCells(row *office.Node) []rawCell {
	cells := make([]rawCell, 0, len(row.Nodes))
	column := -1
	for n := range row.Each("c") {
		column++
		if ref := n.Attr("r"); ref != "" {
			column, _ = office.CellPlace(ref)
		}
		c := rawCell{column: column, kind: n.Attr("t"), style: atoi0(n.Attr("s"))}
		for _, value := range n.Nodes {
			switch value.Name {
			case "v":
				c.raw = value.Content()
			case "is":
				c.inline = richText(value)
			case "f":
				c.formula = value
			}
		}
		cells = append(cells, c)
	}
	return cells
}

// cells are those of a row that are not empty.
func (r *sheetReader) cells(row *office.Node) []office.SheetCell {
	raws := rawCells(row)
	cells := make([]office.SheetCell, 0, len(raws))
	for _, raw := range raws {
		c := r.cell(raw.kind, raw.style, raw.raw, raw.inline)
		if raw.formula != nil && raw.kind != "str" && (raw.raw == "" || r.stale) {
			c.Text = r.computed(r.name, r.row, raw, c.Text)
		}
		switch look := r.styles.Of(raw.style); {
		case strings.TrimSpace(c.Text) == "":
		case !look.Seen():
			r.workbook.Hide(c.Text)
			c.Text = ""
		case look.Struck:
			c.Text = ""
			r.workbook.Struck++
		}
		c.Column, c.Notes = raw.column, r.notes[cellRef{r.row, raw.column}]
		if strings.TrimSpace(c.Text) != "" || len(c.Notes) > 0 {
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
		if raw != "" {
			c.Text = office.ShowValue(isTrue(strings.TrimSpace(raw)), nil, w.look)
		}
	case "e":
	case "d":
		c.Text = strings.TrimSuffix(raw, "T00:00:00")
	default:
		if value, err := strconv.ParseFloat(strings.TrimSpace(raw), 64); err == nil {
			c.Text = look.Format.Show(value, w.look)
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
