package read

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
	foot                     float32
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
// use: marks of list items and arrows; and what T1 has in the place of control
// characters.
var fontSigns = map[rune]rune{
	'\uf0b7': '•', '\uf0a7': '▪', '\uf0d8': '➢', '\uf0fc': '✓', '\uf0a8': '◻', '\uf02d': '–', '\uf0e0': '→', '\uf0de': '⇒', '\uf06f': '◻', '\uf071': '◻',
	unnamed + 0x10: '“', unnamed + 0x11: '”', unnamed + 0x12: '„', unnamed + 0x13: '«', unnamed + 0x14: '»', unnamed + 0x15: '–', unnamed + 0x16: '—',
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
		split := m.last.left == m.before.left && m.last.right == m.before.right && g.left < m.last.right-m.last.width()/4
		m.accent = m.accent || g.r == lostAccent
		if (g.r == ' ' || g.r == '\t' || g.r > 0x7f) && !split {
			m.space, m.guessed = true, (m.guessed || !m.space) && g.width() == 0
		}
		return
	case g.r >= unnamed+0x17 && g.r <= unnamed+0x1a:
		return // in T1 nothing that texts have
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
		m.left, m.right, m.bottom, m.top, m.foot = g.left, g.right, g.bottom, g.top, g.bottom
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

// leaves reports whether a character stands on another line than those
// gathered: all above or below them, and further on or back. The engine does
// not always say so between the fields of a form and before the items of lists.
func (m *lineMaker) leaves(g glyph) bool {
	if m.letters == 0 || g.blank() || g.top >= m.bottom && g.bottom <= m.top {
		return false
	}
	if !unicode.IsLetter(g.r) && !unicode.IsDigit(g.r) {
		return g.left < m.last.left-3*(m.top-m.bottom)
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
		base: cmp.Or(median(m.bases), m.bottom), foot: m.foot, field: m.field,
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

// after is the index of the next character that is seen.
func after(glyphs []glyph, i int) int {
	for i++; i < len(glyphs) && glyphs[i].blank(); i++ {
	}
	return i
}
