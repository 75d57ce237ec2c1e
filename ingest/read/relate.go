package read

import (
	"slices"
	"strings"

	"docent/rag/lang"
)

// Relate gives the blocks the leads that follow from their order: items that of
// their list and, where levels tell, that which they are nested in; tables,
// fields and code that of a paragraph which announces them; answers their
// question, replies what they reply to, definitions their term. What a reader
// said stays: blocks that it gave one lead stand in one place.
//
// Paragraphs of one question each, that alternate with others, become Questions.
func (d *Document) Relate() {
	markQuestions(d.Text, d.Blocks)
	r := relater{text: d.Text, blocks: d.Blocks, scopes: make([]int, len(d.Blocks)), asked: askedAfter(d.Blocks), heads: make(map[int]bool)}
	for i, b := range d.Blocks {
		r.scopes[i] = b.Lead
		r.heads[b.Header-1] = true
	}
	for i := range d.Blocks {
		if d.Blocks[i].Kind < Furniture {
			r.block(i)
			r.last = i + 1
		}
	}
}

// relater goes through the blocks of a document. Places in it are 1 + an index.
type relater struct {
	text   string
	blocks []Block
	// scopes are the leads that the reader said, asked whether another question
	// or quote is near in the section, heads whether the block names columns.
	scopes []int
	asked  []bool
	heads  map[int]bool
	// last is the block before, run what leads the run of rows, fields or code
	// that it is in.
	last, run int
	// items are the last ones of the lists around, from the outside in, and led
	// what leads these lists.
	items, led []int
	// question is what is answered; answered is set once that has its first
	// block, continued while what follows may belong to that, and enclosed where
	// the reader said what answers.
	question  int
	answered  bool
	continued bool
	enclosed  bool
}

func (r *relater) block(i int) {
	b := &r.blocks[i]
	switch b.Kind {
	case Heading:
		r.question = 0
		if endsAsking(r.text[b.Start:b.End]) {
			r.ask(i)
		}
	case ListItem:
		r.item(i)
	case Question, Quoted:
		r.quotes(i)
		r.ask(i)
	case Term:
		if r.lastBlock().Kind == Term && b.Lead == 0 {
			b.Lead = r.last // several terms of one meaning
		}
		r.answers(i)
	case Definition:
		if last := r.lastBlock(); b.Lead == 0 && last.Kind == Term {
			b.Lead = r.last
		} else if b.Lead == 0 && last.Kind == Definition {
			b.Lead = last.Lead
		}
		r.answers(i)
	case Note:
	case TableRow, Field, Code:
		r.inRun(i)
		r.answers(i)
	default:
		r.answers(i)
	}
	if b.Kind != ListItem && b.Kind != Code && b.Kind != Note && !slices.Contains(r.items, r.scopes[i]) {
		r.items, r.led = nil, nil
	}
}

// lastBlock is the block before, the zero Block at the start.
func (r *relater) lastBlock() Block {
	if r.last == 0 {
		return Block{}
	}
	return r.blocks[r.last-1]
}

// ask begins the answer of a question.
func (r *relater) ask(i int) {
	r.question, r.answered, r.continued, r.enclosed = i+1, false, false, false
}

// answers makes a block an answer, unless a reader said where it stands. That of
// the last question of a section is its first block with the list, rows or code
// that come with it; others go up to the next question. Under a heading that
// asks, all of the section answers.
func (r *relater) answers(i int) {
	b := &r.blocks[i]
	if r.question == 0 || !strings.ContainsFunc(r.text[b.Start:b.End], lang.IsWordRune) || b.Header > 0 || b.Row > 0 || r.scopes[i] > 0 && r.scopes[i] != r.question {
		return
	}
	asks := r.blocks[r.question-1].Kind
	r.enclosed = r.enclosed || r.scopes[i] == r.question
	part := b.Kind == ListItem || b.Kind == TableRow || b.Kind == Code
	if r.enclosed && r.scopes[i] == 0 || asks != Heading && !r.asked[r.question-1] && r.answered && (!part || !r.continued) {
		r.question = 0
		return
	}
	r.continued = part || !r.answered
	r.answered = true
	if b.Lead == 0 {
		b.Lead = r.question
	}
}

