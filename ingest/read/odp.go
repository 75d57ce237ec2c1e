package read

import (
	"context"
	"encoding/xml"
	"iter"
	"math"
	"strconv"
	"strings"
)

// ODP is the format of ODP files.
func ODP(l Limits) Format {
	return Format{
		Name: "ODP", Extensions: []string{".odp", ".otp", ".odg"}, Sure: true, Risky: true,
		Match:  matchZip("ODP"),
		Reader: odpReader{l},
	}
}

// odpReader reads presentations and drawings of OpenDocument as pptxReader
// does those of PowerPoint.
type odpReader struct{ limits Limits }

func (r odpReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "ODP", func(o *office) error {
		d := &odf{office: o}
		number := 0
		var visit func(e xml.StartElement) error
		visit = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "body", "presentation", "drawing":
				return d.x.each(visit)
			case "page":
				number++
				if err := d.fitsPages(number, "slides"); err != nil {
					return err
				}
				return d.slide(number)
			}
			return nil
		}
		return d.read(visit)
	})
}

// slide reads a page of a presentation.
func (d *odf) slide(number int) error {
	d.continued = make(map[string]*[listLevels]int)
	s := &slide{}
	err := d.x.each(func(e xml.StartElement) error { return d.drawn(s, e) })
	pieces := s.ordered()
	onPage(pieces, number)
	if putErr := d.putAll(pieces); putErr != nil {
		return putErr
	}
	return err
}

// drawn reads a shape of a slide, as what its class says.
func (d *odf) drawn(s *slide, e xml.StartElement) error {
	switch e.Name.Local {
	case "g", "a":
		return d.x.each(func(e xml.StartElement) error { return d.drawn(s, e) })
	case "notes":
		d.kind = Paragraph
		notes := &slide{notes: true}
		err := d.x.each(func(e xml.StartElement) error { return d.drawn(notes, e) })
		s.after = append(s.after, notes.pieces...)
		return err
	case "forms", "animations", "par", "title", "desc":
		return nil
	}
	pieces, err := d.gather(d.block)
	switch xmlAttribute(e, "class") {
	case "title":
		if text := flatLine(textOfPieces(pieces)); text != "" && !s.notes {
			s.title = append(s.title, piece{kind: Heading, level: 1, text: text})
		}
		return err
	case "header", "footer", "date-time", "page-number":
		if s.notes {
			return err
		}
		for i := range pieces {
			pieces[i].kind, pieces[i].level = Furniture, 0
		}
	case "outline":
		for i := range pieces {
			pieces[i].kind = ListItem
		}
	case "page":
		return err
	}
	if top := odfLength(xmlAttribute(e, "y")); len(pieces) > 0 && pieces[0].kind == Paragraph && pieces[0].table == nil &&
		(s.highest == 0 || top < s.highestTop) {
		s.highest, s.highestTop = len(s.pieces)+1, top
	}
	s.pieces = append(s.pieces, pieces...)
	return err
}

// odfLength is a length such as "2.54cm" in hundredths of its unit; a document
// has one unit.
func odfLength(s string) int {
	length, err := strconv.ParseFloat(strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz"), 64)
	if err != nil || math.Abs(length) > 1e6 {
		return 0
	}
	return int(length * 100)
}
