package ooxml

import (
	"cmp"
	"encoding/xml"
	"slices"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// DOCX is the format of DOCX files.
//
// It reads Word documents (ECMA-376, WordprocessingML). What was
// deleted, struck through or hidden is no text. Notes and comments stand after the
// paragraph or row that refers to them, text boxes after the one they are
// anchored in, headers and footers once at the end. What is filled in is a field
// with its label. Pages are those that Word
// noted when it last laid the document out, where it did.
func DOCX(l read.Limits) read.Format {
	return office.ZipFormat("DOCX", l, readDOCX, ".docx", ".docm", ".dotx", ".dotm")
}

func readDOCX(o *office.Composer) error {
	d := &docx{Composer: o, notes: make(map[string][]office.Piece), leaf: 1}
	return d.read()
}

type docx struct {
	*office.Composer
	rels    map[string]string
	styles  wordStyles
	numbers numbering
	notes   map[string][]office.Piece
	// para is the paragraph that the walk is in, nil between two.
	para *wordParagraph
	// initial is a first letter that stands in a paragraph of its own.
	initial string
	// leaf is the page being read; turned says that Word noted where pages end.
	leaf   int
	turned bool
	// margins are the parts that hold headers and footers.
	margins []string
	// ground is the colour behind the paragraphs that are read, tableGround that of
	// the last table.
	ground, tableGround read.Color
}

// on reads what stands on a ground, if that is of a colour that is known.
func (d *docx) on(ground read.Color, content func()) {
	before := d.ground
	d.ground = cmp.Or(ground, before)
	content()
	d.ground = before
}

func (d *docx) read() error {
	main, all, err := openMain(d.Composer)
	if err != nil {
		return err
	}
	d.rels = all.Index()
	d.readStyles(all.First("styles"))
	if d.Part(all.First("settings")).Child("displayBackgroundShape") != nil {
		d.ground = read.Pictured
	}
	d.readNumbering(all.First("numbering"))
	for _, kind := range []string{"footnotes", "endnotes", "comments"} {
		d.readNotes(all.First(kind), kind)
	}
	d.leaf, d.turned = 1, false
	err = d.XML(main, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error { return d.stream(x, e) })
	})
	if err != nil {
		return err
	}
	if !d.turned {
		for i := range d.Blocks {
			d.Blocks[i].Page = 0
		}
	}
	return d.readMargins()
}

// stream adds what an element of the body holds: paragraphs are read one by
// one and tables row by row, since a document may be long.
func (d *docx) stream(x *office.XMLStream, e xml.StartElement) error {
	switch e.Name.Local {
	case "sdt":
		return d.streamControl(x)
	case "tbl":
		t := &office.Table{}
		p := office.Piece{Table: t, Page: d.leaf}
		if err := x.Each(func(e xml.StartElement) error { return d.streamTable(x, e, t) }); err != nil {
			return err
		}
		return d.Put(p)
	case "p", "sectPr", "AlternateContent":
		n, err := x.Node(e)
		return cmp.Or(d.PutAll(d.block(n)), err)
	case "del", "moveFrom", "sdtPr", "sdtEndPr", "altChunk", "background":
		return nil
	}
	return x.Each(func(e xml.StartElement) error { return d.stream(x, e) })
}

func (d *docx) streamTable(x *office.XMLStream, e xml.StartElement, t *office.Table) error {
	switch e.Name.Local {
	case "sdt", "sdtContent", "customXml", "ins", "moveTo":
		return x.Each(func(e xml.StartElement) error { return d.streamTable(x, e, t) })
	}
	n, err := x.Node(e)
	d.tablePart(t, n)
	return cmp.Or(err, d.Stopped())
}

// block reads an element that holds paragraphs and tables, or is one.
func (d *docx) block(n *office.Node) []office.Piece {
	switch n.Name {
	case "p":
		return d.paragraph(n)
	case "tbl":
		t := &office.Table{}
		p := office.Piece{Table: t, Page: d.leaf}
		n.Walk(func(n *office.Node) bool { return d.tablePart(t, n) })
		return []office.Piece{p}
	case "sdt":
		return titledBlock(n.Child("sdtPr"), d.blocks(n), d.Language())
	case "sectPr":
		d.section(n)
		return nil
	case "", "del", "moveFrom", "sdtPr", "sdtEndPr", "altChunk", "background":
		return nil
	}
	return d.blocks(n)
}

// blocks reads what is in an element.
func (d *docx) blocks(n *office.Node) []office.Piece {
	var all []office.Piece
	for _, c := range n.Nodes {
		all = append(all, d.block(c)...)
	}
	return all
}

// section notes which headers and footers are used.
func (d *docx) section(n *office.Node) {
	for c := range n.Each("") {
		if c.Name != "headerReference" && c.Name != "footerReference" {
			continue
		}
		if part := d.rels[relationID(c.Attrs, "id")]; !slices.Contains(d.margins, part) {
			d.margins = append(d.margins, part)
		}
	}
}

// readNotes reads the notes of a part, for when they are referred to.
func (d *docx) readNotes(part, kind string) {
	root := d.Part(part)
	for _, n := range root.Nodes {
		switch n.Attr("type") {
		case "separator", "continuationSeparator", "continuationNotice":
		default:
			d.notes[kind+n.Attr("id")] = d.blocks(n)
		}
	}
}

// readMargins adds the headers and footers.
func (d *docx) readMargins() error {
	var pieces []office.Piece
	for _, part := range d.margins {
		pieces = append(pieces, d.blocks(d.Part(part))...)
	}
	return d.PutMargins(pieces)
}
