package ooxml

import (
	"encoding/xml"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// DOCX is the format of DOCX files.
//
// It reads Word documents (ECMA-376, WordprocessingML). What was
// deleted, hidden or remarked in a comment is no text. Notes stand after the
// paragraph or table that refers to them, text boxes after the one they are
// anchored in, headers and footers once at the end. Pages are those that Word
// noted when it last laid the document out, where it did.
func DOCX(l read.Limits) read.Format {
	return read.Format{
		Name: "DOCX", Extensions: []string{".docx", ".docm", ".dotx", ".dotm"}, Sure: true, Risky: true,
		Match:  office.MatchOOXML("DOCX"),
		Reader: office.NewReader("DOCX", l, readDOCX),
	}
}

func readDOCX(o *office.Composer) error {
	d := &docx{Composer: o, notes: make(map[string][]office.Piece)}
	return d.read()
}

type docx struct {
	*office.Composer
	x       *office.XMLStream
	rels    map[string]string
	styles  wordStyles
	numbers numbering
	notes   map[string][]office.Piece
	// noted counts the references to notes.
	noted int
	// sink takes the blocks where the walk stands.
	sink func(office.Piece) error
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
	main, all, err := openMain(d.Composer)
	if err != nil {
		return err
	}
	d.rels = all.Index()
	if err := d.readStyles(all.First("styles")); err != nil {
		return err
	}
	if err := d.readNumbering(all.First("numbering")); err != nil {
		return err
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if err := d.readNotes(all.First(kind), kind); err != nil {
			d.Warn("its %s cannot be read: %v", kind, err)
		}
	}
	d.sink, d.leaf = d.Put, 1
	if err := d.part(main, d.block); err != nil {
		return err
	}
	if !d.turned {
		for i := range d.Blocks {
			d.Blocks[i].Page = 0
		}
	}
	return d.readMargins()
}

// part walks what is in the root of a part.
func (d *docx) part(name string, visit func(xml.StartElement) error) error {
	outer := d.x
	defer func() { d.x = outer }()
	return d.XML(name, func(x *office.XMLStream, _ xml.StartElement) error {
		d.x = x
		return x.Each(visit)
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
	return d.x.Each(d.block)
}

// section notes which headers and footers are used.
func (d *docx) section() error {
	return d.x.Each(func(e xml.StartElement) error {
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
func (d *docx) gather(visit func(xml.StartElement) error) ([]office.Piece, error) {
	var pieces []office.Piece
	sink, para, hidden := d.sink, d.para, d.hidden
	d.sink = func(p office.Piece) error {
		pieces = append(pieces, p)
		return d.Stopped()
	}
	d.para, d.hidden = nil, false
	err := d.x.Each(visit)
	d.sink, d.para, d.hidden = sink, para, hidden
	return pieces, err
}

// readNotes reads the notes of a part, for when they are referred to.
func (d *docx) readNotes(part, kind string) error {
	if !d.Has(part) {
		return nil
	}
	return d.part(part, func(e xml.StartElement) error {
		switch office.Attribute(e, "type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return nil
		}
		pieces, err := d.gather(d.block)
		d.notes[kind+office.Attribute(e, "id")] = pieces
		return err
	})
}

// readMargins adds the headers and footers.
func (d *docx) readMargins() error {
	seen := make(map[string]bool)
	var pieces []office.Piece
	d.sink = func(p office.Piece) error {
		pieces = append(pieces, p)
		return d.Stopped()
	}
	for _, part := range d.margins {
		if seen[part] || !d.Has(part) {
			continue
		}
		seen[part] = true
		if err := d.part(part, d.block); err != nil {
			d.Warn("%s cannot be read: %v", part, err)
		}
	}
	return d.PutMargins(pieces)
}
