package read

import (
	"context"
	"encoding/xml"
	"errors"
	"iter"
	"slices"
)

// pptxReader reads presentations (ECMA-376, PresentationML): the slides in the
// order they are shown, hidden ones too, each under its title, with its notes
// after it. The page of a block is the number of its slide.
type pptxReader struct{ limits Limits }

func (r pptxReader) Read(ctx context.Context, in Input) iter.Seq2[Document, error] {
	return readOffice(ctx, in, r.limits, "PPTX", readPresentation)
}

func readPresentation(o *office) error {
	main, all, err := o.openMain()
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
		if err := o.readSlide(part, i+1); err != nil {
			return err
		}
	}
	return nil
}

// readSlide adds a slide. One that is damaged does not keep the others from
// being read.
func (o *office) readSlide(part string, number int) error {
	if !o.has(part) {
		o.warn("slide %d is missing", number)
		return nil
	}
	all, err := o.relations(part)
	s := &slide{office: o, rels: all.index()}
	if err == nil {
		err = s.read(part)
	}
	if notes := all.first("notesSlide"); err == nil && o.has(notes) {
		n := &slide{office: o, notes: true}
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

// slide is a slide, or the notes of one, being read.
type slide struct {
	*office
	x     *xmlStream
	rels  map[string]string
	notes bool
	// shape is the one that the walk is in.
	shape shape
	// title, pieces and after, the notes, are what was read.
	title, pieces, after []piece
	// highest is 1 + the piece that begins the text box nearest to the top,
	// at highestTop.
	highest, highestTop int
}

type shape struct {
	// placeholder is its type, "" for what is none.
	placeholder string
	// top is where it begins, from the top of the slide.
	top int
	// numbers are those reached in numbered paragraphs, by level.
	numbers [listLevels]int
}

func (s *slide) read(part string) error {
	return s.xml(part, func(x *xmlStream, _ xml.StartElement) error {
		s.x = x
		return x.each(s.element)
	})
}

// element reads what may hold shapes.
func (s *slide) element(e xml.StartElement) error {
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
		return s.graphic(relationID(e, "id"), s.chart)
	case "relIds":
		return s.graphic(relationID(e, "dm"), s.diagram)
	case "AlternateContent":
		return alternate(s.x, s.element)
	case "timing", "transition", "extLst", "bg", "custDataLst", "controls", "oleObj":
		return nil
	}
	return s.x.each(s.element)
}

func (s *slide) graphic(id string, read func(part string) ([]piece, error)) error {
	part := s.rels[id]
	if !s.has(part) {
		return nil
	}
	pieces, err := read(part)
	if err != nil {
		s.warn("%s cannot be read: %v", part, err)
	}
	s.pieces = append(s.pieces, pieces...)
	return nil
}

// longestTitle is how long, in bytes, a line may be that stands for the title
// of a slide without one.
const longestTitle = 100

// ordered returns what is on a slide, its title first wherever it is drawn. A
// slide without one takes the text box nearest to its top for it, as its
// readers do: it is not under the title of the slide before.
func (s *slide) ordered() []piece {
	if i := s.highest - 1; len(s.title) == 0 && i >= 0 {
		if p := s.pieces[i]; len(p.text) <= longestTitle {
			s.title = []piece{{kind: Heading, level: 1, text: flatLine(p.text)}}
			s.pieces = slices.Delete(s.pieces, i, i+1)
		}
	}
	return slices.Concat(s.title, s.pieces, s.after)
}
