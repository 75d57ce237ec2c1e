package plain

import (
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// Text is the format of plain text in most charsets.
func Text(l read.Limits) read.Format {
	return read.TextFormat("text", l, func(_, text string) (read.Document, error) { return Parse(text), nil }, ".txt", ".text")
}

// Parse structures text that has no markup, by what its lines look like: items,
// rows of cells, questions with answers, labels with values, lines quoted, and
// short lines above others as headings. The title is "" where the text does not
// begin with one.
func Parse(text string) read.Document { return parse(text, true) }

// ParseMessage structures the body of a message: as [Parse], but its short lines
// are greetings and names, and no headings.
func ParseMessage(text string) read.Document { return parse(text, false) }

func parse(text string, headed bool) read.Document {
	text = strings.TrimSpace(read.Clean(text))
	p := parser{text: text, lines: linesOf(text), headed: headed}
	p.run()
	doc := read.Document{Text: text, Blocks: p.blocks}
	if len(doc.Blocks) > 0 {
		doc.Title = titleOf(text[:doc.Blocks[0].End])
	}
	doc.Relate()
	return doc
}

// titleOf returns the text of a first block if it reads like a title: one
// short line that is not a sentence.
func titleOf(first string) string {
	if utf8.RuneCountInString(first) >= 150 || strings.Contains(first, "\n") {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(first); strings.ContainsRune(".,;:…", last) {
		return ""
	}
	return lang.OneLine(strings.TrimLeft(first, "#= "))
}

// parser finds the blocks of a text.
type parser struct {
	text   string
	lines  []line
	blocks []read.Block
	// at is the next line.
	at int
	// headed says that there may be headings, and levels has that of each line
	// that is one, 0 elsewhere.
	headed bool
	levels []int
	// labels are those of the lines that ask and that answer.
	labels dialogue
	// indents are those of the lists around, and item 1 + the last item's index.
	indents []int
	item    int
}

func (p *parser) run() {
	p.labels = p.dialogue()
	p.levels = p.headings()
	for p.at < len(p.lines) {
		if !p.rows() && !p.quote() && !p.rule() && !p.heading() {
			p.paragraph()
		}
	}
}

// of is the text of a line.
func (p *parser) of(n int) string { return p.text[p.lines[n].start:p.lines[n].end] }

// add appends a block, and passes over its lines.
func (p *parser) add(b read.Block, lines int) {
	p.blocks = append(p.blocks, b)
	p.at += lines
}

// endLists forgets the lists around.
func (p *parser) endLists() { p.indents, p.item = nil, 0 }

// heading takes a line that is one.
func (p *parser) heading() bool {
	level := p.levels[p.at]
	if level > 0 {
		p.endLists()
		p.add(read.Block{Kind: read.Heading, Level: level, Start: p.lines[p.at].start, End: p.lines[p.at].end}, 1)
	}
	return level > 0
}

// rule takes a line of signs, which parts what is above from what is below.
func (p *parser) rule() bool {
	l := p.lines[p.at]
	if !isRule(p.of(p.at)) {
		return false
	}
	p.add(read.Block{Kind: read.Furniture, Start: l.start, End: l.end}, 1)
	return true
}

// isRule reports whether a line is a run of one sign, as drawn by hand.
func isRule(s string) bool {
	return len(s) >= 3 && strings.ContainsAny(s[:1], "-=_*~#") && strings.Trim(s, s[:1]) == ""
}

// paragraph takes a line with those that it was broken into: an item, a question,
// a field, or what is none of these.
func (p *parser) paragraph() {
	n := p.extent(p.at)
	first, last := p.lines[p.at], p.lines[p.at+n-1]
	b := read.Block{Kind: read.Paragraph, Start: first.start, End: last.end}
	text := p.text[b.Start:b.End]
	switch {
	case p.asks(p.at):
		b.Kind = read.Question
		p.endLists()
	case read.StartsItem(text):
		b.Kind, b.Level = read.ListItem, p.nest(first.indent)
	case p.item > 0 && first.indent > p.indents[len(p.indents)-1]:
		b.Lead = p.item
	default:
		p.endLists()
		if cells, ok := p.field(p.at, n); ok {
			b.Kind, b.Cells = read.Field, shifted(cells, b.Start)
		}
	}
	if p.add(b, n); b.Kind == read.ListItem {
		p.item = len(p.blocks)
	}
}

// nest is how deep an item is: in those that are indented less.
func (p *parser) nest(indent int) int {
	for n := len(p.indents); n > 0 && p.indents[n-1] >= indent; n-- {
		p.indents = p.indents[:n-1]
	}
	p.indents = append(p.indents, indent)
	return len(p.indents)
}

// mostFieldRun is how many fields stand below each other before their values may
// be of several sentences, as in a glossary.
const mostFieldRun = 3

// field reports whether a line with its continuation is a label with its value.
func (p *parser) field(at, lines int) ([]read.Span, bool) {
	text := p.text[p.lines[at].start:p.lines[at+lines-1].end]
	label, value, ok := read.Labelled(text)
	switch {
	case !ok || p.labels.answers[markOf(text[:label.End])]:
		return nil, false
	case p.labelledRun(at) >= mostFieldRun:
		return []read.Span{label, value}, true
	}
	return read.IsField(text)
}

// labelledRun counts the labelled paragraphs around a line that no empty line
// parts, up to mostFieldRun.
func (p *parser) labelledRun(at int) int {
	for range mostFieldRun {
		if at > 0 && !p.lines[at].gap && p.labelled(at-1) {
			at--
		}
	}
	n := 0
	for n < mostFieldRun && at < len(p.lines) && p.labelled(at) && (n == 0 || !p.lines[at].gap) {
		at += p.extent(at)
		n++
	}
	return n
}

func (p *parser) labelled(at int) bool {
	_, _, ok := read.Labelled(p.of(at))
	return ok
}

func shifted(cells []read.Span, by int) []read.Span {
	for i := range cells {
		cells[i].Start, cells[i].End = cells[i].Start+by, cells[i].End+by
	}
	return cells
}

// Formed reports whether the lines of a text are more than words that were
// broken into lines: questions with answers, several labels with values, or a
// label with its value and nothing else.
func Formed(doc read.Document) bool {
	fields := 0
	for _, b := range doc.Blocks {
		switch b.Kind {
		case read.Question:
			return true
		case read.Field:
			fields++
		}
	}
	return fields > 1 || fields == len(doc.Blocks) && fields > 0
}
