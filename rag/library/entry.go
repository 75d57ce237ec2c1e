package library

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// An entry is what a passage is found by, as it is stored: the number of its
// terms and of its words, each term as the distance from the last one's number
// with its count (all as varints), then a byte that tells whether a vector
// follows, as little-endian float32. The entries of a document's passages
// follow one another.

type termCount struct {
	id    int64
	count int
}

func appendEntry(data []byte, terms []termCount, vector []float32) []byte {
	slices.SortFunc(terms, func(a, b termCount) int { return cmp.Compare(a.id, b.id) })
	length := 0
	for _, t := range terms {
		length += t.count
	}
	data = binary.AppendUvarint(data, uint64(len(terms)))
	data = binary.AppendUvarint(data, uint64(length))
	var last int64
	for _, t := range terms {
		data = binary.AppendUvarint(data, uint64(t.id-last))
		data = binary.AppendUvarint(data, uint64(t.count))
		last = t.id
	}
	if vector == nil {
		return append(data, 0)
	}
	data = append(data, 1)
	for _, x := range vector {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
	}
	return data
}

var errEntry = errors.New("an index entry is damaged")

// entryReader takes the entries of a document apart without allocating.
type entryReader struct {
	data []byte
	bad  bool
}

func (r *entryReader) more() bool { return len(r.data) > 0 && !r.bad }

func (r *entryReader) number() uint64 {
	x, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.data = r.data[n:]
	return x
}

// vector copies the vector into to; false where the passage has none.
func (r *entryReader) vector(to []float32) bool {
	if len(r.data) == 0 {
		r.bad = true
		return false
	}
	has := r.data[0] == 1
	r.data = r.data[1:]
	if !has {
		return false
	}
	if len(r.data) < 4*len(to) {
		r.bad = true
		return false
	}
	for i := range to {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(r.data[4*i:]))
	}
	r.data = r.data[4*len(to):]
	return true
}
