package opendocument

import (
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// odsBook computes the formulas of a workbook.
type odsBook struct {
	*odf
	formulas office.Formulas
}

// computed is what a formula without a value comes to.
func (b *odsBook) computed(sheet string, row, column int) string {
	if v, ok := b.formulas.Value(sheet, row, column); ok {
		return b.shown(v)
	}
	b.formulas.Uncomputed++
	return read.Uncomputed(b.Language())
}

// shown is a value as a cell without a format shows it.
func (b *odsBook) shown(v any) string {
	return office.ShowValue(v, &office.NumberFormat{}, office.NumberLook{French: b.Language() == "fr"})
}

// holdCells has the formulas know all cells of the workbook. What cannot be read
// is warned of where the sheets are put.
func (b *odsBook) holdCells() {
	struck := b.Struck
	again := &odf{Composer: b.Composer}
	_ = again.readBody("table", func(x *office.XMLStream, e xml.StartElement) error {
		s := &odsSheet{odsBook: b, name: office.Attribute(e, "name"), row: 1}
		return s.read(x, func(n *office.Node) error {
			for i := range repeats(n, "number-rows-repeated") {
				eachCell(n, func(column int, n *office.Node) { s.hold(again, s.row+i, column, n) })
			}
			return nil
		})
	})
	b.Struck = struck
}

// hold has the formulas know a cell as often as it stands for itself.
func (s *odsSheet) hold(d *odf, row, column int, n *office.Node) {
	text := office.TextOf(d.nested(n))
	cell := office.FormulaCell{Value: odsValue(n, text)}
	if cell.Value == nil && n.Attr("value-type") == "" {
		cell.Formula = n.Attr("formula")
	}
	if cell.Value == nil && cell.Formula == "" {
		return
	}
	for i := range repeats(n, "number-columns-repeated") {
		s.formulas.Hold(s.name, row, column+i, cell)
	}
}
