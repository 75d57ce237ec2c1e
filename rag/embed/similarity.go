package embed

import "math"

// comparison holds words to compare others with, see [Builtin.Likeness].
type comparison struct {
	table *Table
	// numbers are the words' rows, nil for one that the table does not hold.
	numbers  [][]int16
	inverses []float32
	// folded and unpacked are room for the word compared.
	folded   []byte
	unpacked []int16
}

// Likeness prepares words to be compared with others, of any of the table's
// languages. What it returns sets dst, as long as words, to the cosines of a
// folded word with each, and reports false where the table does not hold it;
// the cosine with a word that it does not hold is 0. That costs a few hundred
// nanoseconds a word; the function is for one goroutine.
func (Builtin) Likeness(words []string) func(dst []float32, word string) bool {
	t, err := builtinTable()
	if err != nil {
		return func([]float32, string) bool { return false }
	}
	c := &comparison{
		table: t, numbers: make([][]int16, len(words)), inverses: make([]float32, len(words)),
		unpacked: make([]int16, t.dimension),
	}
	for i, w := range words {
		if row, ok := c.find(w); ok {
			c.numbers[i] = unpack(t.row(row))
			c.inverses[i] = inverseLength(c.numbers[i], t.row(row))
		}
	}
	return c.compare
}

// find is the row of a word.
func (c *comparison) find(word string) (int, bool) {
	c.folded = append(c.folded[:0], word...)
	return c.table.find(c.folded, hashOf(word))
}

func (c *comparison) compare(dst []float32, word string) bool {
	row, ok := c.find(word)
	if !ok {
		return false
	}
	packed := c.table.row(row)
	unpackInto(c.unpacked, packed)
	inverse := inverseLength(c.unpacked, packed)
	for i, own := range c.numbers {
		dst[i] = 0
		if own != nil {
			dst[i] = float32(dotRow(own, packed)) * c.inverses[i] * inverse
		}
	}
	return true
}

// inverseLength is 1/length of a row, as rounded; 0 for a row of zeros.
func inverseLength(numbers []int16, row string) float32 {
	if n := dotRow(numbers, row); n > 0 {
		return float32(1 / math.Sqrt(float64(n)))
	}
	return 0
}
