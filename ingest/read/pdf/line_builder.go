package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// makeLines makes the lines of a page's characters, and forgets these.
func (p *pdfPage) makeLines(params Params) {
	p.tidyGlyphs(params)
	var line lineMaker
	for i, g := range p.glyphs {
		if g.r == '\n' || i == p.printed || params.LineBreaks && line.leaves(g) {
			p.endLine(&line)
		}
		line.add(g, p.named(g.r))
		line.field = line.field || p.printed > 0 && i >= p.printed
	}
	p.endLine(&line)
	p.glyphs = nil
	if params.FormFields {
		p.placeFields(params.CellGap)
	}
	if params.JoinRows {
		p.joinRows()
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.form != nil {
			continue
		}
		l.splitCells(params.CellGap * l.em())
		if p.highest, p.lowest = max(p.highest, l.base), min(p.lowest, l.base); i == 0 {
			p.highest, p.lowest = l.base, l.base
		}
	}
}

func (p *pdfPage) endLine(m *lineMaker) {
	if m.letters > 0 {
		l := m.line()
		l.page = p.number
		if text, cut := strings.CutSuffix(l.text, "-"); cut && tail(text) != "" {
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
	// space is set after white space, accent where an accent was taken away.
	space, accent bool
	letters       int
	// heights are those of letters by kind: capital, tall, low.
	heights                  [3][]float32
	bases                    []float32
	left, right, bottom, top float32
	foot                     float32
	last, before             glyph
	field                    bool
}

func (m *lineMaker) reset() {
	*m = lineMaker{bases: m.bases[:0], heights: [3][]float32{m.heights[0][:0], m.heights[1][:0], m.heights[2][:0]}}
}

// add adds a character with its text.
func (m *lineMaker) add(g glyph, text string) {
	gap, size := g.left-m.last.right, max(g.height(), m.last.height(), 4)
	switch {
	case g.blank():
		m.space, m.accent = m.space || !m.splits(g), m.accent || g.r == lostAccent
		return
	case text == "", g.r >= 0xfdd0 && g.r <= 0xfdef || g.r&0xfffe == 0xfffe || !utf8.ValidRune(g.r):
		return // no character
	case m.accent && abs32(gap) < 0.18*size:
		m.space = false // the engine makes up spaces around accents
	case gap > size:
		m.space = true // the engine leaves it out between the cells of some tables
	}
	if m.letters == 0 {
		m.left, m.right, m.bottom, m.top, m.foot = g.left, g.right, g.bottom, g.top, g.bottom
	}
	if m.space && m.letters > 0 {
		m.text.WriteByte(' ')
	}
	if m.space || m.letters == 0 {
		m.words = append(m.words, placedWord{m.text.Len(), g.left, g.right})
	}
	m.space, m.accent = false, false
	m.text.WriteString(text)
	m.letters++
	word := &m.words[len(m.words)-1]
	word.left, word.right = min(word.left, g.left), max(word.right, g.right)
	m.left, m.right, m.bottom, m.top = min(m.left, g.left), max(m.right, g.right), min(m.bottom, g.bottom), max(m.top, g.top)
	m.measure(g)
	m.before, m.last = m.last, g
}

// splits reports whether what is blank parts no words: some programs put a
// space in the place of a ligature's second letter, and some a control code.
func (m *lineMaker) splits(g glyph) bool {
	inLigature := m.last.left == m.before.left && m.last.right == m.before.right && g.left < m.last.right-m.last.width()/4
	return inLigature || g.r < ' ' && g.r != '\t'
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
	kind := 0
	switch {
	case strings.ContainsRune("bdfhkl", g.r):
		kind = 1
	case strings.ContainsRune("acemnorsuvwxz", g.r):
		kind = 2
	case strings.ContainsRune("gjpqyJQ", g.r), !unicode.IsLetter(g.r) && !unicode.IsDigit(g.r):
		return
	case g.r < 'A' || g.r > 'Z':
		kind = -1
	}
	if h := g.height(); kind >= 0 && h > 0 {
		m.heights[kind] = append(m.heights[kind], h)
	}
	m.bases = append(m.bases, g.bottom)
}

// line is the line gathered.
func (m *lineMaker) line() textLine {
	return textLine{
		text: m.text.String(), left: m.left, right: m.right, bottom: m.bottom, top: m.top,
		base: cmp.Or(median(m.bases), m.bottom), foot: m.foot, field: m.field, words: m.words,
		size:  letterSize{median(m.heights[0]), median(m.heights[1]), median(m.heights[2])},
		first: m.words[0].right - m.words[0].left,
	}
}

// median returns the middle of values, in any order that it leaves them in.
func median(values []float32) float32 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}
