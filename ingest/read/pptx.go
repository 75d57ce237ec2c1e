package read

import (
	"context"
	"encoding/xml"
	"errors"
	"iter"
)

// PPTX is the format of PPTX files.
func PPTX(l Limits) Format {
	return Format{
		Name: "PPTX", Extensions: []string{".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"}, Sure: true, Risky: true,
		Match:  matchOOXML("PPTX"),
		Reader: pptxReader{l},
	}
}

// pptxReader reads presentations (ECMA-376, PresentationML): the slides in the
// order they are shown, hidden ones too, each under its title, with its notes
// after it. The page of a block is the number of its slide.
type pptxReader struct{ limits Limits }

func (r pptxReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "PPTX", readPresentation)
}

func readPresentation(o *office) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	targets := all.index()
	var slides []string
	err = o.xml(main, func(x *xmlStream, _ xml.StartElement) error {
		return x.each(func(e xml.StartElement) error {
			if e.Name.Local != "sldIdLst" {
				return nil
			}
			return x.each(func(e xml.StartElement) error {
				slides = append(slides, targets[relationID(e, "id")])
				return nil
			})
		})
	})
	if err != nil {
		return err
	}
	if err := o.fitsPages(len(slides), "slides"); err != nil {
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
func readSlide(o *office, part string, number int) error {
	if !o.has(part) {
		o.warn("slide %d is missing", number)
		return nil
	}
	all, err := o.relations(part)
	s := &slideReader{office: o, rels: all.index()}
	if err == nil {
		err = s.read(part)
	}
	if notes := all.first("notesSlide"); err == nil && o.has(notes) {
		n := &slideReader{office: o, slide: slide{notes: true}}
		err = n.read(notes)
		s.after = n.pieces
	}
	if err != nil {
		err = damaged("PPTX", err)
		var harm *damagedError
		if !errors.As(err, &harm) {
			return err
		}
		o.warn("slide %d: %v", number, harm.err)
	}
	pieces := s.ordered()
	onPage(pieces, number)
	return o.putAll(pieces)
}

// slideReader reads a slide, or the notes of one.
type slideReader struct {
	*office
	slide
	x    *xmlStream
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
	numbers [listLevels]int
}

func (s *slideReader) read(part string) error {
	return s.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		s.x = x
		return x.each(s.element)
	})
}

// element reads what may hold shapes.
func (s *slideReader) element(e xml.StartElement) error {
	switch e.Name.Local {
	case "sp", "cxnSp":
		s.shape = shape{}
		return s.x.each(s.element)
	case "ph":
		s.shape.placeholder = xmlAttribute(e, "type")
		if s.shape.placeholder == "" {
			s.shape.placeholder = "obj"
		}
		return nil
	case "off":
		s.shape.top = atoi0(xmlAttribute(e, "y"))
		return nil
	case "txBody":
		return s.body()
	case "pic":
		return nil
	case "graphicFrame":
		s.shape = shape{}
		return s.x.each(s.element)
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
	return s.x.each(s.element)
}

func (s *slideReader) graphic(id string, read func(*office, string) ([]piece, error)) error {
	part := s.rels[id]
	if !s.has(part) {
		return nil
	}
	pieces, err := read(s.office, part)
	if err != nil {
		s.warn("%s cannot be read: %v", part, err)
	}
	s.pieces = append(s.pieces, pieces...)
	return nil
}
