package library

import (
	"slices"
	"sync"

	"github.com/philippgille/chromem-go"

	"docent/rag"
)

// segment indexes some passages of one space. It is built once; only which of
// its passages are dead changes, under the lock of its index. A passage has a
// slot, its number in the segment.
type segment struct {
	space     string
	dimension int

	documents []span          // in order of their slots
	passages  []rag.PassageID // by slot
	lengths   []uint32        // in words, by slot
	vectored  []bool          // by slot: whether it has a vector
	arena     [][]float32     // blocks of arenaBlock vectors, by slot

	// terms is sorted; the postings of terms[i] are postings[offsets[i]:offsets[i+1]],
	// each a slot and a count, see posting.
	terms    []uint32
	offsets  []uint32
	postings []posting

	alive []bool // by slot
	// Counts of what is alive are exact, so that what was removed leaves no
	// trace in anybody's scores.
	liveDocuments, live, words int
	// vectors is the sum of the live vectors.
	vectors []float64

	// nearest is built when it is first asked for, and dropped with every
	// change.
	mu      sync.Mutex
	nearest *chromem.Collection
}

// span is where the passages of a document lie.
type span struct {
	row      int64
	first, n int
}

// posting holds a slot above countBits bits of count. A greater count is cut
// off: BM25 cannot tell such counts apart.
type posting uint32

const (
	countBits = 12
	maxCount  = 1<<countBits - 1
	maxSlots  = 1 << (32 - countBits)
)

func (p posting) slot() uint32   { return uint32(p) >> countBits }
func (p posting) count() float64 { return float64(p & maxCount) }

// arenaBlock is the number of vectors in a block of memory.
const arenaBlock = 1024

// vector is the slot's part of the arena.
func (s *segment) vector(slot int) []float32 {
	at := slot % arenaBlock * s.dimension
	return s.arena[slot/arenaBlock][at : at+s.dimension : at+s.dimension]
}

// postingsOf returns the postings of a term, dead ones among them.
func (s *segment) postingsOf(term uint32) []posting {
	i, ok := slices.BinarySearch(s.terms, term)
	if !ok {
		return nil
	}
	return s.postings[s.offsets[i]:s.offsets[i+1]]
}

// frequency is the number of live passages that have the term.
func (s *segment) frequency(term uint32) int {
	list := s.postingsOf(term)
	if s.live == len(s.passages) {
		return len(list)
	}
	n := 0
	for _, p := range list {
		if s.alive[p.slot()] {
			n++
		}
	}
	return n
}

// delete takes the passages of a removed document out of the search.
func (s *segment) delete(d span) {
	for slot := d.first; slot < d.first+d.n; slot++ {
		s.alive[slot] = false
		s.live--
		s.words -= int(s.lengths[slot])
		if s.vectored[slot] {
			for i, x := range s.vector(slot) {
				s.vectors[i] -= float64(x)
			}
		}
	}
	s.liveDocuments--
	s.nearest = nil
}
