package msoffice

import (
	"errors"
	"iter"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// PPT is the format of PPT files.
//
// It reads presentations of PowerPoint 97 to 2003 (MS-PPT): the
// slides in order, the text of each from its shapes, then its notes. The page
// of a block is the number of its slide.
func PPT(l read.Limits) read.Format {
	return office.OLEFormat("PPT", l, readPowerPoint, ".ppt", ".pps", ".pot")
}

// powerPoint is a presentation being read.
type powerPoint struct {
	*office.Composer
	stream []byte
	// objects are the places of what has a number in the file.
	objects map[int]int
	slides  []pptSlide
	// notes are the numbers of the objects of notes by their own.
	notes map[int]int
	// seen are the places of the slides and notes that were read.
	seen map[int]bool
}

// pptSlide is a slide in the order of the presentation.
type pptSlide struct {
	object int
	// outline are the texts that stand in the list of slides and not in the
	// slide.
	outline []pptText
}

// pptText is the text of a shape, of a kind.
type pptText struct {
	kind int
	text string
	used bool
}

// Records that are read.
const (
	pptDocument     = 0x03e8
	pptSlideAtom    = 0x03ef
	pptSlideObject  = 0x03ee
	pptNotesObject  = 0x03f0
	pptPersist      = 0x03f3
	pptShowAtom     = 0x03f9
	pptDrawing      = 0x040c
	pptPlaceholder  = 0x0bc3
	pptOutlineRef   = 0x0f9e
	pptTextHeader   = 0x0f9f
	pptTextWide     = 0x0fa0
	pptTextBytes    = 0x0fa8
	pptSlideNumber  = 0x0fd8
	pptSlideList    = 0x0ff0
	pptEdit         = 0x0ff5
	pptDirectory    = 0x1772
	pptEncrypted    = 0x2f14
	artGroup        = 0xf003
	artShape        = 0xf004
	artText         = 0xf00d
	artChildAnchor  = 0xf00f
	artClient       = 0xf011
	artMoreProperty = 0xf122
)

// pptRecord is a record; one of instance 0xf is made of others.
type pptRecord struct {
	kind, version, instance int
	data                    []byte
}

// pptRecords goes through records that follow one another.
func pptRecords(data []byte) iter.Seq[pptRecord] {
	return func(yield func(pptRecord) bool) {
		for len(data) >= 8 {
			r := pptRecord{kind: office.Uint16(data, 2), version: int(data[0] & 0xf), instance: office.Uint16(data, 0) >> 4}
			size := office.Uint32(data, 4)
			r.data = office.Slice(data, 8, size)
			if !yield(r) {
				return
			}
			data = office.Slice(data, 8+size, len(data))
		}
	}
}

// at is the record at a place in the stream.
func (p *powerPoint) at(place int) (pptRecord, bool) {
	for r := range pptRecords(office.Slice(p.stream, place, len(p.stream))) {
		return r, true
	}
	return pptRecord{}, false
}

// object finds an object of a kind, once: no two slides are the same.
func (p *powerPoint) object(number, kind int) (pptRecord, bool) {
	place := p.objects[number]
	r, ok := p.at(place)
	if !ok || r.kind != kind || p.seen[place] {
		return pptRecord{}, false
	}
	p.seen[place] = true
	return r, true
}

func (r pptRecord) isContainer() bool { return r.version == 0xf }

var errNoSlides = errors.New("its list of slides cannot be found")

func readPowerPoint(o *office.Composer, file *office.OLE) error {
	stream, err := file.ReadAll("PowerPoint Document")
	if err != nil {
		return err
	}
	current, err := file.ReadAll("Current User")
	if err != nil {
		return err
	}
	const encrypted = 0xf3d1c4df
	if office.Uint32(current, 12) == encrypted || file.Has("EncryptedSummary") {
		return read.ErrProtected
	}
	p := &powerPoint{Composer: o, stream: stream, objects: make(map[int]int), notes: make(map[int]int), seen: make(map[int]bool)}
	document, err := p.directory(office.Uint32(current, 16))
	if err != nil {
		return err
	}
	if err := p.list(document); err != nil {
		return err
	}
	for i, s := range p.slides {
		if err := p.slide(i+1, s); err != nil {
			return err
		}
	}
	return nil
}

// text is that of a record of text.
func (r pptRecord) text() string {
	if r.kind == pptTextWide {
		return office.UTF16(r.data)
	}
	return latin1(r.data)
}

// slide adds the text of a slide and what the speaker has noted.
func (p *powerPoint) slide(number int, s pptSlide) error {
	p.Page = number
	r, ok := p.object(s.object, pptSlideObject)
	if !ok {
		p.Warn("slide %d is missing", number)
		return p.PutAll(rest(s.outline, number))
	}
	view := p.view(r, s.outline)
	view.slide.Pieces = append(view.slide.Pieces, rest(s.outline, number)...)
	if object, there := p.notes[view.notes]; view.notes != 0 && there {
		if r, ok := p.object(object, pptNotesObject); ok {
			notes := p.view(r, nil).slide
			view.slide.After = append(notes.Title, notes.Pieces...)
		}
	}
	return p.PutSlide(&view.slide, number)
}

// view reads the texts of a slide or its notes.
func (p *powerPoint) view(slide pptRecord, outline []pptText) *pptView {
	view := &pptView{powerPoint: p, outline: outline}
	for r := range pptRecords(slide.data) {
		switch r.kind {
		case pptSlideAtom:
			view.notes = office.Uint32(r.data, 16)
		case pptShowAtom:
			const hidden = 4
			view.slide.Hidden = office.Uint16(r.data, 10)&hidden != 0
		case pptDrawing:
			view.drawing(r.data, 0)
		}
	}
	return view
}

// rest are the texts of the list of slides that no shape has shown.
func rest(outline []pptText, page int) []office.Piece {
	var all []office.Piece
	for _, t := range outline {
		if !t.used {
			all = append(all, t.pieces(page)...)
		}
	}
	return all
}

// Kinds of text.
const (
	pptTitle       = 0
	pptBody        = 1
	pptOther       = 4
	pptCentreTitle = 6
	pptHalfBody    = 7
	pptQuarterBody = 8
)

// pieces are the paragraphs of a text.
func (t pptText) pieces(page int) []office.Piece {
	kind := read.Paragraph
	switch t.kind {
	case pptTitle, pptCentreTitle:
		text := lang.OneLine(strings.NewReplacer("\r", " ", "\v", " ").Replace(t.text))
		return []office.Piece{{Kind: read.Heading, Level: 1, Page: page, Text: text}}
	case pptBody, pptHalfBody, pptQuarterBody:
		kind = read.ListItem
	}
	var all []office.Piece
	for line := range strings.SplitSeq(t.text, "\r") {
		if strings.TrimSpace(line) != "" {
			all = append(all, office.Piece{Kind: kind, Page: page, Text: line})
		}
	}
	return all
}
