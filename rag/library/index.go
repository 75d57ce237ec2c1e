package library

import (
	"slices"

	"docent/rag"
)

// index is what is searched: the passages of one state of the library.
type index struct {
	state    state
	segments []*segment
	// documents tells where the passages of a document lie, by its row.
	documents map[int64]place
}

type place struct {
	segment  *segment
	first, n int
}

func newIndex(s state) *index {
	return &index{state: s, documents: make(map[int64]place)}
}

// add indexes a document in the open segment of its space.
func (x *index) add(row int64, id rag.DocumentID, space string, data []byte) error {
	s := x.open(space)
	first, n, err := s.add(id, data)
	x.documents[row] = place{segment: s, first: first, n: n}
	return err
}

// open returns the last segment of the space that has room, or a new one.
func (x *index) open(space string) *segment {
	for i := len(x.segments) - 1; i >= 0; i-- {
		if s := x.segments[i]; s.space == space && len(s.passages) < segmentPassages {
			return s
		}
	}
	s := newSegment(space, x.state.fingerprint.Dimension)
	x.segments = append(x.segments, s)
	return s
}

func (x *index) remove(row int64) {
	if p, ok := x.documents[row]; ok {
		p.segment.kill(p.first, p.n)
		delete(x.documents, row)
	}
}

// merge takes over what another index of the same state holds.
func (x *index) merge(other *index) {
	x.segments = append(x.segments, other.segments...)
	for row, p := range other.documents {
		x.documents[row] = p
	}
}

// wasteful reports whether so much is dead that building the index anew pays.
func (x *index) wasteful() bool {
	slots, live := 0, 0
	for _, s := range x.segments {
		slots += len(s.passages)
		live += s.live
	}
	return slots-live > 1000 && slots > 2*live
}

// searched returns the segments that an audience may see, narrowed to spaces.
func (x *index) searched(q rag.Query) []*segment {
	var found []*segment
	for _, s := range x.segments {
		if q.Audience.Sees(s.space) && (len(q.Spaces) == 0 || slices.Contains(q.Spaces, s.space)) {
			found = append(found, s)
		}
	}
	return found
}

// count of the documents in the segments.
func (x *index) count(segments []*segment) int {
	in := make(map[*segment]bool, len(segments))
	for _, s := range segments {
		in[s] = true
	}
	if len(in) == len(x.segments) {
		return len(x.documents)
	}
	n := 0
	for _, p := range x.documents {
		if in[p.segment] {
			n++
		}
	}
	return n
}
