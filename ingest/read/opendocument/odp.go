package opendocument

import (
	"cmp"
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// ODP is the format of ODP files.
//
// It reads presentations and drawings of OpenDocument as ooxml.PPTX
// does those of PowerPoint.
func ODP(l read.Limits) read.Format {
	return office.ZipFormat("ODP", l, readPresentation, ".odp", ".otp", ".odg")
}

func readPresentation(o *office.Composer) error {
	d := &odf{Composer: o}
	number := 0
	return d.readBody("page", func(x *office.XMLStream, e xml.StartElement) error {
		number++
		if err := d.FitsPages(number, "slides"); err != nil {
			return err
		}
		d.continued = make(map[string]*office.ListCounter)
		page, err := x.Node(e)
		s := &office.Slide{Hidden: d.styles.hidden[page.Attr("style-name")]}
		for _, n := range page.Nodes {
			d.drawn(s, n)
		}
		return cmp.Or(d.PutSlide(s, number), err)
	})
}

// drawn reads a shape of a slide, as what its class says.
func (d *odf) drawn(s *office.Slide, n *office.Node) {
	switch n.Name {
	case "g", "a":
		for _, c := range n.Nodes {
			d.drawn(s, c)
		}
		return
	case "notes":
		d.kind = read.Paragraph
		notes := &office.Slide{Notes: true}
		for _, c := range n.Nodes {
			d.drawn(notes, c)
		}
		s.After = append(s.After, notes.Pieces...)
		return
	case "", "forms", "animations", "par", "title", "desc":
		return
	}
	pieces := d.shape(n)
	switch n.Attr("class") {
	case "title":
		if !s.Notes {
			s.AddTitle(pieces)
		}
		return
	case "header", "footer", "date-time", "page-number":
		if s.Notes {
			return
		}
		pieces = asFurniture(pieces)
	case "outline":
		for i := range pieces {
			pieces[i].Kind = read.ListItem
		}
	case "page":
		return
	}
	s.Add(pieces, odfLength(n.Attr("y")), len(pieces) > 0 && pieces[0].Kind == read.Paragraph && pieces[0].Table == nil)
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
