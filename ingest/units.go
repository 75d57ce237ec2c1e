package ingest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag"
	"docent/rag/lang"
)

// piece is what the cutting of passages knows of a unit.
type piece struct {
	block, words int
	// keep is where the list, table or answer begins that is to stay in one
	// passage up to this unit and beyond; else where the unit begins.
	keep int
}

// add cuts a block into units.
func (s *splitter) add(i int, b read.Block) {
	text := s.Text[b.Start:b.End]
	kind, context := s.kind(i), s.context(i)
	for _, span := range sentencesOf(b.Kind, text) {
		for start := span.Start; start < span.End; {
			end := start + fit(text[start:span.End])
			s.units = append(s.units, rag.Unit{Kind: kind, Span: lang.Span{Start: b.Start + start, End: b.Start + end}, Context: context})
			s.pieces = append(s.pieces, piece{block: i, words: countWords(text[start:end])})
			for start = end; start < span.End && isSpace(text[start]); start++ {
			}
		}
	}
	if s.last[i] = len(s.units); s.last[i] == 0 {
		return
	}
	last := &s.units[len(s.units)-1]
	if s.leadsIn(i) {
		last.Kind = rag.Lead
	}
	if b.Kind != read.Note && last.Span == (lang.Span{Start: b.Start, End: b.End}) {
		last.Cells = b.Cells
	}
}

// unitKinds are what the units of blocks are, sentences in the others.
var unitKinds = map[read.Kind]rag.UnitKind{
	read.Heading: rag.Lead, read.Question: rag.Lead, read.Term: rag.Lead, read.ListItem: rag.Item, read.TableRow: rag.Row,
	read.Code: rag.CodeLine, read.Definition: rag.Definition, read.Field: rag.Field, read.Note: rag.Note,
}

// kind is what the units of a block are.
func (s *splitter) kind(i int) rag.UnitKind {
	switch b, r := s.Blocks[i], s.relations[i]; {
	case b.Kind == read.TableRow && r.names, b.Kind == read.Quoted && r.extent > b.End:
		return rag.Lead
	case b.Kind == read.Paragraph && r.group > 0:
		return rag.Reply
	default:
		return unitKinds[b.Kind]
	}
}

// leadsIn reports whether the last sentence of a block says nothing but what
// comes: other blocks lean on it, and it does not end as a sentence does.
func (s *splitter) leadsIn(i int) bool {
	b := s.Blocks[i]
	text := strings.TrimRight(s.Text[b.Start:b.End], " )»”\"'*_")
	last, _ := utf8.DecodeLastRuneInString(text)
	return s.relations[i].announces && (b.Kind == read.Paragraph || b.Kind == read.Caption) && !strings.ContainsRune(".!…。！", last)
}

// context are the spans of what block i is read with.
func (s *splitter) context(i int) []lang.Span {
	b := s.Blocks[i]
	leads := [2]int{b.Lead, b.Header}
	if leads != s.shared.leads || b.Kind == read.Note {
		s.shared.leads, s.shared.context = leads, nil
		for _, lead := range s.chain(i) {
			s.shared.context = append(s.shared.context, s.leadSpan(lead, b))
		}
	}
	if b.Kind == read.TableRow {
		return withMerged(s.shared.context, b)
	}
	return s.shared.context
}

// withMerged adds the cells that a row has in common with rows above it.
func withMerged(context []lang.Span, row read.Block) []lang.Span {
	own := context
	for _, c := range row.Cells {
		if c.Start < c.End && c.End <= row.Start && !slices.Contains(own, c) {
			own = append(slices.Clip(own), c)
		}
	}
	if len(own) > len(context) {
		slices.SortStableFunc(own, func(a, b lang.Span) int { return a.Start - b.Start })
	}
	return own
}

// leadSpan is the run of a block that another is read with: the last sentence of
// a paragraph, and for a note the sentence that has its mark.
func (s *splitter) leadSpan(lead int, of read.Block) lang.Span {
	b := s.Blocks[lead]
	last := s.last[lead] - 1
	switch {
	case last < 0:
	case of.Kind == read.Note && len(of.Cells) > 0:
		for last > 0 && s.pieces[last-1].block == lead && s.units[last].Start > of.Cells[0].Start {
			last--
		}
		return s.units[last].Span
	case of.Kind != read.Note && (b.Kind == read.Paragraph || b.Kind == read.Caption):
		return s.units[last].Span
	}
	return lang.Span{Start: b.Start, End: b.End}
}

// sentencesOf cuts a block at what one unit may be. Items and their like are
// one, unless they are too long for a passage.
func sentencesOf(kind read.Kind, text string) []lang.Span {
	switch kind {
	case read.TableRow:
		return []lang.Span{{Start: 0, End: len(text)}}
	case read.Code:
		return lines(text)
	case read.Paragraph, read.Caption, read.Quoted:
		return lang.Sentences(text)
	default:
		if countWords(text) <= passageWords {
			return []lang.Span{{Start: 0, End: len(text)}}
		}
		return lang.Sentences(text)
	}
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

// group numbers the parts of each list, table, answer and piece of code.
func (s *splitter) group() {
	groups := make(map[int]*rag.Unit) // the last part of each
	for i := range s.units {
		u, id := &s.units[i], s.relations[s.pieces[i].block].group
		if id == 0 || u.Kind == rag.Lead {
			continue
		}
		u.Group, u.Part = lang.Span{Start: u.Start, End: max(s.relations[s.pieces[i].block].extent, s.relations[id-1].extent)}, 1
		if before := groups[id]; before != nil {
			u.Group, u.Part = lang.Span{Start: before.Group.Start, End: max(before.Group.End, u.Group.End)}, before.Part+1
		}
		groups[id] = u
	}
	for i := range s.units {
		if u := &s.units[i]; u.Part > 0 {
			last := groups[s.relations[s.pieces[i].block].group]
			u.Group, u.Parts = last.Group, last.Part
		}
	}
}

// keep finds for each unit what it should share a passage with: the outermost of
// what it is a part of that is small enough.
func (s *splitter) keep() {
	counts := make([]int, len(s.units)+1)
	for i, p := range s.pieces {
		counts[i+1] = counts[i] + p.words
	}
	place := func(at int) int {
		n, _ := slices.BinarySearchFunc(s.units, at, func(u rag.Unit, at int) int { return u.Start - at })
		return n
	}
	fits := func(whole lang.Span) bool { return counts[place(whole.End)]-counts[place(whole.Start)] <= maxKeptWords }
	var leads [2]int // of the block before
	led := -1
	for i := range s.pieces {
		u, p := &s.units[i], &s.pieces[i]
		b := s.Blocks[p.block]
		if these := [2]int{b.Lead, b.Header}; these != leads {
			leads, led = these, s.ledFrom(p.block, fits)
		}
		p.keep = u.Start
		switch {
		case b.Kind == read.Note:
		case led >= 0:
			p.keep = min(led, u.Start)
		case u.Part > 0 && fits(u.Group):
			p.keep = min(u.Group.Start, u.Start)
		}
	}
}

// ledFrom is where the outermost lead of a block begins that fits into a passage
// with all that it leads to, or -1.
func (s *splitter) ledFrom(block int, fits func(lang.Span) bool) int {
	for _, lead := range s.chain(block) {
		whole := lang.Span{Start: s.leadSpan(lead, s.Blocks[block]).Start, End: s.relations[lead].extent}
		if s.last[lead] > 0 && fits(whole) {
			return whole.Start
		}
	}
	return -1
}
