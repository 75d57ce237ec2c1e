package ingest

import (
	"cmp"
	"slices"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/lang"
)

const (
	// passageWords is the size of a passage in words, maxPassageWords the size that a
	// better place to cut may stretch it to.
	passageWords, maxPassageWords = 180, 200
	// maxKeptWords is the size that a list, table or answer may have to stay
	// whole.
	maxKeptWords = 250
	// maxUnitBytes bounds what is never cut, in bytes.
	maxUnitBytes = 4000
	// maxHeadingBytes bounds what a heading adds to each passage under it, in
	// bytes.
	maxHeadingBytes = 300
	// maxRowPassages is up to how many rows of sheets are a passage each. A passage
	// takes a kilobyte and a half of memory wherever the library is searched,
	// and a small file can have half a million rows.
	maxRowPassages = 20_000
)

// Split cuts a document into the passages that are indexed, in order and
// without overlap, and each of them into its units.
//
// A passage is a run of whole units under one heading, of about 120 to 180
// words where there are as many. A unit is a sentence, an item of a list, a row of
// a table, a line of code; one of more than 4,000 bytes is cut, and an item longer
// than a passage at its sentences. What leans on each other stays in one passage
// up to 250 words: a list with its lead-in, a table with its header, a question
// with its answer.
//
// A row of a sheet is a passage of its own, unless the document has more than
// 20,000. Furniture is in no passage, and no passage is on two pages, so that
// whatever is quoted of it is on its page. The
// names of a table's columns stand in the heading path of the passages that
// begin below them. A heading is in the heading path of the passages
// under it and in none of their texts, unless nothing is under it: then it is
// a unit under the headings above it, so that it is found too; so is one
// that is too long for the path.
//
// The language of a passage is its own where that shows, else the one that the
// document declares or is mostly in.
func Split(id rag.DocumentID, doc read.Document) []rag.Passage {
	s := splitter{structure: structureOf(doc), last: make([]int, len(doc.Blocks))}
	s.units = make([]rag.Unit, 0, max(len(doc.Blocks), len(doc.Text)/150))
	s.pieces = make([]piece, 0, cap(s.units))
	for i, b := range s.Blocks {
		s.block(i, b)
	}
	s.close()
	s.group()
	s.keep()
	passages := s.passages()
	most := languageOf(passages)
	for i := range passages {
		p := &passages[i]
		p.ID = rag.PassageID{Document: id, N: i + 1}
		p.Language = cmp.Or(p.Language, doc.Language, most)
	}
	return passages
}

type splitter struct {
	*structure
	headings []heading
	units    []rag.Unit
	pieces   []piece // of the units
	// last has, for each block, 1 + the last of its units, or 0.
	last     []int
	sections []section
	// shared is the context of the block that was added last.
	shared struct {
		leads   [2]int
		context []lang.Span
	}
}

type heading struct {
	text  string
	level int
}

// section is a run of units that no passage goes beyond.
type section struct {
	from, to int
	path     []string
}

func (s *splitter) block(i int, b read.Block) {
	if n := len(s.pieces); n > 0 && s.Blocks[s.pieces[n-1].block].Page != b.Page {
		s.close() // the page of a passage is that of every quote of it
	}
	switch {
	case b.Kind == read.Furniture:
		s.close()
	case b.Kind == read.Heading:
		s.heading(i, b)
	case b.Row > 0 && s.rows <= maxRowPassages:
		s.close()
		if !s.namesColumns(i) {
			s.add(i, b)
			s.close()
		}
	default:
		s.add(i, b)
	}
}

func (s *splitter) heading(i int, b read.Block) {
	above := slices.IndexFunc(s.headings, func(h heading) bool { return h.level >= b.Level })
	if above >= 0 {
		s.close()
		s.headings = s.headings[:above]
	}
	if s.childless(i, b) {
		s.add(i, b)
		return
	}
	s.close()
	text := lang.OneLine(s.Text[b.Start:b.End])
	s.headings = append(s.headings, heading{text: lang.FirstBytes(text, maxHeadingBytes), level: b.Level})
	if len(text) > maxHeadingBytes {
		s.add(i, b) // so that what is cut off is found
	}
}

