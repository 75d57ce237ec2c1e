package msoffice

import (
	"docent/ingest/read"
	"docent/ingest/read/office"
)

// mostEdits bounds the saves of a presentation that add to its file.
const mostEdits = 10_000

// directory goes back through the saves of the presentation: what a later one
// has written stands for what the earlier had. It returns the number of the
// object that is the document.
func (p *powerPoint) directory(edit int) (document int, err error) {
	seen := make(map[int]bool)
	for n := 0; edit > 0 || n == 0; n++ {
		r, ok := p.at(edit)
		if !ok || r.kind != pptEdit || seen[edit] || n > mostEdits {
			break
		}
		seen[edit] = true
		if n == 0 {
			document = office.Uint32(r.data, 16)
			if len(r.data) >= 32 && office.Uint32(r.data, 28) != 0 {
				return 0, read.ErrProtected
			}
		}
		p.entries(office.Uint32(r.data, 12))
		edit = office.Uint32(r.data, 8)
	}
	if len(p.objects) == 0 {
		return 0, errNoSlides
	}
	return document, nil
}

// entries reads a directory of objects.
func (p *powerPoint) entries(place int) {
	const most = 1 << 20
	r, ok := p.at(place)
	if !ok || r.kind != pptDirectory {
		return
	}
	for data := r.data; len(data) >= 4; {
		first, count := office.Uint32(data, 0)&0xfffff, office.Uint32(data, 0)>>20
		data = data[4:]
		for i := 0; i < count && len(data) >= 4; i++ {
			if _, later := p.objects[first+i]; !later && len(p.objects) < most {
				p.objects[first+i] = office.Uint32(data, 0)
			}
			data = data[4:]
		}
	}
}

// list reads the lists of slides and of notes in the document.
func (p *powerPoint) list(document int) error {
	r, ok := p.at(p.objects[document])
	if !ok || r.kind != pptDocument {
		return errNoSlides
	}
	const slides, notes = 0, 2
	for r := range pptRecords(r.data) {
		switch {
		case r.kind != pptSlideList:
		case r.instance == slides:
			p.listSlides(r.data)
		case r.instance == notes:
			for r := range pptRecords(r.data) {
				if r.kind == pptPersist {
					p.notes[office.Uint32(r.data, 12)] = office.Uint32(r.data, 0)
				}
			}
		}
	}
	return p.FitsPages(len(p.slides), "slides")
}

func (p *powerPoint) listSlides(data []byte) {
	for r := range pptRecords(data) {
		n := len(p.slides) - 1
		switch {
		case r.kind == pptPersist:
			if p.slides = append(p.slides, pptSlide{object: office.Uint32(r.data, 0)}); len(p.slides) > p.Limits.MaxPages() {
				return
			}
		case n < 0:
		case r.kind == pptTextHeader:
			p.slides[n].outline = append(p.slides[n].outline, pptText{kind: office.Uint32(r.data, 0)})
		case r.kind == pptTextWide || r.kind == pptTextBytes:
			if last := len(p.slides[n].outline) - 1; last >= 0 {
				p.slides[n].outline[last].text = r.text()
			}
		}
	}
}
