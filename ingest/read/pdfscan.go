package read

import "slices"

// ownLetters counts the bytes of text of each page, without what stands on many
// pages alike, as stamps and page numbers do.
func (t *pdfText) ownLetters() []int {
	on := make(map[string]int)
	for _, p := range t.pages {
		seen := make(map[string]bool)
		for _, l := range p.lines {
			if text := masked(l.text); len(l.text) <= longestRunning && !seen[text] {
				seen[text] = true
				on[text]++
			}
		}
	}
	own := make([]int, len(t.pages))
	for i, p := range t.pages {
		for _, l := range p.lines {
			if n := on[masked(l.text)]; n < fewPages || n*10 < len(t.pages)*3 {
				own[i] += len(l.text)
			}
		}
	}
	return own
}

// pictures are the pages that are scanned: pictures, without any text that is
// their own.
func (t *pdfText) pictures() []*pdfPage {
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
func (t *pdfText) onlyPictures() bool {
	for _, n := range t.ownLetters() {
		if n >= fewLetters {
			return false
		}
	}
	return true
}
