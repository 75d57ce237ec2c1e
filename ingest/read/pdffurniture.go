package read

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const (
	// outerPart is how much of a page, at its top and at its foot, may be a
	// running head or foot.
	outerPart = 0.15
	// fewPages is the number of pages under which nothing tells what runs on
	// from what is said twice.
	fewPages = 3
	// longestRunning bounds a running head, in bytes.
	longestRunning = 300
)

// placed is a text, with the numbers masked, at about one place of pages.
type placed struct {
	text string
	slot slot
}

// markFurniture marks running heads, running feet and page numbers: what is
// the same, but for its numbers, at the top or foot of at least 30 % of the
// pages, or of two pages in a row where most pages have something else in the
// same place, as chapters have their names, or what has the number of its page
// there as most pages do.
func (t *pdfText) markFurniture() {
	places := t.runningLines()
	if len(t.pages) < fewPages {
		return
	}
	pagesOf := make(map[placed][]int)
	slots := make(map[slot]int)
	for _, p := range places {
		for _, y := range []int{p.slot.y - 1, p.slot.y, p.slot.y + 1} {
			at := placed{p.text, slot{p.slot.foot, y}}
			if of := pagesOf[at]; len(of) == 0 || of[len(of)-1] != p.page {
				pagesOf[at] = append(of, p.page)
			}
		}
		slots[p.slot]++
	}
	numbered := t.numbering(places)
	var marked []runningLine
	for _, p := range places {
		of := pagesOf[placed{p.text, p.slot}]
		often := len(of) >= fewPages && len(of)*10 >= len(t.pages)*3
		inRow := p.aloof && !p.inner && slots[p.slot]*2 >= len(t.pages) && isNear(of, p.page)
		if often || inRow || p.outermost && len(p.text) < 120 && (p.aloof || len(p.text) < 60) && numbered(p) {
			marked = append(marked, p)
		}
	}
	t.mark(marked)
}

// slot is a place at the top or foot of a page, to a few points.
type slot struct {
	foot bool
	y    int
}

type runningLine struct {
	// text has the numbers masked.
	text string
	slot slot
	// line is an index, page counted from 1.
	line, page int
	// outermost is set where nothing stands between it and the page's edge,
	// inner where that edge is far away.
	outermost, inner bool
	// aloof is set where the rest of the page keeps a distance.
	aloof bool
}

// depth is how far a line stands from the top of its page, or from its foot.
func depth(l pdfLine, page *pdfPage, foot bool) float32 {
	if foot {
		return l.base
	}
	return page.height - l.base
}

// pageEdge is an end of a page's text: the depth of its outermost line, and of
// the inmost of up to three lines that the rest of the page keeps a distance
// from, -1 where it does not.
type pageEdge struct{ outermost, aloof float32 }

func edgeOf(page *pdfPage, foot bool) pageEdge {
	if len(page.lines) == 0 {
		return pageEdge{}
	}
	at := depth(page.lines[0], page, foot)
	for _, l := range page.lines {
		at = min(at, depth(l, page, foot))
	}
	e := pageEdge{outermost: at, aloof: -1}
	for range 3 {
		var next, em float32
		for _, l := range page.lines {
			if d := depth(l, page, foot); d > at+l.em()/2 && (em == 0 || d < next) {
				next, em = d, l.em()
			}
		}
		if em == 0 {
			break
		}
		if next-at > 1.8*em {
			e.aloof = at
			break
		}
		at = next
	}
	return e
}

// runningLines are the lines that stand where running heads and feet do: at the
// edge of the page or, where the text ends early, of the text.
func (t *pdfText) runningLines() []runningLine {
	var found []runningLine
	at := 0
	for _, page := range t.pages {
		head, foot := edgeOf(page, false), edgeOf(page, true)
		for i, l := range page.lines {
			if r, ok := page.running(l, head, foot); ok {
				r.line, r.page = at+i, page.number
				found = append(found, r)
			}
		}
		at += len(page.lines)
	}
	return found
}

// running looks at a line of a page with these edges.
func (p *pdfPage) running(l pdfLine, head, foot pageEdge) (r runningLine, ok bool) {
	if p.height <= 0 || l.sloping || len(l.text) > longestRunning {
		return r, false
	}
	half := l.em() / 2
	high, low := depth(l, p, false), depth(l, p, true)
	first, last := high < head.outermost+half, low < foot.outermost+half
	inHead, inFoot := l.bottom > p.height*(1-outerPart), l.top < p.height*outerPart
	if !inHead && !inFoot && !first && !last {
		return r, false
	}
	r = runningLine{text: masked(l.text), inner: !inHead && !inFoot}
	r.slot = slot{inFoot || !inHead && last, int(l.base / 4)}
	if r.slot.foot {
		r.outermost, r.aloof = last, low < foot.aloof+half
	} else {
		r.outermost, r.aloof = first, high < head.aloof+half
	}
	return r, true
}

var numberRun = regexp.MustCompile(`^\d{1,4}\b|\b\d{1,4}\W*$`)

// numbering reports of which lines one has the printed number of its page:
// that which differs as much from the place of the page on most of them.
func (t *pdfText) numbering(lines []runningLine) func(runningLine) bool {
	type offset struct {
		foot bool
		n    int
	}
	offsets := func(l runningLine) []offset {
		var found []offset
		for _, digits := range numberRun.FindAllString(t.lines[l.line].text, -1) {
			n, _ := strconv.Atoi(strings.TrimFunc(digits, func(r rune) bool { return !unicode.IsDigit(r) })) // they are digits
			found = append(found, offset{l.slot.foot, n - l.page})
		}
		return found
	}
	counts := make(map[offset]int)
	for _, l := range lines {
		if l.outermost {
			for _, o := range offsets(l) {
				counts[o]++
			}
		}
	}
	return func(l runningLine) bool {
		return slices.ContainsFunc(offsets(l), func(o offset) bool { return counts[o]*2 > len(t.pages) })
	}
}

var romanNumeral = regexp.MustCompile(`^[\-–— ]*[ivxlcdm]{1,7}[\-–— ]*$`)

// masked is a line with all numbers alike, but for those of articles: each of
// these is another one, wherever it stands.
func masked(text string) string {
	article := articleRank(text) > 0
	text = strings.ToLower(text)
	if romanNumeral.MatchString(text) {
		return "#"
	}
	var b strings.Builder
	var last rune
	for _, r := range text {
		if unicode.IsDigit(r) && !article {
			r = '#'
		}
		if r == '#' && last == '#' || unicode.IsSpace(r) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// isNear reports whether another page of a list in order is one of the two
// before or after a page.
func isNear(pages []int, page int) bool {
	i, _ := slices.BinarySearch(pages, page-2)
	for _, p := range pages[i:] {
		if p > page+2 {
			return false
		}
		if p != page {
			return true
		}
	}
	return false
}

// mark marks lines, but never more than half of what a page has: then it is
// the page's text that repeats, and at most the lines at its edges run on.
func (t *pdfText) mark(lines []runningLine) {
	all, marked, edges := make(map[int]int), make(map[int]int), make(map[int]int)
	for _, l := range t.lines {
		all[l.page] += len(l.text)
	}
	for _, l := range lines {
		size := len(t.lines[l.line].text)
		if marked[l.page] += size; l.outermost {
			edges[l.page] += size
		}
	}
	for _, l := range lines {
		half := all[l.page] / 2
		t.lines[l.line].furniture = marked[l.page] <= half || l.outermost && edges[l.page] <= half
	}
}
