package read

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// cuts finds the gaps between words that are too wide for any line to be
// stretched to: the ends of cells. Beside a number a narrower gap will do.
func (m *lineMaker) cuts(l pdfLine) []int {
	em := l.em()
	var cuts []int
	for i := 1; i < len(m.words); i++ {
		gap := m.words[i].left - m.words[i-1].right
		if gap < 0.9*em {
			continue
		}
		before, after := l.text[m.words[i-1].at:m.words[i].at-1], l.text[m.words[i].at:]
		if gap > 2.2*em || isFigure(before) && isFigure(firstWord(after)) {
			cuts = append(cuts, m.words[i].at)
		}
	}
	return cuts
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// isFigure reports whether a word is a number as tables have them, or a sign
// that stands with one.
func isFigure(word string) bool {
	var digits int
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("$€£%()+-–—−.,*'’", r):
			return false
		}
	}
	return digits > 0 || len(word) <= 4
}

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

// continues reports whether a line goes on at the same height, or with what is
// raised or lowered a little, as in "1er".
func (l pdfLine) continues(next pdfLine) bool {
	em, gap := max(l.em(), next.em()), next.left-l.right
	if l.sloping || next.sloping || l.hyphen || gap < -0.1*em {
		return false
	}
	return abs32(l.base-next.base) < 0.2*em || l.besides(next)
}

// besides reports whether a small piece stands close beside a line, perhaps a
// little higher or lower.
func (l pdfLine) besides(next pdfLine) bool {
	em := max(l.em(), next.em())
	return next.left-l.right < 0.35*em && next.bottom < l.top && next.top > l.bottom && abs32(l.base-next.base) < 0.6*em
}

func (l *pdfLine) append(next pdfLine) {
	gap, em := next.left-l.right, l.em()
	level := abs32(l.base-next.foot) < 0.3*em
	if gap > 0.15*em && (level || gap > 0.3*em) {
		l.text += " "
	}
	if gap > 2.2*em {
		l.cuts = append(l.cuts, len(l.text))
	}
	for _, cut := range next.cuts {
		l.cuts = append(l.cuts, len(l.text)+cut)
	}
	l.text += next.text
	l.right, l.bottom, l.top = max(l.right, next.right), min(l.bottom, next.bottom), max(l.top, next.top)
	l.hyphen = next.hyphen
}

// leaders are the dots between an entry of a table of contents and its page.
var leaders = regexp.MustCompile(`\s*(?:\.{4,}|(?:\. ){3,}\.?|…{2,}|_{5,})\s*`)

// hasLeaders looks for what most lines have none of before it is looked at
// closely.
func hasLeaders(text string) bool {
	return (strings.Contains(text, "..") || strings.Contains(text, ". .") || strings.Contains(text, "……") || strings.Contains(text, "__")) &&
		leaders.MatchString(text)
}

// cells are those of a row. What only stands with a number is in its cell.
func (l pdfLine) cells() []string {
	var cells []string
	start := 0
	for _, cut := range append(l.cellEnds(), len(l.text)) {
		for i, cell := range leaders.Split(l.text[start:cut], -1) {
			cell = strings.TrimSpace(cell)
			n := len(cells) - 1
			switch {
			case cell == "":
			case n >= 0 && i == 0 && (closes(cell) || opens(cells[n])):
				cells[n] += " " + cell
			default:
				cells = append(cells, cell)
			}
		}
		start = cut
	}
	return cells
}

// opens reports whether a cell only opens the number in the next one.
func opens(cell string) bool { return strings.Trim(cell, "$€£(") == "" }

// closes reports whether a cell only closes the number in the one before.
func closes(cell string) bool { return strings.Trim(cell, "%)") == "" }

// cellEnds are the cuts, moved before the sign of a currency that stands alone
// at the end of a cell: it belongs to the number in the next.
func (l pdfLine) cellEnds() []int {
	ends := slices.Clone(l.cuts)
	for i, cut := range ends {
		before := strings.TrimRight(l.text[:cut], " ")
		if rest := strings.TrimRight(before, "$€£("); len(rest) < len(before) && strings.HasSuffix(rest, " ") {
			ends[i] = len(rest)
		}
	}
	return ends
}
