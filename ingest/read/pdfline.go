package read

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfLine is a line of a page, or a row of a table.
type pdfLine struct {
	text                           string
	page                           int
	left, right, bottom, top, base float32
	// first is the width of the first word.
	first float32
	// size is that of the letters.
	size letterSize
	// cuts are the offsets in text at which the cells of a row begin, but the
	// first.
	cuts   []int
	hyphen bool
	// sloping is set where the text does not run from left to right.
	sloping bool
	// apart is set where a paragraph begins, whatever the places say.
	apart bool
	// field is set for the value of a field of a form.
	field bool

	furniture bool
	// heading is 1 + the index of the bookmark that names the line, or 0, and
	// level is that of the heading.
	heading, level int
}

// letterSize is the height of letters in points, of each kind by itself, since
// fonts of one size differ in how they divide it; 0 where there is none.
type letterSize struct{ capital, tall, low float32 }

// em is about the size of the font.
func (s letterSize) em() float32 {
	switch {
	case s.capital > 0:
		return s.capital / 0.68
	case s.tall > 0:
		return s.tall / 0.70
	case s.low > 0:
		return s.low / 0.46
	}
	return 0
}

// ratio is how much larger letters are than others, by the kind in which they
// differ least.
func (s letterSize) ratio(other letterSize) float32 {
	var least float32
	for _, pair := range [][2]float32{{s.capital, other.capital}, {s.tall, other.tall}, {s.low, other.low}} {
		if pair[0] > 0 && pair[1] > 0 && (least == 0 || pair[0]/pair[1] < least) {
			least = pair[0] / pair[1]
		}
	}
	return cmp.Or(least, 1)
}

func (l pdfLine) em() float32 { return cmp.Or(l.size.em(), l.top-l.bottom, 10) }

// makeLines makes the lines of a page's characters, and forgets these.
func (p *pdfPage) makeLines() {
	p.tidyGlyphs()
	var line lineMaker
	for i, g := range p.glyphs {
		if i == p.printed && i > 0 {
			p.endLine(&line, false)
		}
		switch {
		case g.r == '\n':
			p.endLine(&line, false)
		case g.r == lineHyphen && line.endsAt(p.glyphs, i):
			line.bottom, line.right = min(line.bottom, g.bottom), max(line.right, g.right)
			p.endLine(&line, true)
		default:
			if line.leaves(g) {
				p.endLine(&line, false)
			}
			line.add(g)
			line.field = line.field || p.printed > 0 && i >= p.printed
		}
	}
	p.endLine(&line, false)
	p.glyphs = nil
	p.placeFields()
	p.joinRows()
}

func (p *pdfPage) endLine(m *lineMaker, hyphen bool) {
	if l, ok := m.line(); ok {
		l.page, l.hyphen = p.number, hyphen
		// The engine marks the hyphens between letters only.
		if text, cut := strings.CutSuffix(l.text, "-"); cut && !hyphen && tail(text) != "" {
			l.text, l.hyphen = text, true
		}
		p.lines = append(p.lines, l)
		p.letters += m.letters
	}
	m.reset()
}

// lineMaker gathers the characters of a line.
type lineMaker struct {
	text  strings.Builder
	words []placedWord
	// space is set after white space, guessed where the engine made it up, and
	// accent where an accent was taken away.
	space, guessed, accent bool
	letters                int
	// heights are those of letters by kind: capital, tall, low.
	heights                  [3][]float32
	bases                    []float32
	left, right, bottom, top float32
	last, before             glyph
	field                    bool
}

// placedWord is a word that begins at an offset of the line's text.
type placedWord struct {
	at          int
	left, right float32
}

func (m *lineMaker) reset() {
	*m = lineMaker{words: m.words[:0], bases: m.bases[:0],
		heights: [3][]float32{m.heights[0][:0], m.heights[1][:0], m.heights[2][:0]}}
}

// endsAt reports whether a hyphen is the last character of its line.
func (m *lineMaker) endsAt(glyphs []glyph, i int) bool {
	next := after(glyphs, i)
	if next == len(glyphs) {
		return false
	}
	for _, g := range glyphs[i+1 : next] {
		if g.r == '\n' {
			return true
		}
	}
	return abs32(glyphs[next].bottom-glyphs[i].bottom) > glyphs[next].height() || glyphs[next].left < glyphs[i].left
}

// fontSigns are characters that fonts for symbols have in the area for private
// use: marks of list items and arrows.
var fontSigns = map[rune]rune{
	'\uf0b7': '•', '\uf0a7': '▪', '\uf0d8': '➢', '\uf0fc': '✓', '\uf0a8': '◻', '\uf02d': '–', '\uf0e0': '→', '\uf0de': '⇒', '\uf06f': '◻', '\uf071': '◻',
}

