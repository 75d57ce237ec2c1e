package pdf

import (
	"regexp"
	"strings"
)

// joinRows joins the parts of a row that came as lines of their own.
func (p *pdfPage) joinRows() {
	kept := p.lines[:0]
	for _, l := range p.lines {
		if n := len(kept) - 1; n >= 0 && kept[n].continues(l) {
			kept[n].append(l)
		} else {
			kept = append(kept, l)
		}
	}
	p.lines = kept
}

// continues reports whether a line goes on at the same height, or close beside
// with what is raised or lowered a little, as in "1er".
func (l textLine) continues(next textLine) bool {
	if l.form != nil || next.form != nil {
		return false
	}
	em, gap, height := max(l.em(), next.em()), next.left-l.right, abs32(l.base-next.base)
	beside := gap < 0.35*em && height < 0.6*em && next.bottom < l.top && next.top > l.bottom
	return gap >= -0.1*em && (height < 0.2*em || beside)
}

func (l *textLine) append(next textLine) {
	if l.hyphen {
		l.text += "-"
	}
	gap, em := next.left-l.right, l.em()
	level := abs32(l.base-next.foot) < 0.3*em
	if gap > 0.15*em && (level || gap > 0.3*em) {
		l.text += " "
	}
	for _, w := range next.words {
		l.words = append(l.words, placedWord{len(l.text) + w.at, w.left, w.right})
	}
	l.text += next.text
	l.right, l.bottom, l.top = max(l.right, next.right), min(l.bottom, next.bottom), max(l.top, next.top)
	l.hyphen = next.hyphen
}

// leaders are the dots between an entry of a table of contents and its page.
var leaders = regexp.MustCompile(`\s*(?:\.{4,}|(?:\. ){3,}\.?|…{2,}|_{5,})\s*`)

// splitCells finds the cells of a row: what gaps part that are too wide for any
// line to be stretched to, or leaders.
func (l *textLine) splitCells(widest float32) {
	start, first := 0, 0
	for i := 1; i < len(l.words); i++ {
		if l.words[i].left-l.words[i-1].right > widest {
			l.placeCell(l.text[start:l.words[i].at], first, i)
			start, first = l.words[i].at, i
		}
	}
	l.placeCell(l.text[start:], first, len(l.words))
}

// placeCell adds the cell of some of the words, and notes where it stands unless
// it is more or less than one.
func (l *textLine) placeCell(text string, first, end int) {
	before := len(l.cells)
	l.addCell(text)
	if len(l.cells) == before+1 && end > first {
		l.places = append(l.places, edges{l.words[first].left, l.words[end-1].right})
	}
}

// addCell adds a cell. The sign of a currency at the end of the cell before
// belongs to this one, and what only closes a number to that.
func (l *textLine) addCell(text string) {
	parts := []string{text}
	if strings.Contains(text, "..") || strings.Contains(text, ". .") || strings.ContainsAny(text, "…_") {
		parts = leaders.Split(text, -1) // slow, and most lines have none
	}
	for _, cell := range parts {
		cell = strings.TrimSpace(cell)
		n := len(l.cells) - 1
		if cell == "" {
			continue
		}
		if n >= 0 && strings.Trim(cell, "%)") == "" {
			l.cells[n] += " " + cell
			continue
		}
		if n >= 0 {
			if rest := strings.TrimRight(l.cells[n], "$€£("); rest == "" || strings.HasSuffix(rest, " ") {
				cell = l.cells[n][len(rest):] + " " + cell
				if l.cells[n] = strings.TrimSpace(rest); rest == "" {
					l.cells = l.cells[:n]
				}
			}
		}
		l.cells = append(l.cells, cell)
	}
}
