package rtf

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
	"docent/rag/lang"
)

// target is where the text of a group goes.
type target byte

const (
	toText target = iota
	toNothing
	// toMark is the number or bullet that stands before a paragraph.
	toMark
	toFonts
	toStyles
	toColors
	// toInfo holds groups that say something of the document.
	toInfo
	toTitle
	toAuthor
	toDate
)

// state is what a group takes over from the one around it, and what ends
// with it.
type state struct {
	to   target
	flow *flow
	// fallback is how many characters after a \u stand for the same.
	fallback int
	font     int
	look     office.Look
	// listLevel is how deep the list of the paragraph stands, from 1, or 0.
	listLevel int
	// The paragraph is in a table, in a list, of a style, of an outline level
	// from 0, or -1.
	table, list    bool
	style, outline int
}

const (
	// mostEntries of a table of fonts or styles are remembered.
	mostEntries = 10_000
	// longestMark is about the size in bytes of the longest number of an item.
	longestMark = 100
	// longestName is that of a font or style.
	longestName = 100
)

// parser composes a document from tokens.
type parser struct {
	*office.Composer
	// err is why there is no room or time for more.
	err error
	// size is the number of bytes of text so far.
	size  int64
	top   state
	stack []state
	// ended is set when the group that is the document has ended.
	ended bool
	// star is set between \* and the control word that it makes optional.
	star bool
	// raw are bytes of text in the charset of the font.
	raw []byte
	// high is the first half of a character beyond U+FFFF.
	high rune
	// skip counts down the characters that repeat a \u.
	skip int
	// page is the code page of text in a font that has none.
	page, defaultFont int

	fonts, styles map[int]*entry
	// colors are those of the table of them, as far as it is read, and color the
	// one that is; shaded says that a cell of the row has one.
	colors []read.Color
	color  [3]int
	shaded bool
	// entry is the font or style that is being defined, or nil.
	entry *entry

	main    *flow
	pending []office.Piece
	// seen are the running heads that the text has already.
	seen map[string]bool

	title, author    strings.Builder
	year, month, day int
	rowIsHeader      bool
	// merges say of the cells of the row that is defined what they go on with.
	merges []office.Merge
	merge  office.Merge
}

func newParser(ctx context.Context, limits read.Limits) *parser {
	p := &parser{
		Composer: &office.Composer{Zip: &office.Zip{Limits: limits}, Stopped: ctx.Err}, page: 1252, main: &flow{},
		fonts: make(map[int]*entry), styles: make(map[int]*entry), seen: make(map[string]bool),
	}
	p.top = state{flow: p.main, fallback: 1, outline: -1}
	return p
}

func (p *parser) token(l *lexer, t token) error {
	star := p.star
	p.star = false
	switch t.kind {
	case tokenOpen:
		return p.open()
	case tokenClose:
		p.shut()
	case tokenText, tokenHex:
		p.byte(t.c)
	case tokenSymbol:
		p.symbol(t.c)
	case tokenWord:
		if string(t.word) == "bin" {
			_, err := l.r.Discard(max(0, t.n))
			return err
		}
		p.word(t, star)
	}
	if limit := p.Limits.MaxDocument(); p.size > limit {
		return &read.LimitError{Limit: limit}
	}
	return p.err
}

func (p *parser) open() error {
	if len(p.stack) == mostBraces {
		return office.ErrTooDeep
	}
	p.flushRaw()
	p.skip = 0
	p.stack = append(p.stack, p.top)
	if p.top.to == toStyles {
		p.entry = nil
	}
	return nil
}

// shut ends a group.
func (p *parser) shut() {
	p.flushRaw()
	p.skip = 0
	if len(p.stack) == 0 {
		return
	}
	last := p.top
	p.top = p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	if last.flow != p.top.flow {
		p.endFlow(last)
	}
	p.ended = len(p.stack) == 0
}

// byte takes one byte of text.
func (p *parser) byte(c byte) {
	switch {
	case p.skip > 0:
		p.skip--
	case p.top.to == toNothing || p.top.look.Struck:
	default:
		p.raw = append(p.raw, c)
		if len(p.raw) >= 4096 && c < 0x80 {
			p.flushRaw()
		}
	}
}

