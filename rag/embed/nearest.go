package embed

import (
	"cmp"
	"iter"
	"slices"

	"docent/rag/lang"
)

// Nearest yields the words nearest to a word, see [Builtin.Nearest].
func (t *Table) Nearest(word string, least float32) iter.Seq2[string, float32] {
	return func(yield func(string, float32) bool) {
		word := lang.Fold(word)
		own, ok := t.find([]byte(word), hashOf(word))
		if !ok {
			return
		}
		for _, near := range t.neighbours(own, least) {
			if !yield(t.word(int(near.row)), near.cosine) {
				return
			}
		}
	}
}

type nearRow struct {
	row    int32
	cosine float32
}

// keptNeighbours is the number of words whose neighbours are kept at hand: people
// ask with few words, and the table does not change.
const keptNeighbours = 1 << 10

type neighbourhood struct {
	row   int
	least float32
	near  []nearRow
}

// neighbours are those of near, kept from the last time they were asked for.
func (t *Table) neighbours(own int, least float32) []nearRow {
	slot := &t.kept[own%keptNeighbours]
	if known := slot.Load(); known != nil && known.row == own && known.least == least {
		return known.near
	}
	near := t.near(own, least)
	slot.Store(&neighbourhood{row: own, least: least, near: near})
	return near
}

// near scans the rows. A row's scale has no part in a cosine, so it computes
// with the rounded numbers themselves.
func (t *Table) near(own int, least float32) []nearRow {
	inverses := t.lengths()
	query := unpack(t.row(own))
	var found []nearRow
	for row := range t.words {
		cosine := float32(dotRow(query, t.row(row))) * inverses[row] * inverses[own]
		if cosine >= least && row != own {
			found = append(found, nearRow{int32(row), cosine})
		}
	}
	slices.SortFunc(found, func(a, b nearRow) int {
		return cmp.Or(cmp.Compare(b.cosine, a.cosine), cmp.Compare(a.row, b.row))
	})
	return found
}

// inverseLengths are 1/length of the words' rows, as rounded.
func (t *Table) inverseLengths() []float32 {
	inverses := make([]float32, t.words)
	for row := range inverses {
		r := t.row(row)
		inverses[row] = inverseLength(unpack(r), r)
	}
	return inverses
}
