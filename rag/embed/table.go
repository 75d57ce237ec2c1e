package embed

import (
	"fmt"
	"hash/crc32"
)

// Table holds vectors of words and of character n-grams, for all languages in
// one space. It reads the bytes it was opened with in place, never changes,
// and is safe for use by several goroutines.
type Table struct {
	layout
	data     string
	rowsData string
	checksum uint32

	neighbours neighbours
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
	return &Table{layout: l, data: data, rowsData: data[l.rowsAt():], checksum: checksum}, nil
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
	at := t.textAt() + int(uint32At(t.data, t.textsAt()+4*slot))
	end := t.textAt() + int(uint32At(t.data, t.textsAt()+4*slot+4))
	row := int(uint16At(t.data, t.firstsAt()+2*slot))
	for ; at < end; row++ {
		n := int(t.data[at])
		if n == len(word) && t.data[at+1:at+1+n] == string(word) {
			return row, true
		}
		at += 1 + n
	}
	return 0, false
}

func (t *Table) scale(row int) float32 { return float32At(t.data, t.scalesAt()+4*row) }

func (t *Table) row(row int) string { return t.rowsData[row*t.dimension : (row+1)*t.dimension] }
