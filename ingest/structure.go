package ingest

import (
	"slices"
	"strings"

	"docent/ingest/read"
)

// structure is how the blocks of a document lean on each other. What a reader
// says of it wins; else the place of a block tells.
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

	// question is 1 + the question that is being answered, or 0.
	question int
	// lists has the group of the last item of each level under each lead.
	lists map[[2]int]int
}

func structureOf(doc read.Document) *structure {
	n := len(doc.Blocks)
	s := &structure{Document: doc, leads: make([]int, n), groups: make([]int, n), extents: make([]int, n), names: make([]bool, n), announces: make([]bool, n), lists: make(map[[2]int]int)}
	before := -1 // the last block that is no furniture
	for i, b := range doc.Blocks {
		if b.Kind == read.Furniture {
			continue
		}
		if b.Kind == read.Heading || b.Kind == read.Question {
			s.question = 0
			clear(s.lists)
		}
		s.leads[i] = s.lead(i, before)
		s.groups[i] = s.groupOf(i, before)
		if s.asks(i) {
			s.question = i + 1
		}
		before = i
	}
	s.measure()
	return s
}

// measure finds the extents and the header rows.
func (s *structure) measure() {
	for i := len(s.Blocks) - 1; i >= 0; i-- {
		b := s.Blocks[i]
		s.extents[i] = max(s.extents[i], b.End)
		if b.Kind == read.TableRow && validLead(b.Header, i) {
			s.names[b.Header-1] = true
			s.extents[b.Header-1] = max(s.extents[b.Header-1], s.extents[i])
		}
		if lead := s.leads[i]; lead > 0 && b.Kind != read.Note {
			s.extents[lead-1] = max(s.extents[lead-1], s.extents[i])
			s.names[lead-1] = s.names[lead-1] || s.names[i] && s.Blocks[lead-1].Kind == read.TableRow
			s.announces[lead-1] = s.announces[lead-1] || b.Kind != read.Paragraph && b.Kind != read.Caption
		}
	}
}

// validLead reports whether 1 + the index of a block names one before block i.
func validLead(lead, i int) bool { return lead > 0 && lead <= i }

// asks reports whether what follows a block answers it.
func (s *structure) asks(i int) bool {
	b := s.Blocks[i]
	return b.Kind == read.Question || b.Kind == read.Heading && s.endsWith(i, "?", "？", "؟")
}

// endsWith reports whether a block ends with one of the marks, bracketed or not.
func (s *structure) endsWith(i int, marks ...string) bool {
	b := s.Blocks[i]
	text := strings.TrimRight(s.Text[b.Start:b.End], " \u00a0\u202f)»”\"'*_")
	return slices.ContainsFunc(marks, func(m string) bool { return strings.HasSuffix(text, m) })
}

// lead returns 1 + the block that block i is read with, given the one before it.
func (s *structure) lead(i, before int) int {
	b := s.Blocks[i]
	if validLead(b.Lead, i) {
		return b.Lead
	}
	if before < 0 {
		return 0
	}
	switch b.Kind {
	case read.ListItem:
		return s.itemLead(i, before)
	case read.TableRow:
		return s.rowLead(i, before)
	case read.Code:
		if s.Blocks[before].Kind == read.ListItem && s.goesOn(i) {
			return before + 1
		}
		return s.colonLead(before)
	case read.Definition, read.Field:
		return s.colonLead(before)
	case read.Heading, read.Question, read.Term, read.Note, read.Quoted, read.Furniture:
		return 0
	case read.Paragraph, read.Caption:
	}
	return s.question
}

// colonLead is the block before one, if it announces it, else the question that
// both answer.
func (s *structure) colonLead(before int) int {
	if s.Blocks[before].Kind != read.Heading && s.endsWith(before, ":", "：") {
		return before + 1
	}
	return s.question
}

// goesOn reports whether the block after block i is an item.
func (s *structure) goesOn(i int) bool {
	return i+1 < len(s.Blocks) && s.Blocks[i+1].Kind == read.ListItem
}

// itemLead is the item that an item is nested in, or what leads to its list.
func (s *structure) itemLead(i, before int) int {
	at := s.itemBefore(before)
	if at < 0 {
		return s.colonLead(before)
	}
	level := s.Blocks[i].Level
	for at >= 0 && s.Blocks[at].Kind == read.ListItem && s.Blocks[at].Level > level {
		at = s.leads[at] - 1
	}
	switch {
	case at < 0:
		return 0
	case s.Blocks[at].Kind == read.ListItem && s.Blocks[at].Level == level:
		return s.leads[at]
	}
	return at + 1
}

// itemBefore is a block itself if it is an item, or else the item that it is a
// part of, or -1.
func (s *structure) itemBefore(i int) int {
	for i >= 0 && (s.Blocks[i].Kind != read.ListItem || s.isMore(i)) {
		i = s.leads[i] - 1
	}
	return i
}

// isMore reports whether an item goes on with the one that leads it.
func (s *structure) isMore(i int) bool {
	lead := s.leads[i] - 1
	return lead >= 0 && s.Blocks[lead].Kind == read.ListItem && s.Blocks[lead].Level >= s.Blocks[i].Level
}

func (s *structure) rowLead(i, before int) int {
	switch b, prev := s.Blocks[i], s.Blocks[before]; {
	case b.Header > 0:
		return 0 // its header has one
	case prev.Kind == read.TableRow && prev.Header == 0:
		return s.leads[before]
	case prev.Kind == read.Caption:
		return before + 1
	}
	return s.colonLead(before)
}

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
// level under the same lead. What goes on with an item has none.
func (s *structure) listOf(i, before int) int {
	key := [2]int{s.leads[i], s.Blocks[i].Level}
	if s.isMore(i) {
		return 0
	}
	led := key[0] > 0 && !s.asks(key[0]-1) // so that text may stand between the items
	if list := s.lists[key]; list > 0 && (led || s.itemBefore(before) >= 0) {
		return list
	}
	s.lists[key] = i + 1
	return i + 1
}

// asked returns 1 + the question or the quoted line that block i answers, or 0.
func (s *structure) asked(i int) int {
	for lead := s.leads[i]; lead > 0; lead = s.leads[lead-1] {
		switch s.Blocks[lead-1].Kind {
		case read.Question, read.Quoted, read.Heading:
			return lead
		}
	}
	return 0
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
