package ooxml

import (
	"cmp"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// tablePart reads an element within a table, and reports whether what is in it
// is to be read.
func (d *docx) tablePart(t *office.Table, n *office.Node) (into bool) {
	switch n.Name {
	case "tblPr":
		d.tableGround = cmp.Or(read.HexColor(n.Child("shd").Attr("fill")), d.styles.look(n.Child("tblStyle").Attr("val")).Ground)
		t.Named = looksNamed(n.Child("tblLook"))
	case "tr":
		d.row(t, n)
	case "tblGrid", "del", "moveFrom", "sdtPr", "sdtEndPr":
	default:
		return true
	}
	return false
}

// looksNamed reports whether the style of a table sets its first row off.
func looksNamed(n *office.Node) bool {
	if first := n.Attr("firstRow"); first != "" {
		return isTrue(first)
	}
	const firstRow = 0x20
	bits, err := strconv.ParseUint(n.Attr("val"), 16, 32)
	return err == nil && bits&firstRow != 0
}

func (d *docx) row(t *office.Table, n *office.Node) {
	r := office.Row{Page: d.leaf}
	p := propertiesOf(n.Child("trPr"))
	height := n.Child("trPr").Child("trHeight")
	if _, deleted := p["del"]; deleted {
		return
	} else if p.on("hidden") || height.Attr("hRule") == "exact" && office.Int(height.Attr("val"), 240) < 40 {
		d.Hide(drawnText(n))
		return
	}
	r.Header = p.on("tblHeader")
	if before := p.number("gridBefore", 0); before > 0 {
		r.Cells = append(r.Cells, office.Cell{Span: before})
	}
	// Where a row is on two pages, each of its cells says so.
	last := d.leaf
	n.Walk(func(n *office.Node) bool {
		switch n.Name {
		case "tc":
			d.leaf = r.Page
			r.Cells = append(r.Cells, d.cell(n))
			last = max(last, d.leaf)
		case "trPr", "tblPrEx", "sdtPr", "sdtEndPr":
		default:
			return true
		}
		return false
	})
	d.leaf = last
	t.Rows = append(t.Rows, r)
}

func (d *docx) cell(n *office.Node) office.Cell {
	properties := n.Child("tcPr")
	merge := properties.Child("vMerge")
	var pieces []office.Piece
	d.on(cmp.Or(read.HexColor(properties.Child("shd").Attr("fill")), d.tableGround), func() { pieces = d.blocks(n) })
	if len(pieces) == 1 {
		switch text := strings.TrimSpace(pieces[0].Text); text {
		case office.CheckedBox, office.EmptyBox:
			pieces[0].Text = read.BoxState(d.Language(), text == office.CheckedBox)
		}
	}
	return office.Cell{
		Pieces: pieces, Span: office.Int(properties.Child("gridSpan").Attr("val"), 1),
		Merged: merge != nil && merge.Attr("val") != "restart",
	}
}
