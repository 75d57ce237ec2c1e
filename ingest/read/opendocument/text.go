package opendocument

import (
	"fmt"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// block reads an element that holds paragraphs, lists and tables, or is one.
func (d *odf) block(n *office.Node) []office.Piece {
	switch {
	case hasNoText(n):
		return nil
	case n.Name == "p":
		return d.paragraph(n)
	case n.Name == "h":
		return d.heading(n)
	case n.Name == "list":
		return d.list(n)
	case n.Name == "table":
		return []office.Piece{d.table(n)}
	case n.Name == "index-body":
		return asFurniture(d.blocks(n))
	}
	return d.blocks(n)
}

// hasNoText reports whether what an element holds is no text of the document,
// or is not shown.
func hasNoText(n *office.Node) bool {
	switch n.Name {
	case "section":
		return n.Attr("display") == "none"
	case "tracked-changes", "annotation", "annotation-end", "forms", "title", "desc", "image", "object", "object-ole", "plugin",
		"sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "event-listeners", "index-title-template",
		"table-of-content-source", "glue-point", "enhanced-geometry", "settings", "animations":
		return true
	}
	return false
}

// blocks reads what is in an element.
func (d *odf) blocks(n *office.Node) []office.Piece {
	var all []office.Piece
	for c := range n.Each("") {
		all = append(all, d.block(c)...)
	}
	return all
}

// nested reads what is in an element that is in no list around it.
func (d *odf) nested(n *office.Node) []office.Piece {
	lists := d.lists
	d.lists = nil
	pieces := d.blocks(n)
	d.lists = lists
	return pieces
}

// asFurniture is for what repeats the words that stand elsewhere.
func asFurniture(pieces []office.Piece) []office.Piece {
	for i, p := range pieces {
		if p.Table == nil {
			pieces[i].Kind, pieces[i].Level = read.Furniture, 0
		}
	}
	return pieces
}

// words reads what is within a paragraph.
func (d *odf) words(n *office.Node) *odfParagraph {
	outer := d.para
	p := &odfParagraph{}
	d.para = p
	d.inlines(n)
	d.para = outer
	return p
}

func (d *odf) paragraph(n *office.Node) []office.Piece {
	style := n.Attr("style-name")
	p := d.words(n)
	b := office.Piece{Kind: d.paragraphKind(style), Text: p.text.String()}
	if strings.TrimSpace(b.Text) == "" {
		return p.after
	}
	if b.Kind == read.Paragraph && d.isTitle(style) {
		b.Kind, b.Level = read.Heading, 1
	}
	if len(d.lists) > 0 {
		b.Kind, b.Level = read.ListItem, len(d.lists)
		b.Text = d.marked(b.Text)
	}
	return append([]office.Piece{b}, p.after...)
}

// heading reads a heading, with its number where the document numbers them.
func (d *odf) heading(n *office.Node) []office.Piece {
	level := min(max(office.Int(n.Attr("outline-level"), 1), 1), office.ListLevels)
	p := d.words(n)
	text := p.text.String()
	switch {
	case strings.TrimSpace(text) == "":
		return p.after
	case len(d.lists) > 0:
		text = d.marked(text)
	case n.Attr("is-list-header") != "true":
		text = strings.TrimSpace(d.outline.Next(level-1, d.styles.outline.of) + " " + text)
	}
	return append([]office.Piece{{Kind: read.Heading, Level: min(level, 6), Text: text}}, p.after...)
}

func (d *odf) inlines(n *office.Node) {
	d.write(n.Text)
	for _, c := range n.Nodes {
		d.inline(c)
	}
}

// write adds text, in which white space collapses as in ODF 1.3, 6.1.2.
func (d *odf) write(s string) {
	b := &d.para.text
	for s != "" {
		end := strings.IndexAny(s, office.ASCIISpace)
		if end == 0 {
			s = strings.TrimLeft(s, office.ASCIISpace)
			if t := b.String(); t != "" && t[len(t)-1] != ' ' {
				b.WriteByte(' ')
			}
			continue
		}
		if end < 0 {
			end = len(s)
		}
		b.WriteString(s[:end])
		s = s[end:]
	}
}

// mostSpaces bounds how many spaces one element stands for.
const mostSpaces = 100

func (d *odf) inline(n *office.Node) {
	switch n.Name {
	case "s":
		d.para.text.WriteString(strings.Repeat(" ", min(max(office.Int(n.Attr("c"), 1), 0), mostSpaces)))
	case "tab":
		d.para.text.WriteByte('\t')
	case "line-break":
		d.para.text.WriteByte('\n')
	case "note":
		d.note(n)
	case "frame", "custom-shape", "rect", "g": // its text stands after the paragraph
		d.para.after = append(d.para.after, d.nested(n)...)
	case "annotation", "annotation-end", "ruby-text", "tracked-changes", "hidden-text", "title", "desc", "event-listeners",
		"image", "object", "object-ole", "script", "change-start", "change-end":
	default:
		d.inlines(n)
	}
}

// note reads a note; it stands after the paragraph.
func (d *odf) note(n *office.Node) {
	d.noted++
	mark := fmt.Sprintf("[%d]", d.noted)
	d.para.text.WriteString(mark)
	pieces := d.nested(n.Child("note-body"))
	if len(pieces) > 0 {
		pieces[0].Text = mark + " " + pieces[0].Text
	}
	d.para.after = append(d.para.after, pieces...)
}
