package ooxml

import (
	"encoding/xml"
	"errors"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// PPTX is the format of PPTX files.
//
// It reads presentations (ECMA-376, PresentationML): the slides in the
// order they are shown, hidden ones too, each under its title, with its notes
// after it. The page of a block is the number of its slide.
func PPTX(l read.Limits) read.Format {
	return read.Format{
		Name: "PPTX", Extensions: []string{".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}, Sure: true, Risky: true,
		Match:  office.MatchOOXML("PPTX"),
		Reader: office.NewReader("PPTX", l, readPresentation),
	}
}

func readPresentation(o *office.Composer) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	targets := all.Index()
	var slides []string
	err = o.XML(main, func(x *office.XMLStream, _ xml.StartElement) error {
		return x.Each(func(e xml.StartElement) error {
			if e.Name.Local != "sldIdLst" {
				return nil
			}
			return x.Each(func(e xml.StartElement) error {
				slides = append(slides, targets[relationID(e, "id")])
				return nil
			})
		})
	})
	if err != nil {
		return err
	}
	if err := o.FitsPages(len(slides), "slides"); err != nil {
		return err
	}
	for i, part := range slides {
		if err := readSlide(o, part, i+1); err != nil {
			return err
		}
	}
	return nil
}

// readSlide adds a slide. One that is damaged does not keep the others from
// being read.
func readSlide(o *office.Composer, part string, number int) error {
	if !o.Has(part) {
		o.Warn("slide %d is missing", number)
		return nil
	}
	all, err := o.Relations(part)
	s := &slideReader{Composer: o, rels: all.Index()}
	if err == nil {
		err = s.read(part)
	}
	if notes := all.First("notesSlide"); err == nil && o.Has(notes) {
		n := &slideReader{Composer: o, Slide: office.Slide{Notes: true}}
		err = n.read(notes)
		s.After = n.Pieces
	}
	if err != nil {
		err = office.Damaged("PPTX", err)
		var harm *office.DamagedError
		if !errors.As(err, &harm) {
			return err
		}
		o.Warn("slide %d: %v", number, harm.Err)
	}
	pieces := s.Ordered()
	office.OnPage(pieces, number)
	return o.PutAll(pieces)
}

// slideReader reads a slide, or the notes of one.
type slideReader struct {
	*office.Composer
	office.Slide
	x    *office.XMLStream
	rels map[string]string
	// shape is the one that the walk is in.
	shape shape
}

type shape struct {
	// placeholder is its type, "" for what is none.
	placeholder string
	// top is where it begins, from the top of the slide.
	top int
	// numbers are those reached in numbered paragraphs, by level.
	numbers [office.ListLevels]int
}

func (s *slideReader) read(part string) error {
	return s.XML(part, func(x *office.XMLStream, _ xml.StartElement) error {
		s.x = x
		return x.Each(s.element)
	})
}

// element reads what may hold shapes.
func (s *slideReader) element(e xml.StartElement) error {
	switch e.Name.Local {
	case "sp", "cxnSp":
		s.shape = shape{}
		return s.x.Each(s.element)
	case "ph":
		s.shape.placeholder = office.Attribute(e, "type")
		if s.shape.placeholder == "" {
			s.shape.placeholder = "obj"
		}
		return nil
	case "off":
		s.shape.top = atoi0(office.Attribute(e, "y"))
		return nil
	case "txBody":
		return s.body()
	case "pic":
		return nil
	case "graphicFrame":
		s.shape = shape{}
		return s.x.Each(s.element)
	case "tbl":
		return s.table()
	case "chart":
		return s.graphic(relationID(e, "id"), readChart)
	case "relIds":
		return s.graphic(relationID(e, "dm"), readDiagram)
	case "AlternateContent":
		return alternate(s.x, s.element)
	case "timing", "transition", "extLst", "bg", "custDataLst", "controls", "oleObj":
		return nil
	}
	return s.x.Each(s.element)
}

func (s *slideReader) graphic(id string, read func(*office.Composer, string) ([]office.Piece, error)) error {
	part := s.rels[id]
	if !s.Has(part) {
		return nil
	}
	pieces, err := read(s.Composer, part)
	if err != nil {
		s.Warn("%s cannot be read: %v", part, err)
	}
	s.Pieces = append(s.Pieces, pieces...)
	return nil
}
