package library

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/lang"
)

// randomUnits makes units as a splitter may.
func randomUnits(r *rand.Rand, start int) (units []rag.Unit, end int) {
	span := func(upTo int) lang.Span {
		s := r.IntN(upTo + 1)
		return lang.Span{Start: s, End: s + r.IntN(40)}
	}
	end = start
	for range r.IntN(6) {
		u := rag.Unit{Kind: rag.UnitKind(r.IntN(int(rag.Lead) + 1))}
		u.Start = end + r.IntN(3)
		u.End = u.Start + r.IntN(300)
		for range r.IntN(3) {
			u.Context = append(u.Context, span(start))
		}
		if n := len(units); n > 0 && r.IntN(2) == 0 {
			u.Context, u.Group, u.Parts = units[n-1].Context, units[n-1].Group, units[n-1].Parts
		} else if r.IntN(2) == 0 {
			u.Group, u.Parts = span(u.Start), r.IntN(1000)
		}
		u.Part = r.IntN(u.Parts + 1)
		for at := u.Start; r.IntN(3) > 0 && at < u.End; {
			cell := lang.Span{Start: at, End: at + r.IntN(u.End-at+1)}
			u.Cells = append(u.Cells, cell)
			at = cell.End
		}
		units, end = append(units, u), u.End
	}
	return units, end
}

func TestUnitsRoundTrip(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := rag.Passage{Start: r.IntN(5000)}
		p.Units, p.End = randomUnits(r, p.Start)
		got := rag.Passage{Start: p.Start, End: p.End}
		if err := decodeUnits(encodeUnits(p), &got); err != nil {
			t.Fatal(seed, err)
		}
		if diff := cmp.Diff(p, got); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

// TestUnitsOfAnotherProgram are none, so that they are cut from the text.
func TestUnitsOfAnotherProgram(t *testing.T) {
	p := rag.Passage{End: 10}
	if err := decodeUnits([]byte{unitsFormat + 1, 1, 2}, &p); err != nil || p.Units != nil {
		t.Errorf("%v, %v", p.Units, err)
	}
}

func TestUnitsRefused(t *testing.T) {
	at := func(start, end int) lang.Span { return lang.Span{Start: start, End: end} }
	for name, units := range map[string][]rag.Unit{
		"beyond the passage": {{Span: at(3, 11)}},
		"before it":          {{Span: at(1, 4)}},
		"overlapping":        {{Span: at(2, 5)}, {Span: at(4, 6)}},
		"a cell outside":     {{Span: at(2, 5), Cells: []lang.Span{at(4, 12)}}},
		"an unknown kind":    {{Kind: rag.Lead + 1, Span: at(2, 5)}},
		"part 3 of 2":        {{Span: at(2, 5), Group: at(2, 5), Part: 3, Parts: 2}},
		"a negative context": {{Span: at(2, 5), Context: []lang.Span{at(-1, 2)}}},
	} {
		if err := checkUnits(rag.Passage{Start: 2, End: 10, Units: units}); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// FuzzUnits decodes any bytes without a panic, to units that can be encoded.
func FuzzUnits(f *testing.F) {
	for seed := range uint64(20) {
		p := rag.Passage{Start: 20}
		p.Units, p.End = randomUnits(rand.New(rand.NewPCG(seed, 3)), p.Start)
		f.Add(encodeUnits(p))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := rag.Passage{Start: 20, End: 2000}
		if err := decodeUnits(data, &p); err != nil {
			return
		}
		again := rag.Passage{Start: 20, End: 2000}
		if err := decodeUnits(encodeUnits(p), &again); err != nil || !cmp.Equal(p.Units, again.Units, cmp.Comparer(func(a, b []rag.Unit) bool { return len(a) == len(b) })) {
			t.Errorf("%v: %+v", err, p.Units)
		}
	})
}
