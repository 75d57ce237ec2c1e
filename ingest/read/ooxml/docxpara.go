package ooxml

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// wordParagraph is a paragraph being read.
type wordParagraph struct {
	text  strings.Builder
	style string
	// outline is the level that the paragraph itself says, see wordStyle.
	outline int
	number  numberRef
	page    int
	// dropped says that it is the first letter of the next paragraph, set large.
	dropped bool
	// after is what comes after the paragraph: text boxes, notes, pictures.
	after []office.Piece
}

// paragraph reads one with what comes after it.
func (d *docx) paragraph(n *office.Node) []office.Piece {
	outer := d.para
	p := &wordParagraph{outline: office.Unset, number: numberRef{level: office.Unset}}
	p.text.WriteString(d.initial)
	d.initial = ""
	d.para = p
	d.inlines(n)
	d.para = outer
	if p.page == 0 {
		p.page = d.leaf
	}
	if p.dropped {
		d.initial = p.text.String()
		return nil
	}
	return d.finish(p)
}

// finish makes blocks of a paragraph, with the number that Word shows before it.
func (d *docx) finish(p *wordParagraph) []office.Piece {
	look := d.styles.look(p.style)
	block := office.Piece{Kind: look.kind, Page: p.page, Text: p.text.String()}
	if p.outline != office.Unset {
		look.level = outlineLevel(p.outline)
	}
	ref := p.number.or(look.number)
	number, listed := d.numbers.next(ref, p.style)
	if strings.TrimSpace(block.Text) == "" {
		return p.after
	}
	switch {
	case look.level > 0 && look.kind == read.Paragraph:
		block.Kind, block.Level = read.Heading, look.level
	case listed && look.kind == read.Paragraph:
		block.Kind, block.Level = read.ListItem, 1+max(ref.level, 0)
	}
	if number != "" {
		block.Text = number + " " + block.Text
	}
	return append([]office.Piece{block}, p.after...)
}

func (d *docx) paragraphProperties(n *office.Node) {
	p, all := d.para, propertiesOf(n)
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
		if !d.isHidden(n) {
			d.inlines(n)
		}
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
	case "footnoteReference", "endnoteReference":
		d.note(strings.TrimSuffix(n.Name, "Reference") + "s" + n.Attr("id"))
	case "txbxContent":
		d.para.after = append(d.para.after, d.blocks(n)...)
	case "chart", "relIds":
		d.after(readGraphic(d.Composer, d.rels, n))
	case "drawing":
		d.drawing(n)
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "sdtPr", "sdtEndPr", "ffData":
	default:
		d.inlines(n)
	}
}

func (d *docx) isHidden(run *office.Node) bool {
	n := run.Child("rPr")
	if vanish := n.Child("vanish"); vanish != nil {
		return isOn(vanish.Attr("val"))
	}
	style := n.Child("rStyle").Attr("val")
	return style != "" && d.styles.look(style).hidden
}

func (d *docx) write(s string) {
	if s == "" {
		return
	}
	if d.para.page == 0 {
		d.para.page = d.leaf
	}
	d.para.text.WriteString(s)
}

// note numbers a reference, and has the note stand after the paragraph.
func (d *docx) note(id string) {
	pieces := slices.Clone(d.notes[id])
	if len(pieces) == 0 {
		return
	}
	d.noted++
	mark := fmt.Sprintf("[%d]", d.noted)
	d.write(mark)
	pieces[0].Text = mark + " " + strings.TrimSpace(pieces[0].Text)
	d.after(pieces)
}

// after has pieces stand after the paragraph.
func (d *docx) after(pieces []office.Piece) {
	office.SetPage(pieces, d.leaf)
	d.para.after = append(d.para.after, pieces...)
}

// drawing reads the text boxes in a drawing, the data of a chart, and what a
// picture shows as its author describes it.
func (d *docx) drawing(n *office.Node) {
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

// isFileName reports whether the description of a picture is no more than
// where it came from.
func isFileName(s string) bool {
	switch strings.ToLower(path.Ext(s)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".webp":
		return true
	}
	return false
}
