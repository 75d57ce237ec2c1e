package read

import (
	"cmp"
	"encoding/xml"
	"errors"
	"strings"
)

// What the formats of OpenDocument (ODF 1.3) have in common: styles, lists,
// paragraphs and tables.

// odf is the content of an OpenDocument file being read.
type odf struct {
	*office
	x      *xmlStream
	styles odfStyles
	// sink takes the blocks where the walk stands.
	sink func(piece) error
	// para is the paragraph that the walk is in, nil between two.
	para  *odfParagraph
	lists []odfList
	// continued are the numbers reached in a list style, by level.
	continued map[string]*[listLevels]int
	outline   [listLevels]int
	// noted counts the notes.
	noted int
	// kind is what plain paragraphs are where the walk stands.
	kind Kind
}

// odfParagraph is a paragraph or heading being read.
type odfParagraph struct {
	text  strings.Builder
	after []piece
}

// read reads what the document says of itself, its styles and its content.
func (d *odf) read(content func(xml.StartElement) error) error {
	d.continued = make(map[string]*[listLevels]int)
	if d.sink == nil {
		d.sink = d.put
	}
	if err := d.encrypted(); err != nil {
		return err
	}
	if err := d.metadata(); err != nil {
		d.warn("its properties cannot be read: %v", err)
	}
	d.styles = odfStyles{lists: make(map[string]*[listLevels]odfLevel), parents: make(map[string]string)}
	if d.has("styles.xml") {
		if err := d.part("styles.xml", d.styleElement); err != nil {
			d.warn("its styles cannot be read: %v", err)
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

func (d *odf) part(name string, visit func(xml.StartElement) error) error {
	return d.xml(name, func(x *xmlStream, _ xml.StartElement) error {
		d.x = x
		return x.each(visit)
	})
}

// encrypted returns ErrProtected for a document that is.
func (d *odf) encrypted() error {
	if d.has("encrypted-package") {
		return ErrProtected
	}
	const manifest = "META-INF/manifest.xml"
	if !d.has(manifest) {
		return nil
	}
	return d.xml(manifest, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			if xmlAttribute(e, "full-path") != "content.xml" {
				return nil
			}
			return x.each(func(e xml.StartElement) error {
				if e.Name.Local == "encryption-data" {
					return ErrProtected
				}
				return nil
			})
		})
	})
}

func (d *odf) metadata() error {
	if !d.has("meta.xml") {
		return nil
	}
	values := make(map[string]string)
	err := d.xml("meta.xml", func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(xml.StartElement) error {
			return x.each(func(e xml.StartElement) error {
				text, err := x.content()
				values[e.Name.Local] = strings.TrimSpace(text)
				return err
			})
		})
	})
	if !isDefaultTitle(values["title"]) {
		d.meta.Title = values["title"]
	}
	d.meta.Author = cmp.Or(values["initial-creator"], values["creator"])
	d.meta.Language = baseLanguage(values["language"])
	d.meta.Date = cmp.Or(isoDate(values["date"]), isoDate(values["creation-date"]))
	if errors.Is(err, errNoEntry) {
		return nil
	}
	return err
}

// gather walks an element and returns the blocks in it.
func (d *odf) gather(visit func(xml.StartElement) error) ([]piece, error) {
	var pieces []piece
	sink, para, lists := d.sink, d.para, d.lists
	d.sink = func(p piece) error {
		pieces = append(pieces, p)
		return d.stopped()
	}
	d.para, d.lists = nil, nil
	err := d.x.each(visit)
	d.sink, d.para, d.lists = sink, para, lists
	return pieces, err
}
