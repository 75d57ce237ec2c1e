package opendocument

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODP is the format of ODP files.
//
// It reads presentations and drawings of OpenDocument as pptxReader
// does those of PowerPoint.
func ODP(l read.Limits) read.Format {
	return read.Format{
		Name: "ODP", Extensions: []string{".odp", ".otp", ".odg"}, Sure: true, Risky: true,
		Match:  office.MatchZip("ODP"),
		Reader: office.NewReader("ODP", l, readPresentation),
	}
}

func readPresentation(o *office.Composer) error {
	d := &odf{Composer: o}
	return d.readPages("page", "slides", d.slide)
}

// slide reads a page of a presentation.
func (d *odf) slide(number int, _ xml.StartElement) error {
	d.continued = make(map[string]*office.ListCounter)
	s := &office.Slide{}
	err := d.x.Each(func(e xml.StartElement) error { return d.drawn(s, e) })
	pieces := s.Ordered()
	office.OnPage(pieces, number)
	if putErr := d.PutAll(pieces); putErr != nil {
		return putErr
	}
	return err
}

// drawn reads a shape of a slide, as what its class says.
func (d *odf) drawn(s *office.Slide, e xml.StartElement) error {
	switch e.Name.Local {
	case "g", "a":
		return d.x.Each(func(e xml.StartElement) error { return d.drawn(s, e) })
	case "notes":
		d.kind = read.Paragraph
		notes := &office.Slide{Notes: true}
		err := d.x.Each(func(e xml.StartElement) error { return d.drawn(notes, e) })
		s.After = append(s.After, notes.Pieces...)
		return err
	case "forms", "animations", "par", "title", "desc":
		return nil
	}
	pieces, err := d.gather(d.block)
	switch office.Attribute(e, "class") {
	case "title":
		if text := read.FlatLine(office.TextOfPieces(pieces)); text != "" && !s.Notes {
			s.Title = append(s.Title, office.Piece{Kind: read.Heading, Level: 1, Text: text})
		}
		return err
	case "header", "footer", "date-time", "page-number":
		if s.Notes {
			return err
		}
		for i := range pieces {
			pieces[i].Kind, pieces[i].Level = read.Furniture, 0
		}
	case "outline":
		for i := range pieces {
			pieces[i].Kind = read.ListItem
		}
	case "page":
		return err
	}
	if top := odfLength(office.Attribute(e, "y")); len(pieces) > 0 && pieces[0].Kind == read.Paragraph && pieces[0].Table == nil &&
		(s.Highest == 0 || top < s.HighestTop) {
		s.Highest, s.HighestTop = len(s.Pieces)+1, top
	}
	s.Pieces = append(s.Pieces, pieces...)
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
