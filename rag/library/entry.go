package library

import (
	"cmp"
	"encoding/binary"
	"fmt"
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

var errEntry = fmt.Errorf("%w: an index entry is not what was stored", ErrDamaged)

// verifyChecksum returns what appendPassage wrote, without the checksum.
func verifyChecksum(data []byte) ([]byte, error) {
	at := len(data) - crc32.Size
	if at < 0 || crc32.Checksum(data[:at], castagnoli) != binary.LittleEndian.Uint32(data[at:]) {
		return nil, errEntry
	}
	return data[:at], nil
}

// readEntry counts the passages of an entry, and calls term for each of its terms.
func readEntry(data []byte, dimension int, term func(id int64)) (passages int, err error) {
	data, err = verifyChecksum(data)
	d := decoder{data: data}
	for ; err == nil && d.more(); passages++ {
		var id uint64
		for n := d.number(); n > 0 && !d.bad; n-- {
			id += d.number()
			d.number() // its count
			term(int64(id))
		}
		if d.byte() == 1 {
			d.take(4 * dimension)
		}
	}
	if d.bad {
		err = errEntry
	}
	return passages, err
}

// decoder takes apart what is stored, without allocating. After bad, what it
// returns means nothing.
type decoder struct {
	data []byte
	bad  bool
}

func (d *decoder) more() bool { return len(d.data) > 0 && !d.bad }

// take returns the next n bytes, or nil where there are none, or not as many.
func (d *decoder) take(n int) []byte {
	if n <= 0 || n > len(d.data) {
		d.bad, d.data = true, nil
		return nil
	}
	taken := d.data[:n]
	d.data = d.data[n:]
	return taken
}

func (d *decoder) byte() byte {
	for _, b := range d.take(1) {
		return b
	}
	return 0
}

func (d *decoder) number() uint64 {
	x, n := binary.Uvarint(d.data)
	d.take(n)
	return x
}

func (d *decoder) signed() int64 {
	x, n := binary.Varint(d.data)
	d.take(n)
	return x
}

func (d *decoder) vector(to []float32) {
	data := d.take(4 * len(to))
	for i := range len(data) / 4 {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
}
