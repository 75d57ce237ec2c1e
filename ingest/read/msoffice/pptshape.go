package msoffice

import (
	"cmp"
	"slices"
	"strings"

	"docent/ingest/read/office"
)

// pptView gathers the texts of the shapes of a slide.
type pptView struct {
	*powerPoint
	outline []pptText
	texts   []pptShape
}

// pptShape is a shape with text, or a table.
type pptShape struct {
	pptText
	// left and top are where a cell of a table stands.
	left, top int
	table     *office.Grid
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
	cells := pptView{powerPoint: v.powerPoint, outline: v.outline}
	cells.drawing(office.Part(data, 0, len(data)), depth+1)
	slices.SortStableFunc(cells.texts, func(a, b pptShape) int {
		return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.left, b.left))
	})
	t := &office.Grid{Named: true}
	for i, c := range cells.texts {
		if i == 0 || c.top != cells.texts[i-1].top {
			t.Rows = append(t.Rows, office.GridRow{Page: v.Page})
		}
		row := &t.Rows[len(t.Rows)-1]
		cell := office.GridCell{}
		if strings.TrimSpace(c.text) != "" {
			cell.Pieces = []office.Piece{{Text: strings.NewReplacer("\r", "\n", "\v", "\n").Replace(c.text)}}
		}
		row.Cells = append(row.Cells, cell)
	}
	v.texts = append(v.texts, pptShape{table: t})
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
	s := pptShape{pptText: pptText{kind: pptOther}}
	hasText, place := false, 0
	for r := range pptRecords(data) {
		switch r.kind {
		case artChildAnchor:
			s.left, s.top = office.Uint32(r.data, 0), office.Uint32(r.data, 4)
		case artClient:
			place = pptPlace(r.data)
		case artText:
			hasText = v.text(r.data, &s.pptText)
		}
	}
	if place == pptPlaceTitle || place == pptPlaceCentreTitle || place == pptPlaceUprightTitle {
		s.kind = pptTitle
	}
	furniture := place >= pptPlaceDate && place <= pptPlaceHeader
	if hasText && !furniture && len(v.texts) < mostPPTShapes {
		v.texts = append(v.texts, s)
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

// put adds the texts, the title first.
func (v *pptView) put() error {
	isTitle := func(s pptShape) bool { return s.table == nil && (s.kind == pptTitle || s.kind == pptCentreTitle) }
	for _, titles := range []bool{true, false} {
		for _, s := range v.texts {
			if isTitle(s) != titles {
				continue
			}
			pieces := s.pieces(v.Page)
			if s.table != nil {
				pieces = []office.Piece{{Page: v.Page, Table: s.table}}
			}
			if err := v.PutAll(pieces); err != nil {
				return err
			}
		}
		if !titles {
			return v.rest(v.outline)
		}
	}
	return nil
}
