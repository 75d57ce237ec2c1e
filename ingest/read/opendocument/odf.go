package opendocument

import (
	"cmp"
	"encoding/xml"
	"errors"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// What the formats of OpenDocument (ODF 1.3) have in common: styles, lists,
// paragraphs and tables.

// odf is the content of an OpenDocument file being read.
type odf struct {
	*office.Composer
	x      *office.XMLStream
	styles odfStyles
	// sink takes the blocks where the walk stands.
	sink func(office.Piece) error
	// para is the paragraph that the walk is in, nil between two.
	para  *odfParagraph
	lists []odfList
	// continued are the numbers reached in a list style, by level.
	continued map[string]*office.ListCounter
	outline   office.ListCounter
	// noted counts the notes.
	noted int
	// kind is what plain paragraphs are where the walk stands.
	kind read.Kind
}

// odfParagraph is a paragraph or heading being read.
type odfParagraph struct {
	text  strings.Builder
	after []office.Piece
}

// read reads what the document says of itself, its styles and its content.
func (d *odf) read(content func(xml.StartElement) error) error {
	d.continued = make(map[string]*office.ListCounter)
	if d.sink == nil {
		d.sink = d.Put
	}
	if err := d.encrypted(); err != nil {
		return err
	}
	if err := d.metadata(); err != nil {
		d.Warn("its properties cannot be read: %v", err)
	}
	d.styles = odfStyles{lists: make(map[string]*odfLevels), parents: make(map[string]string)}
	if d.Has("styles.xml") {
		if err := d.part("styles.xml", d.styleElement); err != nil {
			d.Warn("its styles cannot be read: %v", err)
		}
	}
	return d.part("content.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "automatic-styles", "styles", "font-face-decls", "scripts":
			return d.styleElement(e)
		}
		return content(e)
	})
}

// readPages reads the slides or sheets of the body, numbered from 1.
func (d *odf) readPages(element, what string, page func(number int, e xml.StartElement) error) error {
	number := 0
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "body", "presentation", "drawing", "spreadsheet":
			return d.x.Each(visit)
		case element:
			number++
			if err := d.FitsPages(number, what); err != nil {
				return err
			}
			return page(number, e)
		}
		return nil
	}
	return d.read(visit)
}

func (d *odf) part(name string, visit func(xml.StartElement) error) error {
	return d.XML(name, func(x *office.XMLStream, _ xml.StartElement) error {
		d.x = x
		return x.Each(visit)
	})
}

// encrypted returns ErrProtected for a document that is.
func (d *odf) encrypted() error {
	if d.Has("encrypted-package") {
		return read.ErrProtected
	}
	const manifest = "META-INF/manifest.xml"
	if !d.Has(manifest) {
		return nil
	}
	return d.XML(manifest, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			if office.Attribute(e, "full-path") != "content.xml" {
				return nil
			}
			return x.Each(func(e xml.StartElement) error {
				if e.Name.Local == "encryption-data" {
					return read.ErrProtected
				}
				return nil
			})
		})
	})
}

func (d *odf) metadata() error {
	if !d.Has("meta.xml") {
		return nil
	}
	values := make(map[string]string)
	err := d.XML("meta.xml", func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(xml.StartElement) error {
			return x.Each(func(e xml.StartElement) error {
				text, err := x.Content()
				values[e.Name.Local] = strings.TrimSpace(text)
				return err
			})
		})
	})
	if !office.IsDefaultTitle(values["title"]) {
		d.Meta.Title = values["title"]
	}
	d.Meta.Author = cmp.Or(values["initial-creator"], values["creator"])
	d.Meta.Language = read.BaseLanguage(values["language"])
	d.Meta.Date = cmp.Or(read.ISODate(values["date"]), read.ISODate(values["creation-date"]))
	if errors.Is(err, office.ErrNoEntry) {
		return nil
	}
	return err
}

// gather walks an element and returns the blocks in it.
func (d *odf) gather(visit func(xml.StartElement) error) ([]office.Piece, error) {
	var pieces []office.Piece
	sink, para, lists := d.sink, d.para, d.lists
	d.sink = func(p office.Piece) error {
		pieces = append(pieces, p)
		return d.Stopped()
	}
	d.para, d.lists = nil, nil
	err := d.x.Each(visit)
	d.sink, d.para, d.lists = sink, para, lists
	return pieces, err
}
