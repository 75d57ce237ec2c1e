package pdf

import "slices"

// placeFields puts the values of fields, which the engine gives last, beside
// or under what is printed next to them.
func (p *pdfPage) placeFields() {
	if p.printed == 0 {
		return
	}
	var printed, fields []textLine
	for _, l := range p.lines {
		if l.field {
			fields = append(fields, l)
		} else {
			printed = append(printed, l)
		}
	}
	if len(fields)*len(printed) > mostPlacings {
		return
	}
	for _, f := range fields {
		at, reach := 0, 0.6*f.em()
		for i, l := range printed {
			beside := abs32(l.base-f.base) < reach && l.left <= f.left
			if beside || l.base > f.base+reach && (at == 0 || printed[at-1].base >= l.base) {
				at = i + 1
			}
		}
		printed = slices.Insert(printed, at, f)
	}
	p.lines = printed
}

// mostPlacings bounds the work that the fields of a page may make.
const mostPlacings = 1_000_000
