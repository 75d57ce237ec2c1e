package read

import (
	"context"
	"encoding/xml"
	"iter"
)

// DOCX is the format of DOCX files.
func DOCX(l Limits) Format {
	return Format{
		Name: "DOCX", Extensions: []string{".docx", ".docm", ".dotx", ".dotm"}, Sure: true, Risky: true,
		Match:  matchOOXML("DOCX"),
		Reader: docxReader{l},
	}
}

// docxReader reads Word documents (ECMA-376, WordprocessingML). What was
// deleted, hidden or remarked in a comment is no text. Notes stand after the
// paragraph or table that refers to them, text boxes after the one they are
// anchored in, headers and footers once at the end. Pages are those that Word
// noted when it last laid the document out, where it did.
type docxReader struct{ limits Limits }

func (r docxReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "DOCX", func(o *office) error {
		d := &docx{office: o, notes: make(map[string][]piece)}
		return d.read()
	})
}

type docx struct {
	*office
	x       *xmlStream
	rels    map[string]string
	styles  wordStyles
	numbers numbering
	notes   map[string][]piece
	// noted counts the references to notes.
	noted int
	// sink takes the blocks where the walk stands.
	sink func(piece) error
	// para is the paragraph that the walk is in, nil between two.
	para *wordParagraph
	// initial is a first letter that stands in a paragraph of its own.
	initial string
	// hidden says that the run is no text.
	hidden bool
	// leaf is the page being read; turned says that Word noted where pages end.
	leaf   int
	turned bool
	// margins are the parts that hold headers and footers.
	margins []string
}

func (d *docx) read() error {
	main, all, err := openMain(d.office)
	if err != nil {
		return err
	}
	d.rels = all.index()
	if err := d.readStyles(all.first("styles")); err != nil {
		return err
	}
	if err := d.readNumbering(all.first("numbering")); err != nil {
		return err
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if err := d.readNotes(all.first(kind), kind); err != nil {
			d.warn("its %s cannot be read: %v", kind, err)
		}
	}
	d.sink, d.leaf = d.put, 1
	if err := d.part(main, d.block); err != nil {
		return err
	}
	if !d.turned {
		for i := range d.blocks {
			d.blocks[i].Page = 0
		}
	}
	return d.readMargins()
}

// part walks what is in the root of a part.
func (d *docx) part(name string, visit func(xml.StartElement) error) error {
	outer := d.x
	defer func() { d.x = outer }()
	return d.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		d.x = x
		return x.each(visit)
	})
}

// block reads an element that holds paragraphs and tables, or is one.
func (d *docx) block(e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		return d.paragraph()
	case "tbl":
		return d.table()
	case "sectPr":
		return d.section()
	case "AlternateContent":
		return alternate(d.x, d.block)
	case "del", "moveFrom", "sdtPr", "sdtEndPr", "altChunk", "background":
		return nil
	}
	return d.x.each(d.block)
}

// section notes which headers and footers are used.
func (d *docx) section() error {
	return d.x.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "headerReference", "footerReference":
			if target := d.rels[relationID(e, "id")]; target != "" {
				d.margins = append(d.margins, target)
			}
		}
		return nil
	})
}

// gather walks an element and returns the blocks in it.
func (d *docx) gather(visit func(xml.StartElement) error) ([]piece, error) {
	var pieces []piece
	sink, para, hidden := d.sink, d.para, d.hidden
	d.sink = func(p piece) error {
		pieces = append(pieces, p)
		return d.stopped()
	}
	d.para, d.hidden = nil, false
	err := d.x.each(visit)
	d.sink, d.para, d.hidden = sink, para, hidden
	return pieces, err
}

// readNotes reads the notes of a part, for when they are referred to.
func (d *docx) readNotes(part, kind string) error {
	if !d.has(part) {
		return nil
	}
	return d.part(part, func(e xml.StartElement) error {
		switch xmlAttribute(e, "type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return nil
		}
		pieces, err := d.gather(d.block)
		d.notes[kind+xmlAttribute(e, "id")] = pieces
		return err
	})
}

// readMargins adds the headers and footers.
func (d *docx) readMargins() error {
	seen := make(map[string]bool)
	var pieces []piece
	d.sink = func(p piece) error {
		pieces = append(pieces, p)
		return d.stopped()
	}
	for _, part := range d.margins {
		if seen[part] || !d.has(part) {
			continue
		}
		seen[part] = true
		if err := d.part(part, d.block); err != nil {
			d.warn("%s cannot be read: %v", part, err)
		}
	}
	return d.putMargins(pieces)
}