// childless reports whether no text and no lower heading follows block i.
func (s *splitter) childless(i int, b read.Block) bool {
	for _, next := range s.Blocks[i+1:] {
		if next.Kind != read.Furniture {
			return next.Kind == read.Heading && next.Level <= b.Level
		}
	}
	return true
}

// namesColumns reports whether block i is the header of the row after it.
func (s *splitter) namesColumns(i int) bool {
	return i+1 < len(s.Blocks) && s.Blocks[i+1].Header == i+1
}

// close ends a section.
func (s *splitter) close() {
	from := 0
	if n := len(s.sections); n > 0 {
		from = s.sections[n-1].to
	}
	if from == len(s.units) {
		return
	}
	next := section{from: from, to: len(s.units)}
	for _, h := range s.headings {
		next.path = append(next.path, h.text)
	}
	s.sections = append(s.sections, next)
}

// passages cuts the sections.
func (s *splitter) passages() []rag.Passage {
	passages := make([]rag.Passage, 0, len(s.sections))
	for _, section := range s.sections {
		for from := section.from; from < section.to; {
			to := s.cut(from, section.to)
			passages = append(passages, s.passage(from, to, section.path))
			from = to
		}
	}
	return passages
}

// cut returns where the passage that begins with a unit ends, in a section that
// ends before another. The passages of a section are of about one size; where
// exactly one ends is weighed against what it would part.
func (s *splitter) cut(from, to int) int {
	var total int
	for _, r := range s.pieces[from:to] {
		if total += r.words; total > 20*passageWords {
			break // far enough to know the size
		}
	}
	if total <= passageWords {
		return to
	}
	parts := (total + passageWords - 1) / passageWords
	target := total / parts
	best, bestCost := from+1, 1<<30
	var words int
	for i := from; i < to; i++ {
		words += s.pieces[i].words
		if i > from && words > maxKeptWords {
			break
		}
		if i > from && words > maxPassageWords && !s.endsWhole(i, to) {
			continue
		}
		if cost := abs(words-target) + s.splitCost(i+1, to); cost <= bestCost {
			best, bestCost = i+1, cost
		}
	}
	return best
}

// endsWhole reports whether what is to stay in one passage ends with unit i.
func (s *splitter) endsWhole(i, to int) bool {
	return s.isInside(i) && (i+1 == to || !s.isInside(i+1))
}

// isInside reports whether unit i should share a passage with the one before.
func (s *splitter) isInside(i int) bool { return s.pieces[i].keep < s.units[i].Start }

// splitCost is how bad it is, in words off the size, to end a passage before
// unit i: within a paragraph worse than after it, worse between a lead-in and
// what it leads to, and worst within what can stay whole.
func (s *splitter) splitCost(i, to int) int {
	switch {
	case i == to:
		return 0
	case s.isInside(i):
		return 150
	case s.units[i-1].Kind == rag.Lead && slices.Contains(s.units[i].Context, s.units[i-1].Span):
		return 60
	case s.pieces[i-1].block == s.pieces[i].block:
		return 30
	}
	return 0
}

func abs(n int) int { return max(n, -n) }

func (s *splitter) passage(from, to int, path []string) rag.Passage {
	first, start, end := s.Blocks[s.pieces[from].block], s.units[from].Start, s.units[to-1].End
	p := rag.Passage{
		Start: start, End: end, Text: s.Text[start:end], Heading: path,
		Page: first.Page, Row: first.Row, Language: lang.Detect(s.Text[start:end]),
		Units: s.units[from:to:to],
	}
	if first.Header > 0 {
		header := s.Blocks[first.Header-1]
		p.Heading = append(slices.Clip(path), lang.FirstBytes(s.Text[header.Start:header.End], maxHeadingBytes))
	}
	return p
}