// flushRaw decodes the bytes of text that have come, which are of one font.
func (p *parser) flushRaw() {
	if len(p.raw) == 0 {
		return
	}
	raw := p.raw
	p.raw = p.raw[:0]
	f, page := p.fonts[p.top.font], p.page
	if f == nil || p.top.to > toMark {
		p.write(charset.DecodePage(raw, page))
		return
	}
	if f.charset != symbolCharset {
		p.write(charset.DecodePage(raw, cmp.Or(f.codePage(), page)))
		return
	}
	for _, c := range raw {
		if c <= ' ' {
			p.write(string(rune(c)))
		} else {
			p.write(charset.SymbolText(c, f.name))
		}
	}
}

// unicode takes the character of a \u, a signed number of 16 bits.
func (p *parser) unicode(n int) {
	p.flushRaw()
	p.skip = p.top.fallback
	if p.top.to == toNothing || p.top.look.Struck {
		return
	}
	r := rune(uint16(n))
	switch {
	case n > 0xffff && n <= utf8.MaxRune: // some programs write them whole
		r = rune(n)
	case utf16.IsSurrogate(r) && r < 0xdc00:
		p.high = r
		return
	case utf16.IsSurrogate(r):
		r = utf16.DecodeRune(p.high, r)
	}
	p.high = 0
	if r >= 0xf000 && r <= 0xf0ff { // where fonts of signs have their characters
		var name string
		if f := p.fonts[p.top.font]; f != nil {
			name = f.name
		}
		p.write(charset.SymbolText(byte(r), name))
		return
	}
	p.write(string(r))
}

// put writes text that is none of a font's.
func (p *parser) put(s string) {
	switch {
	case p.skip > 0:
		p.skip--
	case p.top.to != toNothing && !p.top.look.Struck:
		p.flushRaw()
		p.write(s)
	}
}

func (p *parser) write(s string) {
	p.size += int64(len(s))
	switch p.top.to {
	case toText:
		ink := p.top.look.Ink
		if ink.Ground = cmp.Or(ink.Ground, p.cellGround()); ink.Seen() {
			p.top.flow.text.WriteString(s)
		} else {
			p.Hide(s)
		}
	case toMark:
		if f := p.top.flow; len(f.mark) < longestMark {
			f.mark += s
		}
	case toTitle:
		p.title.WriteString(s)
	case toAuthor:
		p.author.WriteString(s)
	case toFonts, toStyles:
		if e := p.entry; e != nil && len(e.name) < longestName {
			e.name += strings.TrimSuffix(s, ";")
		}
	case toColors:
		for range strings.Count(s, ";") {
			p.colors = append(p.colors, read.RGB(uint8(p.color[0]), uint8(p.color[1]), uint8(p.color[2])))
		}
	case toNothing, toInfo, toDate:
	}
}

// cellGround is the colour behind a cell, of which is known that there are some.
func (p *parser) cellGround() read.Color {
	if p.top.table && p.shaded {
		return read.Pictured
	}
	return 0
}

// colorOf is a colour of the table.
func (p *parser) colorOf(n int) read.Color {
	if n > 0 && n < len(p.colors) {
		return p.colors[n]
	}
	return 0
}

func (p *parser) symbol(c byte) {
	switch c {
	case '*':
		p.star = true
	case '\\', '{', '}':
		p.byte(c)
	case '~':
		p.put("\u00a0")
	case '_':
		p.put("\u2011")
	case '\r', '\n':
		p.flushRaw()
		p.endParagraph()
	case '\t':
		p.put("\t")
	}
}

// document is what has come until the end.
func (p *parser) document() read.Document {
	p.flushRaw()
	for len(p.stack) > 0 {
		p.shut()
	}
	p.top.table = false
	p.endParagraph()
	p.endTable(p.main)
	p.settle()
	doc := p.Builder.Document()
	doc.Title = cmp.Or(lang.OneLine(read.Clean(p.title.String())), doc.Title)
	doc.Warnings = read.StruckWarning(p.Struck)
	doc.Author = lang.OneLine(read.Clean(p.author.String()))
	if p.year >= 1000 {
		doc.Date = read.ISODate(fmt.Sprintf("%04d-%02d-%02d", p.year, p.month, p.day))
	}
	return doc
}
