package pdf

import "regexp"

// articles are how the parts of laws and agreements begin, from the whole to
// its parts.
var articles = regexp.MustCompile(`(?i)^(?:(partie|livre|titre|annexe|part|annex|appendix)|(chapitre|chapter)|(section)|(article|art\.))[\s\x{a0}]+(?:n°[\s\x{a0}]*)?(?:\d|[ivxlc]+\b|premi|unique|[lrd]\.|[a-z]\b)`)

// articleRank is 1 to 4 for a part that begins like the heading of a part of a
// law, the largest first, else 0.
func (t *layout) articleRank(part pdfPart) int {
	text := t.lines[part.lines[0]].text
	if !t.params.Articles || startsLower(text) || !t.isShort(part) {
		return 0
	}
	m := articles.FindStringSubmatchIndex(text)
	for rank := 1; rank < len(m)/2; rank++ {
		if m[2*rank] >= 0 {
			return rank
		}
	}
	return 0
}
