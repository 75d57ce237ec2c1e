package ingest

import (
	"cmp"
	"slices"
	"strings"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/lang"
)

const (
	// passageWords is the size of a passage in words, mostFull the size that a
	// better place to cut may stretch it to.
	passageWords, maxPassageWords = 180, 200
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
// without overlap.
//
// A passage is a run of whole sentences under one heading, of about 120 to 180
// words where there are as many; each item of a list, row of a table and line
// of code counts as a sentence. A sentence of more than 4,000 bytes is cut.
// A row of a sheet is a passage of its own, unless the document has more than
// 20,000. Furniture is in no passage, and no passage is on two pages, so that
// whatever is quoted of it is on its page. The
// names of a table's columns stand in the heading path of the passages that
// begin below them. A heading is in the heading path of the passages
// under it and in none of their texts, unless nothing is under it: then it is
// a sentence under the headings above it, so that it is found too; so is one
// that is too long for the path.
//
// The language of a passage is its own where that shows, else the one that the
// document declares or is mostly in.
func Split(id rag.DocumentID, doc read.Document) []rag.Passage {
	s := splitter{doc: doc, ownRows: rowsOf(doc) <= maxRowPassages}
	for i, b := range doc.Blocks {
		s.block(i, b)
	}
	s.close()
	most := languageOf(s.passages)
	for i := range s.passages {
		p := &s.passages[i]
		p.ID = rag.PassageID{Document: id, N: i + 1}
		p.Language = cmp.Or(p.Language, doc.Language, most)
	}
	return s.passages
}

func rowsOf(doc read.Document) int {
	n := 0
	for _, b := range doc.Blocks {
		if b.Row > 0 {
			n++
		}
	}
	return n
}

type splitter struct {
	doc read.Document
	// ownRows says that each row of a sheet is a passage of its own.
	ownRows  bool
	headings []heading
	units    []unit
	passages []rag.Passage
}

type heading struct {
	text  string
	level int
}

// unit is a run of text that one passage holds whole.
type unit struct {
	start, end, words int
	block             int
}

func (s *splitter) block(i int, b read.Block) {
	if n := len(s.units); n > 0 && s.doc.Blocks[s.units[n-1].block].Page != b.Page {
		s.close() // the page of a passage is that of every quote of it
	}
	switch {
	case b.Kind == read.Furniture:
		s.close()
	case b.Kind == read.Heading:
		s.heading(i, b)
	case b.Row > 0 && s.ownRows:
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
	text := lang.OneLine(s.doc.Text[b.Start:b.End])
	s.headings = append(s.headings, heading{text: lang.FirstBytes(text, maxHeadingBytes), level: b.Level})
	if len(text) > maxHeadingBytes {
		s.add(i, b) // so that what is cut off is found
	}
}

// childless reports whether no text and no lower heading follows block i.
func (s *splitter) childless(i int, b read.Block) bool {
	for _, next := range s.doc.Blocks[i+1:] {
		if next.Kind != read.Furniture {
			return next.Kind == read.Heading && next.Level <= b.Level
		}
	}
	return true
}

// namesColumns reports whether block i is the header of the row after it.
func (s *splitter) namesColumns(i int) bool {
	return i+1 < len(s.doc.Blocks) && s.doc.Blocks[i+1].Header == i+1
}

// add cuts a block into units.
func (s *splitter) add(i int, b read.Block) {
	text := s.doc.Text[b.Start:b.End]
	for _, span := range sentencesOf(b.Kind, text) {
		for start := span.Start; start < span.End; {
			end := start + fit(text[start:span.End])
			s.units = append(s.units, unit{start: b.Start + start, end: b.Start + end, words: countWords(text[start:end]), block: i})
			for start = end; start < span.End && isSpace(text[start]); start++ {
			}
		}
	}
}

func sentencesOf(kind read.Kind, text string) []lang.Span {
	switch kind {
	case read.TableRow:
		return []lang.Span{{Start: 0, End: len(text)}}
	case read.Code:
		return lines(text)
	}
	return lang.Sentences(text)
}

func lines(text string) []lang.Span {
	var spans []lang.Span
	at := 0
	for line := range strings.Lines(text) {
		if t := strings.TrimSpace(line); t != "" {
			start := at + strings.Index(line, t)
			spans = append(spans, lang.Span{Start: start, End: start + len(t)})
		}
		at += len(line)
	}
	return spans
}

// fit returns how much of a text one unit may hold: all of it, or up to white
// space or at least a whole character.
func fit(text string) int {
	if len(text) <= maxUnitBytes {
		return len(text)
	}
	if n := strings.LastIndexAny(text[:maxUnitBytes], " \n\t"); n > 0 {
		return len(strings.TrimRight(text[:n], " \n\t"))
	}
	return len(lang.FirstBytes(text, maxUnitBytes))
}

// countWords counts what white space parts. A run without any, as languages
// have that write none, counts as a word each dozen bytes.
func countWords(text string) int {
	var words int
	space := true
	for i := range len(text) {
		here := isSpace(text[i])
		if space && !here {
			words++
		}
		space = here
	}
	return max(words, len(text)/12)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// close makes passages of the units gathered.
func (s *splitter) close() {
	for units := s.units; len(units) > 0; {
		n := s.cut(units)
		s.passages = append(s.passages, s.passage(units[0], units[n-1]))
		units = units[n:]
	}
	s.units = s.units[:0]
}

// cut returns how many of the units the next passage takes. The passages of a
// section are of about one size; where exactly one ends is weighed against
// what it would part.
func (s *splitter) cut(units []unit) int {
	var total int
	for _, u := range units {
		if total += u.words; total > 20*passageWords {
			break // far enough to know the size
		}
	}
	if total <= passageWords {
		return len(units)
	}
	parts := (total + passageWords - 1) / passageWords
	target := total / parts
	best, bestCost := 1, 1<<30
	var words int
	for i, u := range units {
		if words += u.words; i > 0 && words > maxPassageWords {
			break
		}
		if cost := abs(words-target) + s.splitCost(units, i+1); cost <= bestCost {
			best, bestCost = i+1, cost
		}
	}
	return best
}

// splitCost is how bad it is, in words off the size, to end a passage before
// units[i]: within a paragraph worse than after it, and worst between the
// lead-in of a list and its first item.
func (s *splitter) splitCost(units []unit, i int) int {
	if i == len(units) {
		return 0
	}
	before, after := units[i-1], units[i]
	if before.block == after.block {
		return 30
	}
	if s.doc.Blocks[after.block].Kind == read.ListItem && s.doc.Text[before.end-1] == ':' {
		return 60
	}
	return 0
}

func abs(n int) int { return max(n, -n) }

func (s *splitter) passage(first, last unit) rag.Passage {
	block := s.doc.Blocks[first.block]
	p := rag.Passage{
		Start: first.start, End: last.end, Text: s.doc.Text[first.start:last.end],
		Page: block.Page, Row: block.Row, Language: lang.Detect(s.doc.Text[first.start:last.end]),
	}
	for _, h := range s.headings {
		p.Heading = append(p.Heading, h.text)
	}
	if block.Header > 0 {
		header := s.doc.Blocks[block.Header-1]
		p.Heading = append(p.Heading, lang.FirstBytes(s.doc.Text[header.Start:header.End], maxHeadingBytes))
	}
	return p
}
