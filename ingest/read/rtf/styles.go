package rtf

import (
	"cmp"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/charset"
)

// entry is a font, as far as the meaning of bytes depends on it, or a style
// of paragraphs.
type entry struct {
	name string
	// charset and page are those of a font, outline and base are a style's.
	charset, page, outline, base int
}

// symbolCharset is that of fonts whose letters are signs.
const symbolCharset = 2

// charsets are the code pages of the charsets that fonts have numbers for.
var charsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// suffixes of the names of fonts of old tell their code page.
var suffixes = map[string]int{"CE": 1250, "Cyr": 1251, "Greek": 1253, "Tur": 1254, "Baltic": 1257}

// codePage is the page of text in a font, or 0 where it tells none. Its own is
// surer than a suffix, and that one than the charset of Western text or none.
func (e *entry) codePage() int {
	page := e.page
	if e.charset <= 1 {
		page = cmp.Or(page, suffixes[e.name[strings.LastIndexByte(e.name, ' ')+1:]])
	}
	return cmp.Or(page, charsets[e.charset])
}

// entryWord takes a word in the table of fonts or styles.
func (p *parser) entryWord(t token) {
	table, key := p.fonts, "f"
	if p.top.to == toStyles {
		table, key = p.styles, "s"
	}
	switch word := string(t.word); {
	case word == key && len(table) < mostEntries:
		p.flushRaw()
		p.entry = &entry{charset: 1, outline: -1, base: -1}
		table[t.n] = p.entry
	case word == key || p.entry == nil:
		p.entry = nil
	case word == "fcharset":
		p.entry.charset = t.n
	case word == "cpg" && charset.CodePages[t.n] != nil:
		p.entry.page = t.n
	case word == "outlinelevel":
		p.entry.outline = t.n
	case word == "sbasedon":
		p.entry.base = t.n
	case word == "u":
		p.unicode(t.n)
	}
}

// level is the heading level of a paragraph of a style, or 0.
func (p *parser) level(style int) int {
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
		style = s.base
	}
	return 0
}