// quotes relates what is quoted with what it answers, quoted deeper, or with the
// line that says whose words it has.
func (r *relater) quotes(i int) {
	b, last := &r.blocks[i], r.lastBlock()
	if b.Kind != Quoted || b.Lead > 0 {
		return
	}
	switch {
	case last.Kind == Quoted && last.Level > b.Level:
		b.Lead = r.last
	case last.Kind == Quoted && last.Level == b.Level:
		b.Lead = last.Lead
	case r.announces(r.last):
		b.Lead = r.last
	}
}

// inRun relates a row, a field or code with what announces it and those before
// it.
func (r *relater) inRun(i int) {
	b, last := &r.blocks[i], r.lastBlock()
	if last.Kind != b.Kind || r.scopes[r.last-1] != r.scopes[i] || r.heads[i] {
		r.run = 0
		if r.announces(r.last) && r.together(i) {
			r.run = r.last
		}
	}
	if r.run > 0 && b.Header == 0 && b.Row == 0 && b.Lead == r.scopes[i] && !r.underHeader(b.Lead) {
		b.Lead = r.run
	}
}

// together reports whether a block and the one before it stand in one place, as
// the item of a list.
func (r *relater) together(i int) bool {
	return r.last > 0 && r.scopes[r.last-1] == r.scopes[i]
}

// underHeader reports whether a lead is that of a header row under another.
func (r *relater) underHeader(lead int) bool { return lead > 0 && r.blocks[lead-1].Kind == TableRow }

// announces reports whether a block says what comes after it: a caption, or a
// paragraph that ends in a colon.
func (r *relater) announces(place int) bool {
	if place == 0 {
		return false
	}
	b := r.blocks[place-1]
	return b.Kind == Caption || (b.Kind == Paragraph || b.Kind == Definition) && r.text[b.End-1] == ':'
}

// item relates an item with the one around it or with the lead-in of its list.
func (r *relater) item(i int) {
	b := &r.blocks[i]
	level := max(b.Level, 1)
	for n := len(r.items); n > 0 && max(r.blocks[r.items[n-1]-1].Level, 1) > level; n-- {
		r.items, r.led = r.items[:n-1], r.led[:n-1]
	}
	n := len(r.items)
	switch {
	case n > 0 && max(r.blocks[r.items[n-1]-1].Level, 1) == level && r.scopes[r.items[n-1]-1] == r.scopes[i]:
		r.items[n-1] = i + 1 // a sibling
	case n > 0 && max(r.blocks[r.items[n-1]-1].Level, 1) == level:
		r.items[n-1], r.led[n-1] = i+1, r.leadIn(i)
	case n > 0 && r.scopes[i] == 0:
		lead := r.items[n-1]
		if r.lastBlock().Lead == lead && r.lastBlock().Kind == Paragraph {
			lead = r.last // the item goes on before the list in it
		}
		r.items, r.led = append(r.items, i+1), append(r.led, lead)
	default:
		r.items, r.led = append(r.items, i+1), append(r.led, r.leadIn(i))
	}
	if lead := r.led[len(r.led)-1]; lead > 0 && b.Lead == r.scopes[i] {
		b.Lead = lead
	}
	if b.Lead == 0 || b.Lead == r.question {
		r.answers(i)
	} else {
		r.continued = true
	}
}

// leadIn is what leads the list that begins with an item: the paragraph or the
// like right before it, in the same place.
func (r *relater) leadIn(i int) int {
	if !r.together(i) {
		return 0
	}
	switch last := r.lastBlock(); last.Kind {
	case Paragraph, Caption:
		return r.last
	case Definition, Term:
		if r.text[last.End-1] == ':' {
			return r.last
		}
	}
	return 0
}
