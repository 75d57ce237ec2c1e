package embed

import (
	"fmt"
	"hash/crc32"
	"sort"
	"sync"
	"sync/atomic"
)

// Table holds vectors of words and of character n-grams, for all languages in
// one space. It reads the bytes it was opened with in place, never changes,
// and is safe for use by several goroutines.
type Table struct {
	layout
	// The parts of the data, as the layout has them.
	scales, texts, firsts, text, numbers string

	// lengths are computed when they are first asked for.
	lengths func() []float32
	// kept holds the neighbours of words by their rows.
	kept [keptNeighbours]atomic.Pointer[neighbourhood]
}

// OpenTable reads a table made by Encode. It builds nothing: what it costs is
// one pass over the bytes for their checksum.
func OpenTable(data string) (*Table, error) {
	l, checksum, err := readLayout(data)
	if err != nil {
		return nil, err
	}
	if got := checksumOf(data[len(magic)+4:]); got != checksum {
		return nil, fmt.Errorf("%w: its checksum is %08x, not %08x", errCorrupt, got, checksum)
	}
	t := &Table{
		layout:  l,
		scales:  data[l.scalesAt():l.textsAt()],
		texts:   data[l.textsAt():l.firstsAt()],
		firsts:  data[l.firstsAt():l.textAt()],
		text:    data[l.textAt():l.rowsAt()],
		numbers: data[l.rowsAt():],
	}
	t.lengths = sync.OnceValue(t.inverseLengths)
	return t, nil
}

// checksumOf copies no more than a page at a time.
func checksumOf(data string) (sum uint32) {
	var page [16 << 10]byte
	for data != "" {
		n := copy(page[:], data)
		sum = crc32.Update(sum, castagnoli, page[:n])
		data = data[n:]
	}
	return sum
}

// find returns the row of a folded word with its hash, false where the table
// does not hold it.
func (t *Table) find(word []byte, hash uint64) (int, bool) {
	slot := slotOf(hash, t.slots)
	at, end := int(uint32At(t.texts, 4*slot)), int(uint32At(t.texts, 4*slot+4))
	row := int(uint16At(t.firsts, 2*slot))
	for ; at < end; row++ {
		next := at + 1 + int(t.text[at])
		if t.text[at+1:next] == string(word) {
			return row, true
		}
		at = next
	}
	return 0, false
}

func (t *Table) scale(row int) float32 { return float32At(t.scales, 4*row) }

func (t *Table) row(row int) string {
	size := t.dimension / 2
	return t.numbers[row*size : (row+1)*size]
}

// word is the word of a row.
func (t *Table) word(row int) string {
	slot := sort.Search(t.slots, func(s int) bool { return int(uint16At(t.firsts, 2*(s+1))) > row })
	at := int(uint32At(t.texts, 4*slot))
	for range row - int(uint16At(t.firsts, 2*slot)) {
		at += 1 + int(t.text[at])
	}
	return t.text[at+1 : at+1+int(t.text[at])]
}