func (m *lineMaker) add(g glyph) {
	if g.r == lineHyphen {
		g.r = '-'
	}
	if s, ok := fontSigns[g.r]; ok {
		g.r = s
	}
	switch {
	case g.blank():
		// Some programs put a space in the place of a ligature's second letter.
		split := m.last.left == m.before.left && m.last.right == m.before.right && g.left < m.last.right-g.width()/2
		m.accent = m.accent || g.r == lostAccent
		if (g.r == ' ' || g.r == '\t' || g.r > 0x7f) && !split {
			m.space, m.guessed = true, (m.guessed || !m.space) && g.width() == 0
		}
		return
	case g.r >= 0xfdd0 && g.r <= 0xfdef || g.r&0xfffe == 0xfffe || !utf8.ValidRune(g.r):
		return // no character
	}
	if gap, size := g.left-m.last.right, max(g.height(), m.last.height(), 4); m.space && m.guessed && m.accent && abs32(gap) < 0.18*size {
		m.space = false
	} else if gap > size {
		m.space = true // the engine leaves it out between the cells of some tables
	}
	switch {
	case m.letters == 0:
		m.left, m.right, m.bottom, m.top = g.left, g.right, g.bottom, g.top
		m.words = append(m.words, placedWord{0, g.left, g.right})
	case m.space:
		m.text.WriteByte(' ')
		m.words = append(m.words, placedWord{m.text.Len(), g.left, g.right})
	}
	m.space, m.accent = false, false
	m.text.WriteRune(g.r)
	m.letters++
	word := &m.words[len(m.words)-1]
	word.left, word.right = min(word.left, g.left), max(word.right, g.right)
	m.left, m.right, m.bottom, m.top = min(m.left, g.left), max(m.right, g.right), min(m.bottom, g.bottom), max(m.top, g.top)
	m.measure(g)
	m.before, m.last = m.last, g
}

// leaves reports whether a letter stands on another line than those gathered:
// all above or below them and further on or back. The engine does not always
// say so between the fields of a form.
func (m *lineMaker) leaves(g glyph) bool {
	if m.letters == 0 || !unicode.IsLetter(g.r) && !unicode.IsDigit(g.r) || g.top > m.bottom && g.bottom < m.top {
		return false
	}
	return g.left < m.last.left-2*g.width() || g.left > m.last.right+g.height()
}

// measure notes the height of a letter and the line that it stands on.
func (m *lineMaker) measure(g glyph) {
	kind := -1
	switch g.r {
	case 'b', 'd', 'f', 'h', 'k', 'l':
		kind = 1
	case 'a', 'c', 'e', 'm', 'n', 'o', 'r', 's', 'u', 'v', 'w', 'x', 'z':
		kind = 2
	case 'g', 'j', 'p', 'q', 'y', 'J', 'Q':
		return
	default:
		switch {
		case g.r >= 'A' && g.r <= 'Z':
			kind = 0
		case g.r < '0' || g.r > '9' && g.r < 0x80 || g.r >= 0x80 && !unicode.IsLetter(g.r):
			return
		}
	}
	if h := g.height(); kind >= 0 && h > 0 {
		m.heights[kind] = append(m.heights[kind], h)
	}
	m.bases = append(m.bases, g.bottom)
}

// line is the line gathered, if there is anything in it.
func (m *lineMaker) line() (pdfLine, bool) {
	if m.letters == 0 {
		return pdfLine{}, false
	}
	l := pdfLine{
		text: m.text.String(), left: m.left, right: m.right, bottom: m.bottom, top: m.top,
		base: cmp.Or(median(m.bases), m.bottom), field: m.field,
		size:  letterSize{median(m.heights[0]), median(m.heights[1]), median(m.heights[2])},
		first: m.words[0].right - m.words[0].left,
	}
	// Upright text is wider than high; a letter or two tell nothing.
	l.sloping = m.letters > 3 && l.top-l.bottom > 2*(l.right-l.left)
	if !l.sloping {
		l.cuts = m.cuts(l)
	}
	return l, true
}

// median returns the middle of values, in any order that it leaves them in.
func median(values []float32) float32 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

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
	level := abs32(l.base-next.base) < 0.2*em
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

// placeFields puts the values of fields, which the engine gives last, beside
// or under what is printed next to them.
func (p *pdfPage) placeFields() {
	if p.printed == 0 {
		return
	}
	var printed, fields []pdfLine
	for _, l := range p.lines {
		if l.field {
			fields = append(fields, l)
		} else {
			printed = append(printed, l)
		}
	}
	if len(fields)*len(printed) > mostPlacings {
		return
	}
	for _, f := range fields {
		at := 0
		for i, l := range printed {
			beside := abs32(l.base-f.base) < 0.6*f.em() && l.left <= f.left
			if beside || l.base > f.base+0.6*f.em() && (at == 0 || printed[at-1].base >= l.base) {
				at = i + 1
			}
			if beside && (i+1 == len(printed) || abs32(printed[i+1].base-f.base) >= 0.6*f.em() || printed[i+1].left > f.left) {
				break
			}
		}
		printed = slices.Insert(printed, at, f)
	}
	p.lines = printed
}

// mostPlacings bounds the work that the fields of a page may make.
const mostPlacings = 1_000_000

// after is the index of the next character that is seen.
func after(glyphs []glyph, i int) int {
	for i++; i < len(glyphs) && glyphs[i].blank(); i++ {
	}
	return i
}
