package library

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

func TestEntryRoundTrip(t *testing.T) {
	data := appendPassage(nil, []termCount{{id: 300, count: 2}, {id: 7, count: 1}, {id: 300, count: 1}, {id: 1 << 31, count: 9999}}, []float32{0.6, 0.8})
	data = appendPassage(data, nil, nil)
	b := newBuilder("space", 2)
	if err := b.add(5, "doc", appendChecksum(data)); err != nil {
		t.Fatal(err)
	}
	s := b.done()
	if diff := cmp.Diff([]uint32{7, 300, 1 << 31}, s.terms); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if got := s.postingsOf(300); len(got) != 1 || got[0].slot() != 0 || got[0].count() != 3 {
		t.Errorf("postings of a term given twice: %v", got)
	}
	if got := s.postingsOf(1 << 31); got[0].count() != maxCount || s.lengths[0] != 1+3+9999 {
		t.Errorf("a count beyond the greatest: %v, length %d", got[0].count(), s.lengths[0])
	}
	if diff := cmp.Diff([]float32{0.6, 0.8}, s.vector(0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]rag.PassageID{{Document: "doc", N: 1}, {Document: "doc", N: 2}}, s.passages); diff != "" {
		t.Error(diff)
	}
	if s.vectored[1] || s.lengths[1] != 0 {
		t.Error("the empty passage has something")
	}
}

// FuzzEntry feeds entries that SQLite returned intact but no program wrote:
// they are refused or indexed, and one flipped bit is always refused.
func FuzzEntry(f *testing.F) {
	f.Add(appendPassage(nil, []termCount{{id: 3, count: 2}, {id: 9, count: 1}}, []float32{0.6, 0.8}), uint(9))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, uint(0))
	f.Add([]byte{0, 1, 0}, uint(3))
	f.Fuzz(func(t *testing.T, data []byte, flip uint) {
		entry := appendChecksum(data)
		b := newBuilder("space", 2)
		if err := b.add(1, "doc", entry); err == nil {
			s := b.done()
			if s.live != len(s.passages) || len(s.offsets) != len(s.terms)+1 || int(s.offsets[len(s.terms)]) != len(s.postings) {
				t.Errorf("segment of %d passages, %d terms, %d offsets, %d postings", len(s.passages), len(s.terms), len(s.offsets), len(s.postings))
			}
			for _, term := range s.terms {
				for _, p := range s.postingsOf(term) {
					if int(p.slot()) >= len(s.passages) {
						t.Errorf("term %d is in slot %d of %d", term, p.slot(), len(s.passages))
					}
				}
			}
		}
		flip %= uint(8 * len(entry))
		entry[flip/8] ^= 1 << (flip % 8)
		if err := newBuilder("space", 2).add(1, "doc", entry); err == nil {
			t.Errorf("bit %d flipped and not noticed", flip)
		}
	})
}
