package msoffice

import (
	"cmp"
	"slices"
	"strings"

	"docent/ingest/read/office"
)

// pptView gathers the texts of the shapes of a slide, or the cells of a table.
type pptView struct {
	*powerPoint
	outline []pptText
	slide   office.Slide
	// notes is the number of the notes on the slide.
	notes   int
	shapes  int
	inTable bool
	cells   []pptCell
}

// pptCell is a cell of a table, told by where it stands.
type pptCell struct {
	left, top int
	office.Cell
}

// deepestShape bounds how deep shapes are grouped.
const deepestShape = 60

// drawing goes through the shapes of a drawing in their order.
func (v *pptView) drawing(data []byte, depth int) {
	if depth > deepestShape || v.Stopped() != nil {
		return
	}
	for r := range pptRecords(data) {
		switch {
		case r.kind == artShape:
			v.shape(r.data)
		case r.kind == artGroup && isPPTTable(r.data):
			v.tableOf(r.data, depth)
		case r.isContainer():
			v.drawing(r.data, depth+1)
		}
	}
}

// tableOf makes a table of a group whose shapes are the cells.
func (v *pptView) tableOf(data []byte, depth int) {
	table := pptView{powerPoint: v.powerPoint, outline: v.outline, inTable: true}
	table.drawing(data, depth+1)
	slices.SortStableFunc(table.cells, func(a, b pptCell) int {
		return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.left, b.left))
	})
	t := &office.Table{Named: true}
	for i, c := range table.cells {
		if i == 0 || c.top != table.cells[i-1].top {
			t.Rows = append(t.Rows, office.Row{Page: v.Page})
		}
		row := &t.Rows[len(t.Rows)-1]
		row.Cells = append(row.Cells, c.Cell)
	}
	v.slide.Pieces = append(v.slide.Pieces, office.Piece{Page: v.Page, Table: t})
}

// isPPTTable reports whether the first shape of a group, which stands for the
// group, has the property of a table.
func isPPTTable(group []byte) bool {
	const tableProperties, isTable = 0x039f, 1
	for shape := range pptRecords(group) {
		for r := range pptRecords(shape.data) {
			if r.kind != artMoreProperty {
				continue
			}
			for i := range r.instance {
				if office.Uint16(r.data, 6*i)&0x3fff == tableProperties {
					return office.Uint32(r.data, 6*i+2)&isTable != 0
				}
			}
		}
		break
	}
	return false
}

// shape takes the text of one.
func (v *pptView) shape(data []byte) {
	t := pptText{kind: pptOther}
	hasText, place := false, 0
	var c pptCell
	for r := range pptRecords(data) {
		switch r.kind {
		case artChildAnchor:
			c.left, c.top = office.Uint32(r.data, 0), office.Uint32(r.data, 4)
		case artClient:
			place = pptPlace(r.data)
		case artText:
			hasText = v.text(r.data, &t)
		}
	}
	if place == pptPlaceTitle || place == pptPlaceCentreTitle || place == pptPlaceUprightTitle {
		t.kind = pptTitle
	}
	furniture := place >= pptPlaceDate && place <= pptPlaceHeader
	if v.shapes++; !hasText || furniture || v.shapes > mostPPTShapes {
		return
	}
	switch pieces := t.pieces(v.Page); {
	case v.inTable:
		c.Pieces = pieces
		v.cells = append(v.cells, c)
	case t.kind == pptTitle || t.kind == pptCentreTitle:
		v.slide.Title = append(v.slide.Title, pieces...)
	default:
		v.slide.Pieces = append(v.slide.Pieces, pieces...)
	}
}

// mostPPTShapes bounds the shapes of one slide.
const mostPPTShapes = 100_000

// Places that a layout has for shapes.
const (
	pptPlaceDate         = 7
	pptPlaceHeader       = 10
	pptPlaceTitle        = 13
	pptPlaceCentreTitle  = 15
	pptPlaceUprightTitle = 17
)

// pptPlace is the place that a shape fills, 0 for none.
func pptPlace(client []byte) int {
	for r := range pptRecords(client) {
		if r.kind == pptPlaceholder {
			return office.Uint16(r.data, 4) & 0xff
		}
	}
	return 0
}

// text reads the text of a shape, or finds it in the list of slides.
func (v *pptView) text(data []byte, t *pptText) (found bool) {
	for r := range pptRecords(data) {
		switch r.kind {
		case pptTextHeader:
			t.kind = office.Uint32(r.data, 0)
		case pptTextWide, pptTextBytes:
			t.text, found = r.text(), true
		case pptSlideNumber:
			t.text = strings.Replace(t.text, "*", "", 1)
		case pptOutlineRef:
			if n := office.Uint32(r.data, 0); n < len(v.outline) {
				*t, found = v.outline[n], !v.outline[n].used
				v.outline[n].used = true
			}
		}
	}
	return found
}
