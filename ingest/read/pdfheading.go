package read

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// headingRatio is how much larger than the body a heading is at least.
	headingRatio = 1.12
	// longestPDFHeading and mostHeadingLines bound what may be one.
	longestPDFHeading = 200
	mostHeadingLines  = 4
	// sameSize is how far the sizes of headings of one level may differ.
	sameSize = 1.05
)

// markHeadings makes headings of the parts that look like some: short, and
// larger than the body, or beginning like the articles of a law, or in capitals
// over a paragraph.
func (t *pdfText) markHeadings() {
	var sizes []float32
	for i := range t.parts {
		part := &t.parts[i]
		if part.kind == Paragraph && t.isLarge(*part) {
			part.kind = Heading
		}
		if part.kind == Heading {
			sizes = append(sizes, t.ratio(*part))
		}
	}
	levels := t.levels(sizes)
	for i := range t.parts {
		if part := &t.parts[i]; part.kind == Heading && part.level == 0 {
			part.level = levels.of(t.ratio(*part))
		}
	}
	t.markArticles(levels.deepest)
}

// isLarge reports whether a part is set like a heading.
func (t *pdfText) isLarge(part pdfPart) bool {
	if len(part.lines) > mostHeadingLines || !t.isShort(part, longestPDFHeading) {
		return false
	}
	for _, i := range part.lines {
		if t.lines[i].size.ratio(t.body) < headingRatio || t.lines[i].sloping {
			return false
		}
	}
	return true
}

// isShort reports whether a part is no longer than n bytes, has a word, and is
// no sentence.
func (t *pdfText) isShort(part pdfPart, n int) bool {
	var size, letters int
	for _, i := range part.lines {
		size += len(t.lines[i].text)
		letters += strings.Count(strings.Map(onlyLetters, t.lines[i].text), "a")
	}
	last, _ := utf8.DecodeLastRuneInString(t.lines[part.lines[len(part.lines)-1]].text)
	return size <= n && letters >= 3 && letters*2 >= size/2 && !strings.ContainsRune(".,;", last)
}

func onlyLetters(r rune) rune {
	if unicode.IsLetter(r) {
		return 'a'
	}
	return -1
}

func (t *pdfText) ratio(part pdfPart) float32 { return t.lines[part.lines[0]].size.ratio(t.body) }

// headingLevels are the sizes of headings, the largest first.
type headingLevels struct {
	sizes   []float32
	levels  []int
	deepest int
}

// levels gives each size of headings a level: that of the bookmarks of that
// size, or its rank.
func (t *pdfText) levels(sizes []float32) headingLevels {
	slices.SortFunc(sizes, func(a, b float32) int { return cmp.Compare(b, a) })
	var h headingLevels
	for _, s := range sizes {
		if n := len(h.sizes); n == 0 || h.sizes[n-1] > s*sameSize {
			h.sizes = append(h.sizes, s)
		}
	}
	marked := make([]map[int]int, len(h.sizes))
	for _, part := range t.parts {
		if part.kind == Heading && part.level > 0 {
			n := h.index(t.ratio(part))
			if marked[n] == nil {
				marked[n] = make(map[int]int)
			}
			marked[n][part.level]++
		}
	}
	above := 0
	for _, counts := range marked {
		level := above + 1
		best := 0
		for l, count := range counts {
			if count > best || count == best && l < level {
				level, best = l, count
			}
		}
		level = min(max(level, above), 6)
		h.levels = append(h.levels, level)
		above = level
	}
	h.deepest = above
	return h
}

// index is that of a size among the sizes.
func (h headingLevels) index(size float32) int {
	for i, s := range h.sizes {
		if s <= size*sameSize {
			return i
		}
	}
	return len(h.sizes) - 1
}

func (h headingLevels) of(size float32) int { return h.levels[h.index(size)] }
