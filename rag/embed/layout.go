package embed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// A table is one block of bytes, little-endian, read where it lies:
//
//	magic      8 bytes, "docentE2"; the digit is the version of the layout
//	checksum   uint32, CRC-32C of all that follows
//	words      uint32, W
//	buckets    uint32, B, for the n-grams of words that are not in the table
//	dimension  uint32, D, a multiple of 32
//	slots      uint32, S, a power of two
//	text       uint32, T, the bytes of the words with their lengths
//	scales     W+B float32
//	texts      S+1 uint32: where the words of a slot begin in the text
//	firsts     S+1 uint16: the row of a slot's first word
//	text       T bytes: each word as a length byte and its letters
//	rows       (W+B)·D/2 bytes: the rows of the words, then of the buckets, each
//	           number four bits, in the order that kernel.go says
//
// A word is looked for in slot FNV-1a(word) mod S, and the rows of its words
// follow each other. The vector of row r is scales[r] times its numbers.
type layout struct {
	words, buckets, dimension, slots, textSize int
}

const (
	magic      = "docentE2"
	headerSize = len(magic) + 6*4
	maxWords   = math.MaxUint16
	maxLetters = math.MaxUint8
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errCorrupt is for what cannot be a table, or is one no more.
var errCorrupt = errors.New("the table of word vectors is corrupt")

func (l layout) rows() int     { return l.words + l.buckets }
func (l layout) scalesAt() int { return headerSize }
func (l layout) textsAt() int  { return l.scalesAt() + 4*l.rows() }
func (l layout) firstsAt() int { return l.textsAt() + 4*(l.slots+1) }
func (l layout) textAt() int   { return l.firstsAt() + 2*(l.slots+1) }
func (l layout) rowsAt() int   { return l.textAt() + l.textSize }
func (l layout) size() int     { return l.rowsAt() + l.rows()*l.dimension/2 }

// valid tells a layout that can be computed with from one that cannot.
func (l layout) valid() bool {
	return l.words <= maxWords && l.buckets > 0 && l.buckets <= 1<<24 && l.textSize <= maxWords*(maxLetters+1) &&
		l.dimension > 0 && l.dimension <= 1<<12 && l.dimension%lanes == 0 &&
		l.slots > 0 && l.slots <= 1<<20 && l.slots&(l.slots-1) == 0
}

// putHeader writes the header of a table, its checksum last.
func (l layout) putHeader(data []byte) {
	copy(data, magic)
	for i, n := range []int{l.words, l.buckets, l.dimension, l.slots, l.textSize} {
		binary.LittleEndian.PutUint32(data[len(magic)+4+4*i:], uint32(n))
	}
	binary.LittleEndian.PutUint32(data[len(magic):], crc32.Checksum(data[len(magic)+4:], castagnoli))
}

// readLayout reads the header of a table and holds the rest to it.
func readLayout(data string) (l layout, checksum uint32, err error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return l, 0, fmt.Errorf("%w: it does not begin with %q", errCorrupt, magic)
	}
	var n [6]uint32
	for i := range n {
		n[i] = uint32At(data, len(magic)+4*i)
	}
	l = layout{words: int(n[1]), buckets: int(n[2]), dimension: int(n[3]), slots: int(n[4]), textSize: int(n[5])}
	if !l.valid() || len(data) != l.size() {
		return l, 0, fmt.Errorf("%w: %d bytes do not fit its header", errCorrupt, len(data))
	}
	return l, n[0], nil
}

func uint32At(s string, at int) uint32 {
	s = s[at : at+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func uint16At(s string, at int) uint16 {
	s = s[at : at+2]
	return uint16(s[0]) | uint16(s[1])<<8
}

func float32At(s string, at int) float32 { return math.Float32frombits(uint32At(s, at)) }
