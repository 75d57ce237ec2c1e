package read

import "unicode/utf8"

// pdfText makes a document of the lines of all pages.
type pdfText struct {
	info  pdfInfo
	pages []*pdfPage

	lines []pdfLine
	// body is the size of most letters, leading the usual distance of lines in
	// ems.
	body    letterSize
	leading float32
	// edges are those of the column that each line stands in.
	edges  []edges
	parts  []pdfPart
	joiner joiner
}

// pdfPart is a run of lines that becomes a block.
type pdfPart struct {
	kind  Kind
	level int
	// lines are indexes; furniture may stand between them.
	lines []int
}

func (t *pdfText) document() Document {
	for _, p := range t.pages {
		t.lines = append(t.lines, p.lines...)
	}
	t.nameLigatures()
	t.measure()
	t.markFurniture()
	t.markBookmarks()
	t.findEdges()
	t.gather()
	t.markHeadings()
	t.joiner = newJoiner(t.lines)
	return t.compose()
}

// gather makes parts of lines.
func (t *pdfText) gather() {
	last := -1 // of the lines that are no furniture
	var furniture []pdfPart
	for i, l := range t.lines {
		if l.furniture {
			furniture = append(furniture, pdfPart{kind: Furniture, lines: []int{i}})
			continue
		}
		if last >= 0 && t.goesOn(last, i) {
			part := &t.parts[len(t.parts)-1]
			if part.lines = append(part.lines, i); len(l.cuts) > 0 {
				part.kind = TableRow
			}
			last = i
			continue
		}
		t.parts = append(t.parts, furniture...)
		furniture = furniture[:0]
		t.parts = append(t.parts, pdfPart{kind: t.kind(l), level: l.level, lines: []int{i}})
		last = i
	}
	t.parts = append(t.parts, furniture...)
}

func (t *pdfText) kind(l pdfLine) Kind {
	switch {
	case l.heading > 0:
		return Heading
	case len(l.cuts) > 0 || hasLeaders(l.text):
		return TableRow
	case itemMark(l.text) > 0:
		return ListItem
	}
	return Paragraph
}

// goesOn reports whether line b continues the paragraph, heading or item whose
// last line so far is a.
func (t *pdfText) goesOn(a, b int) bool {
	la, lb, part := t.lines[a], t.lines[b], t.parts[len(t.parts)-1]
	switch {
	case lb.apart:
		return false
	case la.heading > 0 || lb.heading > 0:
		return la.heading == lb.heading
	case t.kind(lb) == TableRow:
		return part.kind == Paragraph && len(part.lines) == 1 && t.follows(la, lb) && startsLower(lb.text) && !endsSentence(la.text)
	case la.hyphen && startsLower(lb.text) && lb.page <= la.page+1:
		return true
	case part.kind == TableRow:
		return false
	case t.follows(la, lb):
		return la.hyphen || !t.ends(a, b, part)
	}
	return t.jumps(a, b)
}

// ends reports whether a part ends between two lines of a column.
func (t *pdfText) ends(a, b int, part pdfPart) bool {
	la, lb, first, e := t.lines[a], t.lines[b], t.lines[part.lines[0]], t.edges[a]
	em, ended := la.em(), endsSentence(la.text)
	room := e.right - la.right - lb.first
	switch {
	case itemMark(lb.text) > 0 && !t.wraps(a, b):
		return true
	case itemMark(lb.text) > 0 && part.kind == ListItem && abs32(lb.left-first.left) < em/2:
		return true
	case room > 0.6*em && (ended || !startsLower(lb.text)):
		return true // its first word would have found room on the line above
	case room > 6*em && room > (e.right-e.left)/2:
		return true
	case !ended:
		return false
	case lb.left > la.left+0.8*em:
		return part.kind != ListItem || len(part.lines) > 1 // a first line that is indented
	case lb.left < la.left-0.8*em:
		return len(part.lines) > 1 // the item above hangs
	}
	return false
}

// wraps reports whether line b begins with what only looks like the mark of an
// item: it goes on after a full line that ends no sentence.
func (t *pdfText) wraps(a, b int) bool {
	la, lb, e := t.lines[a], t.lines[b], t.edges[a]
	full := e.right-la.right < lb.first+0.6*la.em()
	return full && !endsSentence(la.text) && abs32(lb.left-la.left) < la.em()/2
}

// jumps reports whether a sentence goes on in another column, on the next page
// or after a figure.
func (t *pdfText) jumps(a, b int) bool {
	la, lb := t.lines[a], t.lines[b]
	if lb.page > la.page+1 || !la.alike(lb) || la.sloping || endsSentence(la.text) || itemMark(lb.text) > 0 {
		return false
	}
	if startsLower(lb.text) {
		return !isCapitals(la.text) && (lb.page > la.page || lb.base > la.base || utf8.RuneCountInString(la.text) > 30)
	}
	e := t.edges[a]
	full := e.right-la.right < la.em() && e.right-e.left > 12*la.em() && len(t.parts[len(t.parts)-1].lines) > 1
	return full && (lb.page > la.page || lb.base > la.base) && t.isBody(la)
}

func (t *pdfText) isBody(l pdfLine) bool {
	ratio := l.size.ratio(t.body)
	return ratio > 0.9 && ratio < headingRatio
}
