package opendocument

import (
	"cmp"
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

// shape reads what is in a shape, a frame or a cell, on the ground that its style
// has.
func (d *odf) shape(n *office.Node) []office.Piece {
	ground := d.ground
	defer func() { d.ground = ground }()
	for _, family := range []string{"graphic", "presentation", "table-cell"} {
		d.ground = cmp.Or(d.styles.look(odfStyle{family, n.Attr("style-name")}).Ground, d.ground)
	}
	if d.ground == 0 && strings.HasSuffix(n.Name, "shape") {
		d.ground = read.Pictured // as the programs paint them
	}
	if n.Attr("display") != "none" {
		return d.nested(n)
	}
	d.Hide(n.Content())
	return nil
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
	p := &odfParagraph{look: office.Look{Ink: read.Ink{Ground: cmp.Or(d.ground, d.styles.page)}}}
	d.para = p
	d.styled(n)
	d.para = outer
	return p
}

// styled reads what is within a paragraph or a run of it, unless its style hides
// it or strikes it through: what is replaced is no text any more.
func (d *odf) styled(n *office.Node) {
	outer := d.para.look
	defer func() { d.para.look = outer }()
	family := "text"
	if n.Name == "p" || n.Name == "h" {
		family = "paragraph"
	}
	look := d.styles.look(odfStyle{family, n.Attr("style-name")})
	d.para.look = look.With(outer)
	if look := d.para.look; look.Struck && look.Seen() && !outer.Struck && strings.TrimSpace(n.Content()) != "" {
		d.Struck++
	}
	d.inlines(n)
}

func (d *odf) paragraph(n *office.Node) []office.Piece {
	style := n.Attr("style-name")
	p := d.words(n)
	b := office.Piece{Kind: d.paragraphKind(style), Text: p.Text.String()}
	if b.Kind == read.Paragraph && d.isTitle(style) {
		b.Kind, b.Level = read.Heading, 1
	}
	if len(d.lists) > 0 {
		b.Kind, b.Level = read.ListItem, len(d.lists)
		b.Text = d.marked(b.Text)
	}
	return p.Pieces(b, d.Language)
}

// heading reads a heading, with its number where the document numbers them.
func (d *odf) heading(n *office.Node) []office.Piece {
	level := min(max(office.Int(n.Attr("outline-level"), 1), 1), office.ListLevels)
	p := d.words(n)
	text := p.Text.String()
	switch {
	case p.IsBlank():
	case len(d.lists) > 0:
		text = d.marked(text)
	case n.Attr("is-list-header") != "true":
		text = strings.TrimSpace(d.outline.Next(level-1, d.styles.outline.of) + " " + text)
	}
	return p.Pieces(office.Piece{Kind: read.Heading, Level: min(level, 6), Text: text}, d.Language)
}

func (d *odf) inlines(n *office.Node) {
	d.write(n.Text)
	for _, c := range n.Nodes {
		d.inline(c)
	}
}

// write adds text, in which white space collapses as in ODF 1.3, 6.1.2.
func (d *odf) write(s string) {
	b := &d.para.Text
	if look := d.para.look; !look.Shown() {
		if !look.Seen() {
			d.Hide(s)
		}
		return
	}
	d.para.Plain = d.para.Plain || !d.para.look.Bold && strings.Trim(s, office.ASCIISpace) != ""
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
		d.space(strings.Repeat(" ", min(max(office.Int(n.Attr("c"), 1), 0), mostSpaces)))
	case "tab":
		d.space("\t")
	case "line-break":
		d.space("\n")
	case "note":
		d.note(n.Child("note-body"))
	case "annotation":
		if n.Attr("resolved") != "true" {
			d.note(remark(n))
		}
	case "hidden-paragraph":
		d.para.look.Hidden = d.para.look.Hidden || n.Attr("is-hidden") == "true"
	case "span", "a":
		d.styled(n)
	case "control":
		d.formControl(n)
	case "content-control":
		d.contentControl(n)
	case "frame", "custom-shape", "rect", "g": // its text stands after the paragraph
		d.para.After = append(d.para.After, d.shape(n)...)
	case "annotation-end", "ruby-text", "tracked-changes", "hidden-text", "title", "desc", "event-listeners",
		"image", "object", "object-ole", "script", "change-start", "change-end":
	default:
		d.inlines(n)
	}
}

// space adds white space that stays as it is.
func (d *odf) space(s string) {
	if d.para.look.Shown() {
		d.para.Text.WriteString(s)
	}
}

// note reads a note; it stands after the paragraph.
func (d *odf) note(body *office.Node) {
	if d.para.look.Shown() {
		d.para.Note(d.nested(body), 0)
	}
}

// remark is what a remark says, without who said it when.
func remark(n *office.Node) *office.Node {
	said := &office.Node{}
	for c := range n.Each("") {
		if c.Name == "p" || c.Name == "list" {
			said.Nodes = append(said.Nodes, c)
		}
	}
	return said
}
