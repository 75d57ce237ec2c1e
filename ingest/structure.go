package ingest

import (
	"slices"

	"docent/ingest/read"
)

// structure is how the blocks of a document lean on each other, as its reader says.
type structure struct {
	read.Document
	// leads has, for each block, 1 + the block that it is read with, or 0.
	leads []int
	// groups has, for each block, a number that the parts of one list, table,
	// answer or piece of code have in common, or 0.
	groups []int
	// extents has, for each block, where the last block that leans on it ends.
	extents []int
	// names says which blocks name the columns of a row, announces which ones
	// lead to a list, a table or the like.
	names, announces []bool

	// lists has the group of the last item of each level under each lead.
	lists map[[2]int]int
}

func structureOf(doc read.Document) *structure {
	n := len(doc.Blocks)
	s := &structure{
		Document: doc, leads: make([]int, n), groups: make([]int, n), extents: make([]int, n),
		names: make([]bool, n), announces: make([]bool, n), lists: make(map[[2]int]int),
	}
	before := -1 // the last block that is no furniture
	for i, b := range doc.Blocks {
		if b.Kind == read.Furniture {
			continue
		}
		if b.Kind == read.Heading {
			clear(s.lists)
		}
		if validLead(b.Lead, i) {
			s.leads[i] = b.Lead
		}
		s.groups[i] = s.groupOf(i, before)
		before = i
	}
	s.measure()
	return s
}

// measure finds the extents and what names columns or announces.
func (s *structure) measure() {
	for i := len(s.Blocks) - 1; i >= 0; i-- {
		b := s.Blocks[i]
		s.extents[i] = max(s.extents[i], b.End)
		if b.Kind == read.TableRow && validLead(b.Header, i) {
			s.names[b.Header-1] = true
			s.extents[b.Header-1] = max(s.extents[b.Header-1], s.extents[i])
		}
		if lead := s.leads[i] - 1; lead >= 0 && b.Kind != read.Note {
			s.extents[lead] = max(s.extents[lead], s.extents[i])
			s.names[lead] = s.names[lead] || s.names[i] && s.Blocks[lead].Kind == read.TableRow
			s.announces[lead] = s.announces[lead] || b.Kind != read.Paragraph && b.Kind != read.Caption
		}
	}
}

// validLead reports whether 1 + the index of a block names one before block i.
func validLead(lead, i int) bool { return lead > 0 && lead <= i }

// groupOf returns the number of the group that block i is in, given the block
// before it.
func (s *structure) groupOf(i, before int) int {
	switch b := s.Blocks[i]; b.Kind {
	case read.ListItem:
		return s.listOf(i, before)
	case read.TableRow:
		switch {
		case validLead(b.Header, i):
			return b.Header
		case before >= 0 && s.Blocks[before].Kind == read.TableRow && s.Blocks[before].Header == 0:
			return s.groups[before]
		}
		return i + 1
	case read.Code:
		return i + 1
	case read.Paragraph:
		return s.asked(i)
	default:
		return 0
	}
}

// listOf is the group of the item's list: that of the item before it on its
// level under the same lead. Between items without a lead-in stands nothing but
// what is read with them.
func (s *structure) listOf(i, before int) int {
	key := [2]int{s.leads[i], s.Blocks[i].Level}
	if list := s.lists[key]; list > 0 && (key[0] > 0 && !s.asks(key[0]-1) || s.isInList(before)) {
		return list
	}
	s.lists[key] = i + 1
	return i + 1
}

// isInList reports whether a block is an item or is read with one.
func (s *structure) isInList(i int) bool {
	for ; i >= 0; i = s.leads[i] - 1 {
		if s.Blocks[i].Kind == read.ListItem {
			return true
		}
	}
	return false
}

// asked returns 1 + the question or the quoted line that block i answers, or 0.
func (s *structure) asked(i int) int {
	for lead := s.leads[i]; lead > 0; lead = s.leads[lead-1] {
		if s.asks(lead - 1) {
			return lead
		}
	}
	return 0
}

// asks reports whether what is read with a block answers it. A heading that
// others are read with does.
func (s *structure) asks(i int) bool {
	switch s.Blocks[i].Kind {
	case read.Question, read.Quoted, read.Heading:
		return true
	default:
		return false
	}
}

// chain lists the blocks that block i is read with, outermost first.
func (s *structure) chain(i int) []int {
	var chain []int
	for todo := []int{i}; len(todo) > 0 && len(chain) < mostContext; todo = todo[1:] {
		b := s.Blocks[todo[0]]
		for _, lead := range []int{s.leads[todo[0]], b.Header} {
			if validLead(lead, todo[0]) && !slices.Contains(chain, lead-1) && (b.Kind != read.Note || todo[0] == i) {
				chain = append(chain, lead-1)
				todo = append(todo, lead-1)
			}
		}
	}
	slices.Sort(chain)
	return chain
}

// mostContext bounds what one unit is read with.
const mostContext = 8
