package opendocument

import (
	"encoding/xml"
	"fmt"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// block reads an element that holds paragraphs, lists and tables, or is one.
func (d *odf) block(e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		return d.paragraph(e)
	case "h":
		return d.heading(e)
	case "list":
		return d.list(e)
	case "table":
		return d.table()
	case "table-of-content", "alphabetical-index", "table-index", "illustration-index", "object-index", "user-index", "bibliography":
		return d.index()
	case "section":
		if office.Attribute(e, "display") == "none" {
			return nil
		}
		return d.x.Each(d.block)
	case "tracked-changes", "annotation", "annotation-end", "forms", "title", "desc", "image", "object", "object-ole", "plugin",
		"sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "event-listeners", "index-title-template",
		"table-of-content-source", "glue-point", "enhanced-geometry", "settings", "animations":
	default:
		return d.x.Each(d.block)
	}
	return nil
}

// index reads a table of contents or the like, whose words stand elsewhere.
func (d *odf) index() error {
	pieces, err := d.gather(d.block)
	for _, p := range pieces {
		if p.Table == nil {
			p.Kind, p.Level = read.Furniture, 0
		}
		if err := d.sink(p); err != nil {
			return err
		}
	}
	return err
}

// words reads what is within a paragraph.
func (d *odf) words() (*odfParagraph, error) {
	outer := d.para
	p := &odfParagraph{}
	d.para = p
	err := d.inlines()
	d.para = outer
	return p, err
}

func (d *odf) paragraph(e xml.StartElement) error {
	style := office.Attribute(e, "style-name")
	p, err := d.words()
	if err != nil {
		return err
	}
	b := office.Piece{Kind: d.paragraphKind(style), Text: p.text.String()}
	if b.Kind == read.Paragraph && d.isTitle(style) && strings.TrimSpace(b.Text) != "" {
		b.Kind, b.Level = read.Heading, 1
	}
	if len(d.lists) > 0 {
		b.Kind = read.ListItem
		b.Text = d.marked(b.Text)
	}
	return d.finish(b, p)
}

func (d *odf) finish(b office.Piece, p *odfParagraph) error {
	if strings.TrimSpace(b.Text) != "" {
		if err := d.sink(b); err != nil {
			return err
		}
	}
	for _, a := range p.after {
		if err := d.sink(a); err != nil {
			return err
		}
	}
	return nil
}

// heading reads a heading, with its number where the document numbers them.
func (d *odf) heading(e xml.StartElement) error {
	level := min(max(office.Atoi(office.Attribute(e, "outline-level"), 1), 1), office.ListLevels)
	p, err := d.words()
	if err != nil {
		return err
	}
	text := p.text.String()
	if strings.TrimSpace(text) == "" {
		return d.finish(office.Piece{}, p)
	}
	shown := ""
	switch {
	case len(d.lists) > 0:
		text = d.marked(text)
	case office.Attribute(e, "is-list-header") != "true":
		shown = d.outline.Next(level-1, d.styles.outline.of)
	}
	if shown != "" {
		text = shown + " " + text
	}
	return d.finish(office.Piece{Kind: read.Heading, Level: min(level, 6), Text: text}, p)
}

// inlines reads the rest of an element within a paragraph, whose text is
// between the elements in it. White space collapses as in ODF 1.3, 6.1.2.
func (d *odf) inlines() error {
	for {
		t, err := d.x.Next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			d.write(string(t))
		case xml.EndElement:
			return nil
		case xml.StartElement:
			depth := d.x.Depth
			if err := d.inline(t); err != nil {
				return err
			}
			if err := d.x.Leave(depth); err != nil {
				return err
			}
		}
	}
}

func (d *odf) write(s string) {
	b := &d.para.text
	for s != "" {
		end := strings.IndexAny(s, office.AsciiSpace)
		if end == 0 {
			s = strings.TrimLeft(s, office.AsciiSpace)
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

func (d *odf) inline(e xml.StartElement) error {
	switch e.Name.Local {
	case "s":
		d.para.text.WriteString(strings.Repeat(" ", min(max(office.Atoi(office.Attribute(e, "c"), 1), 0), mostSpaces)))
	case "tab":
		d.para.text.WriteByte('\t')
	case "line-break":
		d.para.text.WriteByte('\n')
	case "note":
		return d.note()
	case "frame", "custom-shape", "rect", "g":
		return d.anchored()
	case "annotation", "annotation-end", "ruby-text", "tracked-changes", "hidden-text", "title", "desc", "event-listeners",
		"image", "object", "object-ole", "script", "change-start", "change-end":
	default:
		return d.inlines()
	}
	return nil
}

// note reads a note; it stands after the paragraph.
func (d *odf) note() error {
	para := d.para
	d.noted++
	mark := fmt.Sprintf("[%d]", d.noted)
	para.text.WriteString(mark)
	return d.x.Each(func(e xml.StartElement) error {
		if e.Name.Local != "note-body" {
			return nil
		}
		pieces, err := d.gather(d.block)
		if len(pieces) > 0 {
			pieces[0].Text = mark + " " + pieces[0].Text
		}
		para.after = append(para.after, pieces...)
		return err
	})
}

// anchored reads what is drawn at a place in a paragraph; its text stands
// after it.
func (d *odf) anchored() error {
	para := d.para
	pieces, err := d.gather(d.block)
	para.after = append(para.after, pieces...)
	return err
}
