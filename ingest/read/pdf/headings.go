package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"docent/ingest/read"
)

const (
	// longestPDFHeading and mostHeadingLines bound what may be a heading.
	longestPDFHeading = 200
	mostHeadingLines  = 4
	// sameLevel is how far the sizes of headings of one level may differ.
	sameLevel = 1.05
)

// markHeadings makes headings of the parts in large letters, and gives them the
// levels of their sizes, the largest first; and under these of what begins like
// the articles of a law.
func (t *layout) markHeadings() {
	var sizes []float32
	for _, part := range t.parts {
		if t.isLarge(part) {
			sizes = append(sizes, t.ratio(part))
		}
	}
	slices.SortFunc(sizes, func(a, b float32) int { return cmp.Compare(b, a) })
	sizes = slices.CompactFunc(sizes, func(smaller, size float32) bool { return size <= smaller*sameLevel })
	for i := range t.parts {
		part := &t.parts[i]
		switch rank := t.articleRank(*part); {
		case t.isLarge(*part):
			smaller := func(size float32) bool { return size <= t.ratio(*part)*sameLevel }
			part.kind, part.level = read.Heading, min(slices.IndexFunc(sizes, smaller)+1, 6)
		case rank > 0:
			part.kind, part.level = read.Heading, min(len(sizes)+rank, 6)
		}
	}
}

func (t *layout) ratio(part pdfPart) float32 { return t.lines[part.lines[0]].size.ratio(t.body) }

// isLarge reports whether a part may be a heading and is set like one.
func (t *layout) isLarge(part pdfPart) bool {
	return t.params.LargeHeadings && t.isShort(part) && !slices.ContainsFunc(part.lines, func(i int) bool {
		return t.lines[i].size.ratio(t.body) < t.params.HeadingRatio
	})
}

// isShort reports whether a part is short, has a word, and is no sentence.
func (t *layout) isShort(part pdfPart) bool {
	if part.kind != read.Paragraph || len(part.lines) > mostHeadingLines {
		return false
	}
	var text string
	for _, i := range part.lines {
		text += t.lines[i].text
	}
	var letters int
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return len(text) <= longestPDFHeading && letters >= 3 && letters*4 >= len(text) && !strings.HasSuffix(text, ".") &&
		!strings.HasSuffix(text, ",") && !strings.HasSuffix(text, ";")
}

func isCapitals(text string) bool {
	return strings.ContainsFunc(text, unicode.IsUpper) && !strings.ContainsFunc(text, unicode.IsLower)
}
