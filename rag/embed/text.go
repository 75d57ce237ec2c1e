package embed

import (
	"math"
	"sync"

	"docent/rag/lang"
)

// Embed sets dst, of t's dimension, to the vector of a text: the sum over its
// distinct words of (1 + ln of how often) times the word's vector, made one
// long. It reports false, and leaves dst undefined, where the text has no
// words. It allocates nothing once warm, so that many short texts cost little.
func (t *Table) Embed(dst []float32, text string) bool {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	return t.embed(s, dst, text)
}

func (t *Table) embed(s *scratch, dst []float32, text string) bool {
	s.countWords(text)
	dst = dst[:t.dimension]
	clear(dst)
	for i := range s.words {
		w := &s.words[i]
		t.add(dst, s, s.folded[w.start:w.end], w.hash, frequencyWeight(w.count))
	}
	return normalise(dst)
}

// add adds a word's vector, or the mean of its n-grams' times the root of
// their number, which is as long as one where they have nothing in common.
func (t *Table) add(dst []float32, s *scratch, word []byte, hash uint64, weight float32) {
	if row, ok := t.find(word, hash); ok {
		addRow(dst, t.row(row), weight*t.scale(row))
		return
	}
	s.grams = AppendGrams(s.grams[:0], word, t.buckets)
	weight /= float32(math.Sqrt(float64(len(s.grams))))
	for _, g := range s.grams {
		row := t.words + int(g)
		addRow(dst, t.row(row), weight*t.scale(row))
	}
}

// normalise makes v one long; it reports false for zero. Four sums need not
// wait for each other.
func normalise(v []float32) bool {
	var sums [4]float64
	for i := 0; i+4 <= len(v); i += 4 {
		a, b, c, d := float64(v[i]), float64(v[i+1]), float64(v[i+2]), float64(v[i+3])
		sums[0] += float64(a * a)
		sums[1] += float64(b * b)
		sums[2] += float64(c * c)
		sums[3] += float64(d * d)
	}
	sum := sums[0] + sums[1] + sums[2] + sums[3]
	if sum == 0 {
		return false
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
	return true
}

func frequencyWeight(n uint32) float32 {
	if n == 1 {
		return 1
	}
	return float32(1 + math.Log(float64(n)))
}

// scratch is what embedding a text needs, kept for the next.
type scratch struct {
	folded []byte
	// words are distinct, in the order of the text: sums of floats depend on
	// their order, and one text has one vector.
	words []counted
	// numbers find a word in words by its hash.
	numbers map[uint64]int
	grams   []uint32
}

type counted struct {
	hash       uint64
	start, end uint32
	count      uint32
}

// What a scratch may keep; a text of a megabyte must not stay in memory.
const maxKept = 1 << 16

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// countWords finds the distinct words of a text.
func (s *scratch) countWords(text string) {
	if s.numbers == nil || cap(s.folded) > maxKept {
		*s = scratch{numbers: make(map[uint64]int)}
	}
	s.folded = lang.AppendFold(s.folded[:0], text)
	s.words = s.words[:0]
	clear(s.numbers)
	for at := 0; ; {
		start, end, hash := nextWord(s.folded, at)
		if start == end {
			return
		}
		s.count(start, end, hash)
		at = end
	}
}

// count takes words of one hash of 64 bits for one word.
func (s *scratch) count(start, end int, hash uint64) {
	if n, ok := s.numbers[hash]; ok {
		s.words[n].count++
		return
	}
	s.numbers[hash] = len(s.words)
	s.words = append(s.words, counted{hash: hash, start: uint32(start), end: uint32(end), count: 1})
}
