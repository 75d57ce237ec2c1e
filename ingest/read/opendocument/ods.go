package opendocument

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODS is the format of ODS files.
//
// It reads workbooks of OpenDocument as ooxml.XLSX does those of Excel:
// each cell as the program last showed it, dates as YYYY-MM-DD.
func ODS(l read.Limits) read.Format {
	return office.ZipFormat("ODS", l, readSpreadsheet, ".ods", ".ots")
}

func readSpreadsheet(o *office.Composer) error {
	d := &odf{Composer: o}
	book := &odsBook{odf: d}
	book.formulas.Load = book.holdCells
	number := 0
	err := d.readBody("table", func(x *office.XMLStream, e xml.StartElement) error {
		number++
		if err := d.FitsPages(number, "sheets"); err != nil {
			return err
		}
		name := office.Attribute(e, "name")
		if d.styles.hidden[office.Attribute(e, "style-name")] {
			d.SkipSheet(name)
			return nil
		}
		s := &odsSheet{odsBook: book, Sheet: d.NewSheet(number, name), name: name, row: 1}
		defer s.end()
		return s.read(x, s.put)
	})
	o.WarnUncomputed(book.formulas.Uncomputed)
	o.Meta.Title = cmp.Or(o.Meta.Title, o.Stem)
	return err
}

// odsSheet is a sheet being read.
type odsSheet struct {
	*odsBook
	*office.Sheet
	name string
	// row is the next one, from 1, column the next that is described, from 0.
	row, column int
	merged      []odsMerged
}

// odsMerged is a merged cell by its first and last row and column.
type odsMerged struct{ fromRow, fromColumn, toRow, toColumn int }

// read visits the rows of a sheet one by one, and notes the columns that are
// hidden.
func (s *odsSheet) read(x *office.XMLStream, row func(*office.Node) error) error {
	return x.Each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row":
			n, err := x.Node(e)
			if err == nil {
				err = row(n)
			}
			s.row = min(s.row+times(n, "number-rows-repeated"), 1<<30)
			return err
		case "table-column":
			n := &office.Node{Attrs: e.Attr}
			next := min(s.column+times(n, "number-columns-repeated"), 1<<20)
			if s.Sheet != nil && !isVisible(n) {
				s.Hide(s.column, next-1)
			}
			s.column = next
			return nil
		case "shapes", "forms", "table-source", "title", "desc", "named-expressions", "scenario":
			return nil
		}
		return s.read(x, row)
	})
}

// times is how often an element stands for itself, without a bound.
func times(n *office.Node, attribute string) int { return max(office.Int(n.Attr(attribute), 1), 1) }

// isVisible reports whether a row or column is neither hidden nor filtered.
func isVisible(n *office.Node) bool {
	shown := n.Attr("visibility")
	return shown == "" || shown == "visible"
}

// put puts a row as often as it stands for itself.
func (s *odsSheet) put(n *office.Node) error {
	cells := s.cells(n)
	for i := range repeats(n, "number-rows-repeated") {
		if !isVisible(n) {
			s.SkipRow(cells)
			continue
		}
		if err := s.PutRow(s.row+i, cells); err != nil {
			return err
		}
	}
	return nil
}

func (s *odsSheet) end() {
	for _, m := range s.merged {
		s.Merge(m.fromRow, m.fromColumn, m.toRow, m.toColumn)
	}
	s.End()
}

// eachCell visits the cells of a row with the columns that they begin in.
func eachCell(row *office.Node, visit func(column int, n *office.Node)) {
	column := 0
	row.Walk(func(n *office.Node) bool {
		if n.Name != "table-cell" && n.Name != "covered-table-cell" {
			return true
		}
		visit(column, n)
		column = min(column+times(n, "number-columns-repeated"), 1<<20)
		return false
	})
}

// cells are those of a row that are not empty.
func (s *odsSheet) cells(row *office.Node) []office.SheetCell {
	var cells []office.SheetCell
	eachCell(row, func(column int, n *office.Node) {
		c := s.cell(n, column)
		if strings.TrimSpace(c.Text) == "" && len(c.Notes) == 0 {
			return
		}
		for i := range repeats(n, "number-columns-repeated") {
			c.Column = column + i
			cells = append(cells, c)
		}
		if rows, columns := times(n, "number-rows-spanned"), times(n, "number-columns-spanned"); rows > 1 || columns > 1 {
			s.merged = append(s.merged, odsMerged{s.row, column, s.row + rows - 1, column + columns - 1})
		}
	})
	return cells
}

func (s *odsSheet) cell(n *office.Node, column int) office.SheetCell {
	look := s.styles.look(odfStyle{"table-cell", n.Attr("style-name")})
	c := office.SheetCell{Text: office.TextOf(s.shape(n)), Bold: look.Bold}
	value := n.Attr("value-type")
	c.Words = value == "string" || value == ""
	switch date := n.Attr("date-value"); {
	case value == "date" && read.ISODate(date) != "":
		c.Text = odsDate(date)
	case strings.TrimSpace(c.Text) == "" && value == "" && n.Attr("formula") != "":
		c.Text, c.Words = s.computed(s.name, s.row, column), false
	case strings.TrimSpace(c.Text) == "":
		if v := odsValue(n, c.Text); v != nil {
			c.Text = s.shown(v)
		}
	}
	switch {
	case strings.TrimSpace(c.Text) == "":
	case !look.Seen():
		s.odf.Hide(c.Text)
		c.Text = ""
	case look.Struck:
		c.Text = ""
		s.odf.Struck++
	}
	for remarked := range n.Each("annotation") {
		if text := office.TextOf(s.nested(remark(remarked))); remarked.Attr("resolved") != "true" && text != "" {
			c.Notes = append(c.Notes, text)
		}
	}
	return c
}

// odsValue is what a cell holds, as formulas see it.
func odsValue(n *office.Node, text string) any {
	switch n.Attr("value-type") {
	case "float", "percentage", "currency":
		if number, err := strconv.ParseFloat(n.Attr("value"), 64); err == nil {
			return number
		}
	case "boolean":
		return n.Attr("boolean-value") == "true"
	}
	if text = cmp.Or(n.Attr("string-value"), text); text == "" {
		return nil
	}
	return text
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
