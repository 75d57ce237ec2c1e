package pdf

import "slices"

// fewLetters is the number of characters under which a page has no text but, at
// most, its number.
const fewLetters = 10

// ownLetters counts the bytes of text of each page, without what runs on from
// page to page, as stamps and page numbers do.
func (t *layout) ownLetters() []int {
	runs := t.runningLines()
	own := make([]int, len(t.pages))
	for i, page := range t.pages {
		for _, l := range page.lines {
			if !runs(page, l) {
				own[i] += len(l.text)
			}
		}
	}
	return own
}

// pictures are the pages that are scanned: pictures, without any text that is
// their own.
func (t *layout) pictures() []*pdfPage {
	if !slices.ContainsFunc(t.pages, func(p *pdfPage) bool { return p.picture }) {
		return nil
	}
	var found []*pdfPage
	own := t.ownLetters()
	for i, p := range t.pages {
		if p.picture && own[i] < fewLetters {
			found = append(found, p)
		}
	}
	return found
}

// onlyPictures reports whether no page has text of its own.
func (t *layout) onlyPictures() bool { return slices.Max(t.ownLetters()) < fewLetters }
