package pdf

import (
	"unicode/utf8"

	"docent/ingest/read"
)

// layout makes a document of the lines of all pages.
type layout struct {
	params Params
	info   pdfInfo
	pages  []*pdfPage

	lines []textLine
	// body is the size of most letters.
	body letterSize
	// edges are those of the column that each line stands in.
	edges   []edges
	parts   []pdfPart
	hyphens hyphenation
}

// pdfPart is a run of lines that becomes a block.
type pdfPart struct {
	kind  read.Kind
	level int
	// lines are indexes; furniture may stand between them.
	lines []int
}

func (t *layout) document() read.Document {
	t.markFurniture()
	for _, p := range t.pages {
		t.lines = append(t.lines, p.lines...)
	}
	t.measure()
	t.markBookmarks()
	t.findEdges()
	t.gather()
	t.markHeadings()
	t.hyphens = newHyphenation(t.lines)
	return t.compose()
}

// gather makes parts of lines.
func (t *layout) gather() {
	last := -1 // of the lines that are no furniture
	var furniture []pdfPart
	for i, l := range t.lines {
		switch {
		case l.furniture:
			furniture = append(furniture, pdfPart{kind: read.Furniture, lines: []int{i}})
			continue
		case last >= 0 && t.goesOn(last, i):
			part := &t.parts[len(t.parts)-1]
			part.lines = append(part.lines, i)
		default:
			t.parts = append(t.parts, furniture...)
			furniture = furniture[:0]
			t.parts = append(t.parts, pdfPart{kind: t.kind(l), level: l.level, lines: []int{i}})
		}
		last = i
	}
	t.parts = append(t.parts, furniture...)
}

func (t *layout) kind(l textLine) read.Kind {
	switch {
	case l.form != nil:
		return read.Field
	case l.heading > 0:
		return read.Heading
	case len(l.cells) > 1 && t.params.Rows:
		return read.TableRow
	case t.isItem(l):
		return read.ListItem
	}
	return read.Paragraph
}

func (t *layout) isItem(l textLine) bool { return t.params.Lists && itemMark(l.text) > 0 }

// goesOn reports whether line b continues the paragraph, heading or item whose
// last line so far is a.
func (t *layout) goesOn(a, b int) bool {
	la, lb := t.lines[a], t.lines[b]
	switch {
	case lb.apart, la.form != nil, lb.form != nil, t.kind(la) == read.TableRow, t.kind(lb) == read.TableRow:
		return false
	case la.heading > 0 || lb.heading > 0:
		return la.heading == lb.heading
	case la.hyphen && startsLower(lb.text) && lb.page <= la.page+1:
		return true
	case t.follows(la, lb):
		return la.hyphen || !t.ends(a, b)
	}
	return t.params.Columns && t.jumps(la, lb)
}

// ends reports whether a part ends between two lines of a column: where an item
// begins, or the next line's first word would have found room on this one.
func (t *layout) ends(a, b int) bool {
	la, lb, e := t.lines[a], t.lines[b], t.edges[a]
	em, ended := la.em(), endsSentence(la.text)
	room := e.right - la.right - lb.first
	if t.isItem(lb) {
		// What goes on after a full line only looks like an item.
		return ended || room > t.params.Room*em || abs32(lb.left-la.left) > em/2 || t.isItem(la)
	}
	return room > t.params.Room*em && (ended || !startsLower(lb.text))
}

// jumps reports whether a sentence goes on in another column, on the next page
// or after a figure.
func (t *layout) jumps(a, b textLine) bool {
	away := b.page > a.page || b.base > a.base || utf8.RuneCountInString(a.text) > 30
	return away && b.page <= a.page+1 && t.alike(a, b) && startsLower(b.text) && !endsSentence(a.text) && !isCapitals(a.text) && !t.isItem(b)
}
