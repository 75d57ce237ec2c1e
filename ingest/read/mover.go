package read

import "sort"

// mover carries what blocks say of each other over to where they are copied,
// block by block in their order.
type mover struct {
	from []Block
	// places has 1 + the new index of each block, 0 for one left out, and by how
	// far its text moved.
	places, by []int
}

// moved says where the next block went.
func (m *mover) moved(place, by int) {
	m.places, m.by = append(m.places, place), append(m.by, by)
}

// place is the new value of a Header or Lead, or else where it has none.
func (m *mover) place(old, or int) int {
	if old > 0 && old <= len(m.places) && m.places[old-1] > 0 {
		return m.places[old-1]
	}
	return or
}

// cells are those of the block that moved last. One may stand in a block before
// it, and is empty where that was left out.
func (m *mover) cells(b Block) []Span {
	if b.Cells == nil {
		return nil
	}
	last := len(m.by) - 1
	cells := make([]Span, len(b.Cells))
	for i, c := range b.Cells {
		in := last
		if c.Start < b.Start {
			in = sort.Search(last, func(n int) bool { return m.from[n].End >= c.End })
		}
		if m.places[in] == 0 || c.Start < m.from[in].Start {
			cells[i] = Span{Start: b.Start + m.by[last], End: b.Start + m.by[last]}
		} else {
			cells[i] = Span{Start: c.Start + m.by[in], End: c.End + m.by[in]}
		}
	}
	return cells
}
