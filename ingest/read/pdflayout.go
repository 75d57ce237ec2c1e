package read

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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

type edges struct{ left, right float32 }

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
	t.measure()
	t.markFurniture()
	t.markBookmarks()
	t.findEdges()
	t.gather()
	t.markHeadings()
	t.joiner = newJoiner(t.lines)
	return t.compose()
}

// measure finds what is usual: the size of most letters and the distance of
// lines.
func (t *pdfText) measure() {
	var capital, tall, low, leading mode
	for i, l := range t.lines {
		n := utf8.RuneCountInString(l.text)
		capital.add(l.size.capital, n)
		tall.add(l.size.tall, n)
		low.add(l.size.low, n)
		if i > 0 && t.lines[i-1].page == l.page && abs32(t.lines[i-1].left-l.left) < l.em() && t.lines[i-1].alike(l) {
			leading.add((t.lines[i-1].base-l.base)/l.em()*10, n)
		}
	}
	t.body = letterSize{capital.most(), tall.most(), low.most()}
	t.leading = min(max(leading.most()/10, 1), 2.5)
}

// mode finds the most frequent of values that are about the same.
type mode struct{ counts map[int]int }

func (m *mode) add(value float32, weight int) {
	if value <= 0 || value > 1000 {
		return
	}
	if m.counts == nil {
		m.counts = make(map[int]int)
	}
	m.counts[int(value*4+0.5)] += weight
}

func (m *mode) most() float32 {
	best, bestCount := 0, 0
	for value, count := range m.counts {
		count += (m.counts[value-1] + m.counts[value+1]) / 2
		if count > bestCount || count == bestCount && value < best {
			best, bestCount = value, count
		}
	}
	return float32(best) / 4
}

// alike reports whether two lines are of one size.
func (l pdfLine) alike(other pdfLine) bool {
	ratio := l.size.ratio(other.size)
	return ratio > 0.9 && ratio < 1.12 && l.sloping == other.sloping
}

// follows reports whether line b stands right under line a, without more room
// between them than lines of a paragraph have.
func (t *pdfText) follows(a, b pdfLine) bool {
	if a.page != b.page || !a.alike(b) {
		return false
	}
	if a.sloping {
		return true
	}
	down, em := a.base-b.base, max(a.em(), b.em())
	return down > 0.3*em && down < 1.3*t.leading*em && b.left < a.right && a.left < b.right
}

// findEdges finds the columns: runs of lines that follow one another.
func (t *pdfText) findEdges() {
	t.edges = make([]edges, len(t.lines))
	for start := 0; start < len(t.lines); {
		e := edges{t.lines[start].left, t.lines[start].right}
		end := start + 1
		for ; end < len(t.lines) && t.follows(t.lines[end-1], t.lines[end]); end++ {
			e.left, e.right = min(e.left, t.lines[end].left), max(e.right, t.lines[end].right)
		}
		for i := start; i < end; i++ {
			t.edges[i] = e
		}
		start = end
	}
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

// leaders are the dots between an entry of a table of contents and its page.
var leaders = regexp.MustCompile(`\s*(?:\.{4,}|(?:\. ){3,}\.?|…{2,}|_{5,})\s*`)

// hasLeaders looks for what most lines have none of before it is looked at
// closely.
func hasLeaders(text string) bool {
	return (strings.Contains(text, "..") || strings.Contains(text, ". .") || strings.Contains(text, "……") || strings.Contains(text, "__")) &&
		leaders.MatchString(text)
}

// itemMarks are what items of lists begin with: a bullet, or a number or letter
// with a point or parenthesis.
var itemMarks = regexp.MustCompile(`^(?:[•◦▪▫■□●○◆◇►▶➢➔➤✓✔◻–—\-*·‣⁃] ?|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)°] )\S`)

// itemMark returns the size of the mark that a line begins with, or 0.
func itemMark(text string) int {
	if len(text) < 3 || text[0] < 0x80 && text[1] >= 'a' && text[1] <= 'z' && text[0] != '(' && text[2] >= 'a' && text[2] <= 'z' {
		return 0 // a word
	}
	n := len(itemMarks.FindString(text))
	if n == 0 {
		return 0
	}
	_, size := utf8.DecodeLastRuneInString(text[:n])
	mark := text[:n-size]
	// "-5" and "—et" are no items, and "A. Dupont" is a name.
	if strings.HasPrefix(mark, "-") && !strings.HasSuffix(mark, " ") {
		return 0
	}
	return len(mark)
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
		return lb.page > la.page || lb.base > la.base || utf8.RuneCountInString(la.text) > 30
	}
	e := t.edges[a]
	full := e.right-la.right < la.em() && e.right-e.left > 12*la.em() && len(t.parts[len(t.parts)-1].lines) > 1
	return full && (lb.page > la.page || lb.base > la.base) && t.isBody(la)
}

func (t *pdfText) isBody(l pdfLine) bool {
	ratio := l.size.ratio(t.body)
	return ratio > 0.9 && ratio < headingRatio
}

// endsSentence reports whether a text ends as sentences do, or as what leads
// to a list.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)] \u00a0\u202f")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…:;。！？", r)
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// cells are those of a row. What only stands with a number is in its cell.
func (l pdfLine) cells() []string {
	var cells []string
	start := 0
	for _, cut := range append(l.cellEnds(), len(l.text)) {
		for i, cell := range leaders.Split(l.text[start:cut], -1) {
			cell = strings.TrimSpace(cell)
			n := len(cells) - 1
			switch {
			case cell == "":
			case n >= 0 && i == 0 && (closes(cell) || opens(cells[n])):
				cells[n] += " " + cell
			default:
				cells = append(cells, cell)
			}
		}
		start = cut
	}
	return cells
}

// opens reports whether a cell only opens the number in the next one.
func opens(cell string) bool { return strings.Trim(cell, "$€£(") == "" }

// closes reports whether a cell only closes the number in the one before.
func closes(cell string) bool { return strings.Trim(cell, "%)") == "" }

// cellEnds are the cuts, moved before the sign of a currency that stands alone
// at the end of a cell: it belongs to the number in the next.
func (l pdfLine) cellEnds() []int {
	ends := slices.Clone(l.cuts)
	for i, cut := range ends {
		before := strings.TrimRight(l.text[:cut], " ")
		if rest := strings.TrimRight(before, "$€£("); len(rest) < len(before) && strings.HasSuffix(rest, " ") {
			ends[i] = len(rest)
		}
	}
	return ends
}
