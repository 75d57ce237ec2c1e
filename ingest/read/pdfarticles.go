package read

import (
	"regexp"
	"strings"
	"unicode"
)

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
	var text strings.Builder
	for _, i := range part.lines {
		text.WriteString(t.lines[i].text)
	}
	return isCapitals(text.String())
}

func isCapitals(text string) bool {
	var upper int
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			return false
		}
	}
	return upper > 5
}

// continuesTitle reports whether a title goes on in the next part.
func (t *pdfText) continuesTitle(title, next pdfPart) bool {
	a, b := t.lines[title.lines[len(title.lines)-1]], t.lines[next.lines[0]]
	return len(title.lines) < mostHeadingLines && a.page == b.page && a.base-b.base < 3*a.em() && a.base > b.base
}

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
