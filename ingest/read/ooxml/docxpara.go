package ooxml

import (
	"path"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// wordParagraph is a paragraph being read.
type wordParagraph struct {
	office.Paragraph
	style string
	// outline is the level that the paragraph itself says, see wordStyle.
	outline int
	number  numberRef
	page    int
	// dropped says that it is the first letter of the next paragraph, set large.
	dropped bool
	// legacy is the one that is open of the controls that are written as fields of
	// instructions.
	legacy *office.Control
	// look is what the paragraph says of all that is in it.
	look office.Look
	// cut says that something was left out where it ends so far.
	cut bool
}

// paragraph reads one with what comes after it.
func (d *docx) paragraph(n *office.Node) []office.Piece {
	outer := d.para
	p := &wordParagraph{outline: office.Unset, number: numberRef{level: office.Unset}}
	p.Text.WriteString(d.initial)
	d.initial = ""
	d.para = p
	d.inlines(n)
	d.para = outer
	if p.page == 0 {
		p.page = d.leaf
	}
	if p.dropped {
		d.initial = p.Text.String()
		return nil
	}
	return d.finish(p)
}

// finish makes blocks of a paragraph, with the number that Word shows before it.
func (d *docx) finish(p *wordParagraph) []office.Piece {
	look := d.styles.look(p.style)
	block := office.Piece{Kind: look.kind, Page: p.page, Text: p.Text.String()}
	if p.outline != office.Unset {
		look.level = outlineLevel(p.outline)
	}
	ref := p.number.or(look.number)
	number, listed := d.numbers.next(ref, p.style)
	switch {
	case look.level > 0 && look.kind == read.Paragraph:
		block.Kind, block.Level = read.Heading, look.level
	case listed && look.kind == read.Paragraph:
		block.Kind, block.Level = read.ListItem, 1+max(ref.level, 0)
	}
	if number != "" {
		block.Text = number + " " + block.Text
	}
	return p.Pieces(block, d.Language)
}

func (d *docx) paragraphProperties(n *office.Node) {
	p, all := d.para, propertiesOf(n)
	draw(&p.look, n)
	p.style, p.outline, p.number = all["pStyle"], all.number("outlineLvl", office.Unset), all.list()
	drop := n.Child("framePr").Attr("dropCap")
	p.dropped = drop == "drop" || drop == "margin"
	d.section(n.Child("sectPr"))
}

func (d *docx) inlines(n *office.Node) {
	for _, c := range n.Nodes {
		d.inline(c)
	}
}

// inline reads an element within a paragraph. Those that are not known hold
// others: links, fields, insertions, drawings.
func (d *docx) inline(n *office.Node) {
	switch n.Name {
	case "pPr":
		d.paragraphProperties(n)
	case "r":
		d.run(n)
	case "t":
		d.write(n.Content())
	case "tab", "ptab":
		d.write("\t")
	case "br":
		if t := n.Attr("type"); t == "" || t == "textWrapping" {
			d.write("\n")
		}
	case "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("\u2011")
	case "sym":
		d.write(symbol(n.Attr("font"), n.Attr("char")))
	case "lastRenderedPageBreak":
		d.leaf++
		d.turned = true
	case "fldChar":
		d.legacyField(n)
	case "sdt":
		d.control(n)
	case "footnoteReference", "endnoteReference", "commentReference":
		d.para.Note(d.notes[strings.TrimSuffix(n.Name, "Reference")+"s"+n.Attr("id")], d.leaf)
	case "txbxContent":
		d.on(read.Pictured, func() { d.para.After = append(d.para.After, d.blocks(n)...) })
	case "chart", "relIds":
		d.after(readGraphic(d.Composer, d.rels, n))
	case "drawing":
		d.drawing(n)
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "sdtPr", "sdtEndPr", "ffData":
	default:
		d.inlines(n)
	}
}

// run reads a run, unless it is hidden, or struck through: what is replaced is
// no text any more.
func (d *docx) run(n *office.Node) {
	look := d.runLook(n.Child("rPr"))
	before := d.para.Text.Len()
	if look.Shown() {
		d.inlines(n)
		d.para.Plain = d.para.Plain || !look.Bold && strings.TrimSpace(d.para.Text.String()[before:]) != ""
		return
	}
	d.para.cut = true
	if !look.Seen() {
		for t := range n.Each("t") {
			d.Hide(t.Content())
		}
	} else if strings.TrimSpace(n.Content()) != "" {
		d.Struck++
	}
	for c := range n.Each("fldChar") {
		d.inline(c) // a field may begin and end in runs that look differently
	}
}

// runLook is how the characters of a run look: as it says, or its style, or that
// of the paragraph.
func (d *docx) runLook(n *office.Node) office.Look {
	look := d.para.look.With(d.styles.look(d.para.style).Look)
	if style := n.Child("rStyle").Attr("val"); style != "" {
		look = d.styles.look(style).With(look)
	}
	draw(&look, n)
	return look.With(office.Look{Ink: read.Ink{Ground: d.ground}})
}

func (d *docx) write(s string) {
	if s == "" {
		return
	}
	if d.para.page == 0 {
		d.para.page = d.leaf
	}
	if so := d.para.Text.String(); d.para.cut && strings.HasPrefix(s, " ") && (so == "" || strings.HasSuffix(so, " ")) {
		s = s[1:]
	}
	d.para.cut = false
	d.para.Text.WriteString(s)
}

// after has pieces stand after the paragraph.
func (d *docx) after(pieces []office.Piece) {
	office.SetPage(pieces, d.leaf)
	d.para.After = append(d.para.After, pieces...)
}

// drawing reads the text boxes in a drawing, the data of a chart, and what a
// picture shows as its author describes it.
func (d *docx) drawing(n *office.Node) {
	if isAway(n) {
		d.Hide(drawnText(n))
		return
	}
	d.inlines(n)
	described, picture := "", false
	n.Walk(func(n *office.Node) bool {
		if n.Name == "docPr" {
			described = n.Attr("descr")
		}
		picture = picture || n.Name == "pic"
		return n.Name != "txbxContent"
	})
	if picture && !isFileName(described) {
		d.after([]office.Piece{{Kind: read.Caption, Text: described}})
	}
}

// isAway reports whether a drawing is hidden or stands off the page.
func isAway(n *office.Node) (away bool) {
	const farOff, farOn = -8_000_000, 40_000_000 // a page is 7.5 million wide
	n.Walk(func(n *office.Node) bool {
		at := 0
		if n.Name == "posOffset" {
			at = atoi0(n.Content())
		}
		away = away || n.Name == "docPr" && isTrue(n.Attr("hidden")) || at < farOff || at > farOn
		return n.Name != "txbxContent"
	})
	return away
}

// isFileName reports whether the description of a picture is no more than
// where it came from.
func isFileName(s string) bool {
	switch strings.ToLower(path.Ext(s)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".webp":
		return true
	}
	return false
}
