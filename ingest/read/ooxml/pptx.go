package ooxml

import (
	"cmp"
	"errors"

	"docent/ingest/read"
	"docent/ingest/read/office"
)

// PPTX is the format of PPTX files.
//
// It reads presentations (ECMA-376, PresentationML): the slides in the
// order they are shown, each under its title, with its notes after it; hidden
// ones are left out. The page of a block is the number of its slide.
func PPTX(l read.Limits) read.Format {
	return office.ZipFormat("PPTX", l, readPresentation, ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm")
}

func readPresentation(o *office.Composer) error {
	main, all, err := openMain(o)
	if err != nil {
		return err
	}
	root, err := o.Root(main)
	if err != nil {
		return err
	}
	targets := all.Index()
	var slides []string
	for n := range root.Child("sldIdLst").Each("") {
		slides = append(slides, targets[relationID(n.Attrs, "id")])
	}
	if err := o.FitsPages(len(slides), "slides"); err != nil {
		return err
	}
	size := root.Child("sldSz")
	d := &deck{Composer: o, width: atoi0(size.Attr("cx")), height: atoi0(size.Attr("cy")), grounds: make(map[string]read.Color)}
	for i, part := range slides {
		if err := readSlide(d, part, i+1); err != nil {
			return err
		}
	}
	return nil
}

// readSlide adds a slide. One that is damaged does not keep the others from
// being read.
func readSlide(o *deck, part string, number int) error {
	if !o.Has(part) {
		o.Warn("slide %d is missing", number)
		return nil
	}
	all, err := o.Relations(part)
	s := &slideReader{deck: o, rels: all.Index()}
	if err == nil {
		err = s.read(part)
	}
	if notes := all.First("notesSlide"); err == nil && o.Has(notes) && !s.Hidden {
		n := &slideReader{deck: o, Slide: office.Slide{Notes: true}}
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
	return o.PutSlide(&s.Slide, number)
}

// slideReader reads a slide, or the notes of one.
type slideReader struct {
	*deck
	office.Slide
	rels map[string]string
	// behind is the colour of the slide.
	behind read.Color
	// shape is the one that the walk is in.
	shape shape
}

type shape struct {
	// placeholder is its type, "" for what is none.
	placeholder string
	// top is where it begins, from the top of the slide.
	top int
	// ground is the colour that it is filled with; away says that nobody sees it.
	ground read.Color
	away   bool
	// numbers are those reached in numbered paragraphs, by level.
	numbers [office.ListLevels]int
}

// read reads a slide as far as it is not damaged.
func (s *slideReader) read(part string) error {
	root, err := s.Root(part)
	s.behind = s.deck.ground(part, root)
	s.Hidden = root.Attr("show") == "0" || root.Attr("show") == "false"
	root.Walk(s.element)
	return err
}

// element reads what may hold shapes, and reports whether it may.
func (s *slideReader) element(n *office.Node) bool {
	switch n.Name {
	case "sp", "cxnSp", "graphicFrame":
		s.shape = shape{}
		if n.Child("style").Child("fillRef") != nil && n.Child("style").Child("fillRef").Attr("idx") != "0" {
			s.shape.ground = read.Pictured
		}
	case "spPr":
		if s.place(n.Child("xfrm")); n.Child("noFill") != nil {
			s.shape.ground = 0
		}
		s.shape.ground = cmp.Or(paintOf(n), s.shape.ground)
		return false
	case "cNvPr":
		s.shape.away = s.shape.away || isTrue(n.Attr("hidden"))
	case "ph":
		s.shape.placeholder = cmp.Or(n.Attr("type"), "obj")
	case "off":
		s.shape.top = atoi0(n.Attr("y")) // of a table or chart
	case "txBody":
		s.body(n)
		return false
	case "tbl":
		s.table(n)
		return false
	case "chart", "relIds":
		s.Pieces = append(s.Pieces, readGraphic(s.Composer, s.rels, n)...)
		return false
	case "pic", "timing", "transition", "extLst", "bg", "custDataLst", "controls", "oleObj":
		return false
	}
	return true
}
