package library

import (
	"slices"

	"docent/rag"
)

// segmentPassages is the number of passages after which a new segment is
// begun: large enough that few are searched, small enough that the cores share
// the work.
const segmentPassages = 16_384

// builder makes a segment of documents that it is given one after another.
type builder struct {
	segment *segment
	// keys holds, in order of slots, term<<32 | posting. spare is memory to
	// sort them with.
	keys, spare []uint64
}

func newBuilder(space string, dimension int) *builder {
	return &builder{segment: &segment{space: space, dimension: dimension, vectors: make([]float64, dimension)}}
}

// add indexes a document by its stored entry.
func (b *builder) add(row int64, id rag.DocumentID, data []byte) error {
	data, err := verifyChecksum(data)
	if err != nil {
		return err
	}
	first := len(b.segment.passages)
	d := decoder{data: data}
	for d.more() {
		b.addPassage(rag.PassageID{Document: id, N: len(b.segment.passages) - first + 1}, &d)
	}
	if d.bad || len(b.segment.passages) > maxSlots {
		return errEntry
	}
	b.addSpan(row, first)
	return nil
}

func (b *builder) addPassage(id rag.PassageID, d *decoder) {
	slot := len(b.segment.passages)
	var term, length uint64
	n := d.number()
	// A term takes two bytes or more, whatever a damaged number says; and
	// growing by half, as append does it, would copy too often.
	if most := min(n, uint64(len(d.data)/2)); cap(b.keys)-len(b.keys) < int(most) {
		b.keys = slices.Grow(b.keys, max(int(most), len(b.keys)))
	}
	for ; n > 0 && !d.bad; n-- {
		term += d.number()
		count := d.number()
		length += count
		b.keys = append(b.keys, term<<32|uint64(slot)<<countBits|min(count, maxCount))
	}
	has := d.byte() == 1
	v := b.grow()
	if has {
		d.vector(v)
	}
	b.addSlot(id, uint32(length), v, has)
}

// grow makes room for one more vector, of zeros. The first block grows as it must,
// since many a space holds little; others have their size at once.
func (b *builder) grow() []float32 {
	s := b.segment
	if len(s.passages)%arenaBlock == 0 {
		s.arena = append(s.arena, make([]float32, 0, min(len(s.arena), 1)*arenaBlock*s.dimension))
	}
	block := &s.arena[len(s.arena)-1]
	at := len(*block)
	*block = slices.Grow(*block, s.dimension)[:at+s.dimension]
	return (*block)[at:]
}

func (b *builder) addSlot(id rag.PassageID, length uint32, vector []float32, has bool) {
	s := b.segment
	s.passages = append(s.passages, id)
	s.lengths = append(s.lengths, length)
	s.vectored = append(s.vectored, has)
	s.alive = append(s.alive, true)
	s.live++
	s.words += int(length)
	if has {
		for i, x := range vector {
			s.vectors[i] += float64(x)
		}
	}
}

func (b *builder) addSpan(row int64, first int) {
	s := b.segment
	s.documents = append(s.documents, span{row: row, first: first, n: len(s.passages) - first})
	s.liveDocuments++
}

// appendSegment copies the documents of another segment that are still there.
// Segments are appended in turn, so that the keys of one term come in order of
// slots.
func (b *builder) appendSegment(from *segment, there func(row int64) bool) {
	to := make([]uint32, len(from.passages))
	for _, d := range from.documents {
		if !there(d.row) {
			continue
		}
		first := len(b.segment.passages)
		for slot := d.first; slot < d.first+d.n; slot++ {
			to[slot] = uint32(len(b.segment.passages))
			v := b.grow()
			copy(v, from.vector(slot))
			b.addSlot(from.passages[slot], from.lengths[slot], v, from.vectored[slot])
		}
		b.addSpan(d.row, first)
	}
	for i, term := range from.terms {
		for _, p := range from.postings[from.offsets[i]:from.offsets[i+1]] {
			if from.alive[p.slot()] {
				b.keys = append(b.keys, uint64(term)<<32|uint64(to[p.slot()])<<countBits|uint64(p&maxCount))
			}
		}
	}
}

// done returns the segment. The builder is then empty and may be used for the
// next one of the space.
func (b *builder) done() *segment {
	s := b.segment
	b.sortByTerm()
	distinct := 0
	for i, k := range b.keys {
		if i == 0 || k>>32 != b.keys[i-1]>>32 {
			distinct++
		}
	}
	s.terms = make([]uint32, 0, distinct)
	s.offsets = make([]uint32, 0, distinct+1)
	s.postings = make([]posting, len(b.keys))
	for i, k := range b.keys {
		if i == 0 || k>>32 != b.keys[i-1]>>32 {
			s.terms = append(s.terms, uint32(k>>32))
			s.offsets = append(s.offsets, uint32(i))
		}
		s.postings[i] = posting(k)
	}
	s.offsets = append(s.offsets, uint32(len(b.keys)))
	s.trim()
	b.keys = b.keys[:0]
	b.segment = newBuilder(s.space, s.dimension).segment
	return s
}

// trim gives back the memory that growing took in advance.
func (s *segment) trim() {
	s.documents, s.passages, s.lengths = slices.Clone(s.documents), slices.Clone(s.passages), slices.Clone(s.lengths)
	if n := len(s.arena); n > 0 && cap(s.arena[n-1]) > len(s.arena[n-1]) {
		s.arena[n-1] = slices.Clone(s.arena[n-1])
	}
}

// sortByTerm sorts by the upper half and keeps the order of what is equal
// there: a radix sort, some bits at a time.
func (b *builder) sortByTerm() {
	const bits = 11
	if len(b.keys) < 4<<bits {
		slices.Sort(b.keys)
		return
	}
	greatest := slices.Max(b.keys)
	b.spare = slices.Grow(b.spare[:0], len(b.keys))[:len(b.keys)]
	for shift := 32; shift < 64 && greatest>>shift > 0; shift += bits {
		var at [1 << bits]int
		for _, k := range b.keys {
			at[k>>shift&(1<<bits-1)]++
		}
		sum := 0
		for digit, n := range at {
			at[digit] = sum
			sum += n
		}
		for _, k := range b.keys {
			digit := k >> shift & (1<<bits - 1)
			b.spare[at[digit]] = k
			at[digit]++
		}
		b.keys, b.spare = b.spare, b.keys
	}
}
