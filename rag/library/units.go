package library

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// The units of a passage are stored as a byte that says how, their number, and
// each unit as a byte of its kind and flags, the distance from the end of the
// one before with its length, and what the flags announce: its context unless it
// is that of the unit before, its group unless that is, its part of it, its
// cells. All numbers are varints. A passage whose units are not known has NULL.
const (
	unitsFormat = 1

	kindMask    = 0x0f
	sameContext = 0x10
	sameGroup   = 0x20
	hasPart     = 0x40
	hasCells    = 0x80
)

// encodeUnits returns nil for no units.
func encodeUnits(p rag.Passage) []byte {
	if len(p.Units) == 0 {
		return nil
	}
	e := unitEncoder{data: binary.AppendUvarint([]byte{unitsFormat}, uint64(len(p.Units)))}
	before := rag.Unit{Span: lang.Span{End: p.Start}}
	for _, u := range p.Units {
		e.unit(u, before)
		before = u
	}
	return e.data
}

type unitEncoder struct{ data []byte }

func (e *unitEncoder) unit(u, before rag.Unit) {
	flags := byte(u.Kind) & kindMask
	for _, f := range []struct {
		flag byte
		set  bool
	}{
		{sameContext, slices.Equal(u.Context, before.Context)},
		{sameGroup, u.Group == before.Group && u.Parts == before.Parts},
		{hasPart, u.Part != 0},
		{hasCells, len(u.Cells) > 0},
	} {
		if f.set {
			flags |= f.flag
		}
	}
	e.data = append(e.data, flags)
	e.spans(before.End, u.Span)
	if flags&sameContext == 0 {
		e.list(u.Start, u.Context)
	}
	if flags&sameGroup == 0 {
		e.spans(u.Start, u.Group)
		e.data = binary.AppendUvarint(e.data, uint64(u.Parts))
	}
	if flags&hasPart != 0 {
		e.data = binary.AppendUvarint(e.data, uint64(u.Part))
	}
	if flags&hasCells != 0 {
		e.list(u.Start, u.Cells)
	}
}

// list writes spans with their number.
func (e *unitEncoder) list(from int, spans []lang.Span) {
	e.data = binary.AppendUvarint(e.data, uint64(len(spans)))
	e.spans(from, spans...)
}

// spans writes each as the distance from the end of the one before and a length.
func (e *unitEncoder) spans(from int, spans ...lang.Span) {
	for _, s := range spans {
		e.data = binary.AppendVarint(e.data, int64(s.Start-from))
		e.data = binary.AppendUvarint(e.data, uint64(s.End-s.Start))
		from = s.End
	}
}

var errUnits = errors.New("the units of a passage are damaged")

// decodeUnits sets the units of a passage that is read otherwise. It returns none
// for what another program wrote in another way.
func decodeUnits(data []byte, p *rag.Passage) error {
	if len(data) == 0 || data[0] != unitsFormat {
		return nil
	}
	d := unitDecoder{decoder{data: data[1:]}}
	n := d.count()
	units := make([]rag.Unit, 0, n)
	before := rag.Unit{Span: lang.Span{End: p.Start}}
	for range n {
		before = d.unit(before)
		units = append(units, before)
	}
	p.Units = units
	if d.bad || len(d.data) > 0 || checkUnits(*p) != nil {
		p.Units = nil
		return errUnits
	}
	return nil
}

// unitDecoder makes spans and units of the numbers.
type unitDecoder struct{ decoder }

func (d *unitDecoder) unit(before rag.Unit) rag.Unit {
	flags := d.byte()
	u := rag.Unit{Kind: rag.UnitKind(flags & kindMask), Span: d.span(before.End)}
	u.Context, u.Group, u.Parts = before.Context, before.Group, before.Parts
	if flags&sameContext == 0 {
		u.Context = d.list(u.Start)
	}
	if flags&sameGroup == 0 {
		u.Group, u.Parts = d.span(u.Start), d.size()
	}
	if flags&hasPart != 0 {
		u.Part = d.size()
	}
	if flags&hasCells != 0 {
		u.Cells = d.list(u.Start)
	}
	return u
}

// size is a number that fits a text.
func (d *unitDecoder) size() int {
	n := d.number()
	if n > 1<<40 {
		d.bad, n = true, 0
	}
	return int(n)
}

// count is a number of things that take a byte each at least.
func (d *unitDecoder) count() int {
	n := d.size()
	if n > len(d.data) {
		d.bad, n = true, 0
	}
	return n
}

func (d *unitDecoder) span(from int) lang.Span {
	start := from + int(d.signed())
	return lang.Span{Start: start, End: start + d.size()}
}

func (d *unitDecoder) list(from int) []lang.Span {
	n := d.count()
	if n == 0 {
		return nil
	}
	spans := make([]lang.Span, n)
	for i := range spans {
		spans[i] = d.span(from)
		from = spans[i].End
	}
	return spans
}

// checkUnits refuses units that are not runs of their passage, in order.
func checkUnits(p rag.Passage) error {
	at := p.Start
	for i, u := range p.Units {
		switch {
		case u.Kind > rag.Lead, u.Start < at, u.End < u.Start, u.End > p.End:
			return fmt.Errorf("unit %d of kind %d is bytes %d to %d, after %d", i+1, u.Kind, u.Start, u.End, at)
		case u.Part < 0, u.Parts < u.Part:
			return fmt.Errorf("unit %d is part %d of %d", i+1, u.Part, u.Parts)
		case isOutside(u.Group), slices.ContainsFunc(u.Context, isOutside):
			return fmt.Errorf("the context or group of unit %d is no run of the text", i+1)
		case slices.ContainsFunc(u.Cells, func(c lang.Span) bool { return isOutside(c) || c.End > u.End }):
			return fmt.Errorf("a cell of unit %d is neither in it nor before it", i+1)
		}
		at = u.End
	}
	return nil
}

// isOutside reports whether a span is no run of any text.
func isOutside(s lang.Span) bool { return s.Start < 0 || s.End < s.Start }
