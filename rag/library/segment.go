package library

import (
	"encoding/binary"
	"sync"

	"docent/rag"
)

const (
	// segmentPassages is the number of passages after which a new segment is
	// begun: large enough that few are searched, small enough that the cores
	// share the work.
	segmentPassages = 32_768
	// arenaBlock is the number of vectors that memory is taken for at a time.
	arenaBlock = 1024
)

// segment indexes some passages of one space. A passage has a slot, which is
// never used again; those of removed documents are dead.
type segment struct {
	space     string
	dimension int

	passages []rag.PassageID // by slot
	lengths  []uint32        // in words, by slot
	alive    []bool          // by slot
	vectored []bool          // by slot: whether it has a vector
	arena    [][]float32     // blocks of arenaBlock vectors, by slot
	postings map[uint32]*postingList

	// live counts are exact, so that what is removed leaves no trace in
	// anybody's scores.
	live    int
	words   int
	vectors []float64 // sum of the live vectors

	// nearest is built for small segments when it is first asked for, and
	// dropped with every change.
	mu      sync.Mutex
	nearest *collection
}

// postingList holds, for the passages with a term, the distance from the last
// one's slot and the count, as varints.
type postingList struct {
	data []byte
	last uint32
	n    int
}

func newSegment(space string, dimension int) *segment {
	return &segment{space: space, dimension: dimension, postings: make(map[uint32]*postingList), vectors: make([]float64, dimension)}
}

// add indexes the entries of a document's passages and returns the first slot.
func (s *segment) add(id rag.DocumentID, data []byte) (first, n int, err error) {
	first = len(s.passages)
	r := entryReader{data: data}
	for r.more() {
		n++
		s.addPassage(rag.PassageID{Document: id, N: n}, &r)
	}
	if r.bad {
		return first, n, errEntry
	}
	s.nearest = nil
	return first, n, nil
}

func (s *segment) addPassage(id rag.PassageID, r *entryReader) {
	slot := uint32(len(s.passages))
	terms, length := r.number(), r.number()
	var term uint64
	for i := uint64(0); i < terms && !r.bad; i++ {
		term += r.number()
		s.post(uint32(term), slot, r.number())
	}
	if int(slot)%arenaBlock == 0 {
		s.arena = append(s.arena, make([]float32, arenaBlock*s.dimension))
	}
	v := s.vector(int(slot))
	has := r.vector(v)
	if has {
		for i, x := range v {
			s.vectors[i] += float64(x)
		}
	}
	s.passages = append(s.passages, id)
	s.lengths = append(s.lengths, uint32(length))
	s.alive = append(s.alive, true)
	s.vectored = append(s.vectored, has)
	s.live++
	s.words += int(length)
}

func (s *segment) post(term, slot uint32, count uint64) {
	p := s.postings[term]
	if p == nil {
		p = new(postingList)
		s.postings[term] = p
	}
	p.data = binary.AppendUvarint(p.data, uint64(slot-p.last))
	p.data = binary.AppendUvarint(p.data, count)
	p.last = slot
	p.n++
}

// vector is the slot's part of the arena.
func (s *segment) vector(slot int) []float32 {
	at := slot % arenaBlock * s.dimension
	return s.arena[slot/arenaBlock][at : at+s.dimension : at+s.dimension]
}

// kill takes the passages of a removed document out of the search.
func (s *segment) kill(first, n int) {
	for slot := first; slot < first+n; slot++ {
		s.alive[slot] = false
		s.live--
		s.words -= int(s.lengths[slot])
		if s.vectored[slot] {
			for i, x := range s.vector(slot) {
				s.vectors[i] -= float64(x)
			}
		}
	}
	s.nearest = nil
}

// each calls f for every live passage that has the term.
func (s *segment) each(term uint32, f func(slot uint32, count float64)) {
	p := s.postings[term]
	if p == nil {
		return
	}
	var slot uint32
	for data := p.data; len(data) > 0; {
		gap, n := binary.Uvarint(data)
		count, m := binary.Uvarint(data[n:])
		data = data[n+m:]
		slot += uint32(gap)
		if s.alive[slot] {
			f(slot, float64(count))
		}
	}
}

// frequency is the number of live passages that have the term.
func (s *segment) frequency(term uint32) int {
	if p := s.postings[term]; p != nil && s.live == len(s.passages) {
		return p.n
	}
	n := 0
	s.each(term, func(uint32, float64) { n++ })
	return n
}
