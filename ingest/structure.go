package ingest

import (
	"slices"

	"docent/ingest/read"
)

// structure is how the blocks of a document lean on each other, as its reader
// says: those of the Document, where no lead and no header stands behind what it
// leads.
type structure struct {
	read.Document
	relations []relation // by block
	// rows counts those of sheets.
	rows int
	// lists has the group of the last item of each level under each lead.
	lists map[[2]int]int
}

// relation is how other blocks lean on one.
type relation struct {
	// group is a number that the parts of one list, table, answer or piece of
	// code have in common, or 0.
	group int
	// extent is where the last block that leans on this one ends.
	extent int
	// names says that it names the columns of a row, announces that it leads to
	// a list, a table or the like.
	names, announces bool
}

func structureOf(doc read.Document) *structure {
	s := &structure{Document: doc, relations: make([]relation, len(doc.Blocks)), lists: make(map[[2]int]int)}
	s.Blocks = slices.Clone(doc.Blocks)
	before := -1 // the last block that is no furniture
	for i := range s.Blocks {
		b := &s.Blocks[i]
		if b.Header > i {
			b.Header = 0
		}
		if b.Lead > i || b.Kind == read.Furniture {
			b.Lead = 0
		}
		if b.Row > 0 {
			s.rows++
		}
		switch b.Kind {
		case read.Furniture:
			continue
		case read.Heading:
			clear(s.lists)
		}
		s.relations[i].group = s.groupOf(i, before)
		before = i
	}
	s.measure()
	return s
}

// measure finds the extents and what names columns or announces.
func (s *structure) measure() {
	for i, b := range slices.Backward(s.Blocks) {
		r := &s.relations[i]
		r.extent = max(r.extent, b.End)
		if b.Kind == read.TableRow && b.Header > 0 {
			header := &s.relations[b.Header-1]
			header.names, header.extent = true, max(header.extent, r.extent)
		}
		if b.Lead > 0 && b.Kind != read.Note {
			lead := &s.relations[b.Lead-1]
			lead.extent = max(lead.extent, r.extent)
			lead.names = lead.names || r.names && s.Blocks[b.Lead-1].Kind == read.TableRow
			lead.announces = lead.announces || b.Kind != read.Paragraph && b.Kind != read.Caption
		}
	}
}

// groupOf returns the number of the group that block i is in, given the block
// before it.
func (s *structure) groupOf(i, before int) int {
	switch b := s.Blocks[i]; b.Kind {
	case read.ListItem:
		return s.listOf(i, before)
	case read.TableRow:
		if b.Header > 0 {
			return b.Header
		}
		if before >= 0 && s.Blocks[before].Kind == read.TableRow && s.Blocks[before].Header == 0 {
			return s.relations[before].group
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
	key := [2]int{s.Blocks[i].Lead, s.Blocks[i].Level}
	if list := s.lists[key]; list > 0 && (key[0] > 0 && !s.asks(key[0]-1) || s.isInList(before)) {
		return list
	}
	s.lists[key] = i + 1
	return i + 1
}

// isInList reports whether a block is an item or is read with one.
func (s *structure) isInList(i int) bool {
	for ; i >= 0; i = s.Blocks[i].Lead - 1 {
		if s.Blocks[i].Kind == read.ListItem {
			return true
		}
	}
	return false
}

// asked returns 1 + the question or the quoted line that block i answers, or 0.
func (s *structure) asked(i int) int {
	for lead := s.Blocks[i].Lead; lead > 0; lead = s.Blocks[lead-1].Lead {
		if s.asks(lead - 1) {
			return lead
		}
	}
	return 0
}

// asks reports whether what is read with a block answers it. A heading that
// others are read with does.
func (s *structure) asks(i int) bool {
	kind := s.Blocks[i].Kind
	return kind == read.Question || kind == read.Quoted || kind == read.Heading
}

// chain lists the blocks that block i is read with, outermost first.
func (s *structure) chain(i int) []int {
	var chain []int
	for todo := []int{i}; len(todo) > 0 && len(chain) < mostContext; todo = todo[1:] {
		b := s.Blocks[todo[0]]
		for _, lead := range []int{b.Lead, b.Header} {
			if lead > 0 && !slices.Contains(chain, lead-1) && (b.Kind != read.Note || todo[0] == i) {
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
