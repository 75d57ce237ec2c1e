package library

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"

	"docent/rag"
)

// index is what is searched: the passages of one state of the library, in
// segments that are added and merged as in a log-structured index, so that a
// change is prepared beside the searches and holds them up for an instant
// only.
type index struct {
	fingerprint rag.Fingerprint
	generation  int64
	// sequence is that of the last change in the index.
	sequence atomic.Int64

	mu       sync.RWMutex // searches read, changes write
	segments []*segment
	// documents tells where the passages of a document lie, by its row.
	documents map[int64]location
}

type location struct {
	segment *segment
	span
}

func newIndex(s state) *index {
	x := &index{fingerprint: s.fingerprint, generation: s.generation, documents: make(map[int64]location)}
	x.sequence.Store(s.sequence)
	return x
}

// change takes documents out and segments in, at once.
func (x *index) change(gone []int64, fresh []*segment) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, row := range gone {
		if p, ok := x.documents[row]; ok {
			p.segment.delete(p.span)
			delete(x.documents, row)
		}
	}
	x.include(fresh)
}

func (x *index) include(fresh []*segment) {
	for _, s := range fresh {
		for _, d := range s.documents {
			x.documents[d.row] = location{segment: s, span: d}
		}
	}
	x.segments = append(x.segments, fresh...)
}

// mergeSegments merges until no more than mergeAt segments of a space are of
// like size, and none is mostly dead. Each passage is copied a few times as its
// segment grows, and never once that is full. Only the owner of the index may
// call it; searches go on.
func (x *index) mergeSegments() {
	for {
		old := x.mergeable()
		if len(old) == 0 {
			return
		}
		b := newBuilder(old[0].space, x.fingerprint.Dimension)
		for _, s := range old {
			b.appendSegment(s, func(row int64) bool { return x.documents[row].segment != nil })
		}
		merged := b.done()
		x.mu.Lock()
		x.segments = slices.DeleteFunc(x.segments, func(s *segment) bool { return slices.Contains(old, s) })
		if merged.liveDocuments > 0 {
			x.include([]*segment{merged})
		}
		x.mu.Unlock()
	}
}

// mergeAt is how many segments of like size become one.
const mergeAt = 8

func (x *index) mergeable() []*segment {
	type class struct {
		space string
		size  int
	}
	like := make(map[class][]*segment)
	for _, s := range x.segments {
		slots := len(s.passages)
		if slots > 2*s.live || s.liveDocuments == 0 {
			return []*segment{s}
		}
		if slots >= segmentPassages {
			continue
		}
		// Sizes are alike that differ by less than a factor of eight.
		c := class{space: s.space, size: bits.Len(uint(slots)) / 3}
		like[c] = append(like[c], s)
		if len(like[c]) == mergeAt {
			return like[c]
		}
	}
	return nil
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
