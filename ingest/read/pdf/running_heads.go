package pdf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// runningText is a line at the top or foot of pages, with the number that runs
// with the pages as its distance from them.
type runningText struct {
	text string
	foot bool
}

// markFurniture marks running heads, running feet and page numbers, but never
// more than half of what a page has: then it is the page's text that repeats,
// and at most its outermost lines run on.
func (t *layout) markFurniture() {
	if !t.params.RunningHeads {
		return
	}
	runs := t.runningLines()
	for _, page := range t.pages {
		var all, running, outermost int
		for i := range page.lines {
			l := &page.lines[i]
			all += len(l.text)
			if l.furniture = runs(page, *l); l.furniture {
				running += len(l.text)
				if page.isOutermost(*l) {
					outermost += len(l.text)
				}
			}
		}
		for i := range page.lines {
			l := &page.lines[i]
			l.furniture = l.furniture && (running*2 <= all || page.isOutermost(*l) && outermost*2 <= all)
		}
	}
}

func (p *pdfPage) isOutermost(l textLine) bool { return l.base >= p.highest || l.base <= p.lowest }

// runningLines says of which lines the same stands, at the top or foot too, on
// some of the pages around theirs.
func (t *layout) runningLines() func(*pdfPage, textLine) bool {
	pagesOf := make(map[runningText][]int)
	for _, page := range t.pages {
		for _, l := range page.lines {
			for _, r := range t.runningTexts(page, l) {
				if of := pagesOf[r]; len(of) == 0 || of[len(of)-1] != page.number {
					pagesOf[r] = append(of, page.number)
				}
			}
		}
	}
	return func(page *pdfPage, l textLine) bool {
		return slices.ContainsFunc(t.runningTexts(page, l), func(r runningText) bool {
			of := pagesOf[r]
			first, _ := slices.BinarySearch(of, page.number-3)
			end, _ := slices.BinarySearch(of, page.number+4)
			return end-first >= t.params.RunningPages
		})
	}
}

var digits = regexp.MustCompile(`\d+`)

// longestRunning bounds a running head, in bytes.
const longestRunning = 300

// runningTexts are what a line at an edge of its page, or of the page's text,
// has in common with those of other pages: all of it, or all but a number that
// is as far from the page's own on each.
func (t *layout) runningTexts(page *pdfPage, l textLine) []runningText {
	head := l.bottom > page.height*(1-t.params.PageEdge) || l.base >= page.highest
	foot := l.top < page.height*t.params.PageEdge || l.base <= page.lowest
	if !head && !foot || len(l.text) > longestRunning {
		return nil
	}
	found := []runningText{{l.text, foot}}
	for _, number := range digits.FindAllString(l.text, -1) {
		n, err := strconv.Atoi(number)
		if err == nil {
			found = append(found, runningText{strings.ReplaceAll(l.text, number, "#"+strconv.Itoa(n-page.number)), foot})
		}
	}
	return found
}
