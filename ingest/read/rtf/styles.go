package rtf

import (
	"strings"

	"docent/ingest/read"
)

// rtfFont is a font as far as the meaning of bytes depends on it.
type rtfFont struct {
	name    string
	charset int
}

// symbolCharset is that of fonts whose letters are signs.
const symbolCharset = 2

func (f *rtfFont) symbols() bool { return f.charset == symbolCharset }

// rtfCharsets are the code pages of the charsets that fonts have numbers for.
var rtfCharsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// codePage is the page of text in the font where the document's is page.
func (f *rtfFont) codePage(page int) int {
	if p := rtfCharsets[f.charset]; p != 0 {
		return p
	}
	return page
}

func (p *rtfParser) fontWord(t rtfToken) {
	f := p.fonts[p.entry]
	switch word := string(t.word); {
	case word == "f":
		p.flushRaw()
		p.entry = t.n
		if len(p.fonts) < mostRTFEntries {
			p.fonts[t.n] = &rtfFont{charset: 1}
		}
	case f == nil:
	case word == "fcharset":
		f.charset = t.n
	}
}

// rtfStyle is a style of paragraphs.
type rtfStyle struct {
	name          string
	outline, base int
}

func (p *rtfParser) styleWord(t rtfToken) {
	word := string(t.word)
	if word == "s" {
		p.entry = t.n
	}
	s := p.styles[p.entry]
	if s == nil && len(p.styles) < mostRTFEntries {
		s = &rtfStyle{outline: -1, base: -1}
		p.styles[p.entry] = s
	}
	switch {
	case s == nil:
	case word == "outlinelevel":
		s.outline = t.n
	case word == "sbasedon":
		s.base = t.n
	case word == "u":
		p.unicode(t.n)
	}
}

// name takes a part of the name of a font or style.
func (p *rtfParser) name(s string) {
	const longest = 100
	s = strings.TrimSuffix(s, ";")
	switch f, style := p.fonts[p.entry], p.styles[p.entry]; {
	case p.top.to == rtfToFonts && f != nil && len(f.name) < longest:
		f.name += s
	case p.top.to == rtfToStyles && style != nil && len(style.name) < longest:
		style.name += s
	}
}

// level is the heading level of a paragraph of a style, or 0.
func (p *rtfParser) level(style int) int {
	for range 10 {
		s := p.styles[style]
		if s == nil {
			return 0
		}
		if level := read.StyleLevel(s.name); level > 0 {
			return level
		}
		if s.outline >= 0 && s.outline < 9 {
			return s.outline + 1
		}
		if s.base == style {
			return 0
		}
		style = s.base
	}
	return 0
}
