package read

import (
	"cmp"
	"regexp"
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

// markBookmarks marks the lines that the document's own outline names. They
// are looked for on the page that the outline leads to.
func (t *pdfText) markBookmarks() {
	first := make(map[int]int) // the first line of each page
	for i := len(t.lines) - 1; i >= 0; i-- {
		first[t.lines[i].page] = i
	}
	for n, mark := range t.info.bookmarks {
		start, there := first[mark.page]
		want := letters(mark.title)
		if !there || want == "" {
			continue
		}
		for i := start; i < len(t.lines) && t.lines[i].page == mark.page; i++ {
			if end := t.named(i, want); end > i {
				for k := i; k < end; k++ {
					t.lines[k].heading, t.lines[k].level = n+1, mark.level
				}
				break
			}
		}
	}
}

// named returns the end of the lines from i on that say what a bookmark does,
// perhaps after a number, or i.
func (t *pdfText) named(i int, want string) int {
	var got string
	for k := i; k < min(i+mostHeadingLines, len(t.lines)); k++ {
		l := t.lines[k]
		if l.page != t.lines[i].page || l.heading > 0 || len(l.cuts) > 1 {
			return i
		}
		got += letters(l.text)
		if got == want || strings.HasSuffix(got, want) && isNumbering(got[:len(got)-len(want)]) ||
			strings.HasSuffix(want, got) && len(got) > 3 && isNumbering(want[:len(want)-len(got)]) {
			return k + 1
		}
		if len(got) > len(want)+20 {
			return i
		}
	}
	return i
}

// isNumbering reports whether what stands before a title is its number.
func isNumbering(s string) bool {
	return s != "" && len(s) <= 12 && strings.ContainsFunc(s, unicode.IsDigit) || len(s) == 1
}

// letters is a text reduced to what two ways to write a title share.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

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

// markArticles makes headings of what begins like the articles of a law, with
// the title in capitals under it, and of other lines in capitals.
func (t *pdfText) markArticles(above int) {
	ranks := make([]int, len(t.parts))
	var used [capitalsRank + 1]int
	for i, part := range t.parts {
		if part.kind != Paragraph || len(part.lines) > 2 {
			continue
		}
		switch rank := articleRank(t.lines[part.lines[0]].text); {
		case rank > 0 && t.isShort(part, 120):
			ranks[i] = rank
		case t.isTitle(i):
			ranks[i] = capitalsRank
		}
		used[ranks[i]] = 1
	}
	used[0] = 0
	for i := 1; i < len(used); i++ {
		used[i] += used[i-1]
	}
	kept := t.parts[:0]
	for i, part := range t.parts {
		n := len(kept) - 1
		switch {
		case ranks[i] == capitalsRank && n >= 0 && i > 0 && ranks[i-1] > 0 && t.continuesTitle(kept[n], part):
			kept[n].lines = append(kept[n].lines, part.lines...)
			continue
		case ranks[i] > 0:
			part.kind, part.level = Heading, min(6, above+used[ranks[i]])
		}
		kept = append(kept, part)
	}
	t.parts = kept
}

// capitalsRank is that of headings which are only told by their capitals, under
// those of articleRank.
const capitalsRank = 6

// isTitle reports whether a part is a line in capitals over text.
func (t *pdfText) isTitle(i int) bool {
	part := t.parts[i]
	if !t.isShort(part, 120) || !t.isCapitals(part) {
		return false
	}
	for _, next := range t.parts[i+1 : min(i+4, len(t.parts))] {
		switch first := t.lines[next.lines[0]]; {
		case next.kind != Paragraph && next.kind != ListItem || first.page != t.lines[part.lines[0]].page:
			return false
		case t.isCapitals(next):
		default:
			return len(next.lines) > 1 || len(first.text) > 60
		}
	}
	return false
}

func (t *pdfText) isCapitals(part pdfPart) bool {
	var upper int
	for _, i := range part.lines {
		for _, r := range t.lines[i].text {
			switch {
			case unicode.IsUpper(r):
				upper++
			case unicode.IsLower(r):
				return false
			}
		}
	}
	return upper > 5
}

// continuesTitle reports whether a title goes on in the next part.
func (t *pdfText) continuesTitle(title, next pdfPart) bool {
	a, b := t.lines[title.lines[len(title.lines)-1]], t.lines[next.lines[0]]
	return len(title.lines) < mostHeadingLines && a.page == b.page && a.base-b.base < 3*a.em() && a.base > b.base
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

// articles are how the parts of laws and agreements begin, from the whole to
// its parts.
var articles = regexp.MustCompile(`(?i)^(?:(partie|livre|titre|annexe|part|annex|appendix)|(chapitre|chapter)|(section)|(sous-section|subsection|paragraphe)|(article|art\.))[\s\x{a0}]+(?:n°[\s\x{a0}]*)?(?:\d|[ivxlc]+\b|premi|unique|[lrd]\.|[a-z]\b)`)

// articleRank is 1 to 5 for a line that begins like the heading of a part of a
// law, the largest part first, else 0.
func articleRank(text string) int {
	m := articles.FindStringSubmatchIndex(text)
	if m == nil || startsLower(text) {
		return 0
	}
	for rank := 1; rank < len(m)/2; rank++ {
		if m[2*rank] >= 0 {
			return rank
		}
	}
	return 0
}
