package library

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
)

// An entry is what the passages of a document are found by, as it is stored:
// for each passage the number of its terms, then each term as the distance
// from the last one's number with its count (all as varints), then a byte that
// tells whether a vector follows, as little-endian float32. A CRC-32C of all
// that closes the entry, since SQLite notices a damaged page but not a
// damaged byte.

type termCount struct {
	id    int64
	count int
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendPassage adds a passage to an entry. A term given twice counts twice.
func appendPassage(data []byte, terms []termCount, vector []float32) []byte {
	slices.SortFunc(terms, func(a, b termCount) int { return cmp.Compare(a.id, b.id) })
	distinct := terms[:0]
	for _, t := range terms {
		if n := len(distinct); n > 0 && distinct[n-1].id == t.id {
			distinct[n-1].count += t.count
			continue
		}
		distinct = append(distinct, t)
	}
	data = binary.AppendUvarint(data, uint64(len(distinct)))
	var last int64
	for _, t := range distinct {
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

func appendChecksum(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
}

var errEntry = errors.New("an index entry is damaged")

// verifyChecksum returns what appendPassage wrote, without the checksum.
func verifyChecksum(data []byte) ([]byte, error) {
	at := len(data) - crc32.Size
	if at < 0 || crc32.Checksum(data[:at], castagnoli) != binary.LittleEndian.Uint32(data[at:]) {
		return nil, errEntry
	}
	return data[:at], nil
}

// entryReader takes an opened entry apart without allocating. After bad, what
// it returns means nothing.
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

// hasVector tells whether the passage has one, to be read by vector.
func (r *entryReader) hasVector() bool {
	if len(r.data) == 0 {
		r.bad = true
		return false
	}
	has := r.data[0] == 1
	r.data = r.data[1:]
	return has
}

func (r *entryReader) vector(to []float32) {
	if len(r.data) < 4*len(to) {
		r.bad = true
		return
	}
	for i := range to {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(r.data[4*i:]))
	}
	r.data = r.data[4*len(to):]
}
