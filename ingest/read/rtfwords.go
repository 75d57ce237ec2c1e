package read

import (
	"fmt"
	"strings"
)

// rtfTargets are the groups whose text is not that of the paragraph in which
// they stand.
var rtfTargets = map[string]rtfTarget{
	"fonttbl": rtfToFonts, "stylesheet": rtfToStyles, "info": rtfToInfo, "listtext": rtfToMark, "pntext": rtfToMark,

	"colortbl": rtfToNothing, "filetbl": rtfToNothing, "pict": rtfToNothing, "objdata": rtfToNothing,
	"fldinst": rtfToNothing, "nonshppict": rtfToNothing, "shprslt": rtfToNothing, "sp": rtfToNothing,
	"pn": rtfToNothing, "xe": rtfToNothing, "tc": rtfToNothing, "tcn": rtfToNothing, "rxe": rtfToNothing,
	"upr": rtfToNothing, "ftnsep": rtfToNothing, "ftnsepc": rtfToNothing, "ftncn": rtfToNothing,
	"aftnsep": rtfToNothing, "aftnsepc": rtfToNothing, "aftncn": rtfToNothing, "annotation": rtfToNothing,
	"atnid": rtfToNothing, "atnauthor": rtfToNothing, "nonesttables": rtfToNothing, "mmath": rtfToNothing,
	"template": rtfToNothing, "private1": rtfToNothing, "bkmkstart": rtfToNothing, "bkmkend": rtfToNothing,
}

// rtfInfos are the groups within \info that are read.
var rtfInfos = map[string]rtfTarget{"title": rtfToTitle, "author": rtfToAuthor, "creatim": rtfToDate}

// rtfFlows are the groups that hold paragraphs of their own, with what these
// are.
var rtfFlows = map[string]Kind{
	"footnote": Paragraph, "shptxt": Paragraph, "dptxbxtext": Paragraph,
	"header": Furniture, "headerl": Furniture, "headerr": Furniture, "headerf": Furniture,
	"footer": Furniture, "footerl": Furniture, "footerr": Furniture, "footerf": Furniture,
}

// rtfOptional are the optional groups whose text is read.
var rtfOptional = map[string]bool{"shpinst": true, "do": true, "ud": true, "nesttableprops": true}

var rtfCharacters = map[string]string{
	"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
	"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}

// rtfPages are the code pages of documents that name none.
var rtfPages = map[string]int{"ansi": 1252, "mac": 10000, "pc": 437, "pca": 850}

func (p *rtfParser) word(t rtfToken, star bool) {
	if p.destination(string(t.word), star) {
		return
	}
	if s := rtfCharacters[string(t.word)]; s != "" {
		p.put(s)
		return
	}
	if page := rtfPages[string(t.word)]; page != 0 && len(p.stack) == 1 {
		p.page = page
		return
	}
	switch p.top.to {
	case rtfToFonts:
		p.fontWord(t)
	case rtfToStyles:
		p.styleWord(t)
	case rtfToDate:
		p.dateWord(t)
	case rtfToText, rtfToNothing, rtfToMark, rtfToInfo, rtfToTitle, rtfToAuthor:
		p.characterWord(t)
		p.paragraphWord(t)
	}
}

// destination reports whether a word is the name of a group that is read in
// a way of its own, or an optional one that is not read.
func (p *rtfParser) destination(word string, star bool) bool {
	if p.top.to == rtfToInfo {
		p.top.to = rtfToNothing
		if to, known := rtfInfos[word]; known {
			p.top.to = to
		}
		if p.top.to == rtfToAuthor {
			p.author.Reset() // some programs write it twice
		}
		return true
	}
	kind, isFlow := rtfFlows[word]
	to, isTarget := rtfTargets[word]
	switch {
	case word == "ud" && star && len(p.stack) > 1:
		// The same text as in the group around it, in Unicode.
		p.top = p.stack[len(p.stack)-2]
	case p.top.to == rtfToNothing:
		return star
	case isFlow:
		p.flushRaw()
		p.top.to = rtfToText
		p.top.flow = &rtfFlow{kind: kind}
		p.top.table, p.top.list, p.top.style, p.top.outline = false, false, 0, -1
	case isTarget:
		p.flushRaw()
		p.top.to = to
	case star && !rtfOptional[word]:
		p.top.to = rtfToNothing
	default:
		return star
	}
	return true
}

// characterWord takes the words that change how characters are read.
func (p *rtfParser) characterWord(t rtfToken) {
	switch string(t.word) {
	case "u":
		p.unicode(t.n)
	case "uc":
		p.top.fallback = min(max(t.n, 0), 16)
	case "f":
		p.flushRaw()
		p.top.font = t.n
	case "plain":
		p.flushRaw()
		p.top.font, p.top.hidden = p.defaultFont, false
	case "v", "deleted":
		p.flushRaw()
		p.top.hidden = !t.has || t.n != 0
	case "ansicpg":
		if codePages[t.n] != nil {
			p.page = t.n
		}
	case "deff":
		p.defaultFont, p.top.font = t.n, t.n
	}
}

// paragraphWord takes the words that end paragraphs or say what they are.
func (p *rtfParser) paragraphWord(t rtfToken) {
	switch string(t.word) {
	case "par", "sect", "page", "column":
		p.flushRaw()
		p.endParagraph()
	case "cell":
		p.flushRaw()
		p.endCell()
	case "nestcell":
		p.put(" | ")
	case "nestrow":
		p.put("\n")
	case "row":
		p.flushRaw()
		p.endRow()
	case "trowd":
		p.rowIsHeader = false
	case "trhdr":
		p.rowIsHeader = true
	case "pard":
		p.flushRaw()
		p.top.table, p.top.list, p.top.style, p.top.outline = false, false, 0, -1
	case "intbl":
		p.top.table = true
	case "ls":
		p.top.list = t.n > 0
	case "s":
		p.top.style = t.n
	case "outlinelevel":
		p.top.outline = t.n
	}
}

func (p *rtfParser) dateWord(t rtfToken) {
	switch string(t.word) {
	case "yr":
		p.year = t.n
	case "mo":
		p.month = t.n
	case "dy":
		p.day = t.n
	}
}

// isoNumbers is a date as isoDate writes it, or "".
func isoNumbers(year, month, day int) string {
	if year < 1000 || year > 9999 {
		return ""
	}
	return isoDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

// rtfFont is a font as far as the meaning of bytes depends on it.
type rtfFont struct {
	name          string
	charset, page int
}

// symbolCharset is that of fonts whose letters are signs.
const symbolCharset = 2

func (f *rtfFont) symbols() bool { return f.charset == symbolCharset }

// rtfCharsets are the code pages of the charsets that fonts have numbers for.
var rtfCharsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// rtfSuffixes tell the charset of fonts of old that do not say it.
var rtfSuffixes = map[string]int{" CE": 1250, " Cyr": 1251, " Greek": 1253, " Tur": 1254, " Baltic": 1257}

// codePage is the page of text in the font where the document's is page.
func (f *rtfFont) codePage(page int) int {
	if f.page != 0 {
		return f.page
	}
	if f.charset <= 1 {
		for suffix, page := range rtfSuffixes {
			if strings.HasSuffix(f.name, suffix) {
				return page
			}
		}
	}
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
	case word == "cpg":
		f.page = t.n
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
		if level := styleLevel(s.name); level > 0 {
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

// headingNames are how styles for headings are called, in lower case; a
// number follows.
var headingNames = []string{"heading ", "titre ", "überschrift ", "título ", "titolo ", "kop ", "rubrik "}

// styleLevel is the heading level that the name of a style means, or 0.
func styleLevel(name string) int {
	name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), ",")
	name, _, _ = strings.Cut(name, ";")
	if name == "title" || name == "titre" || name == "titel" {
		return 1
	}
	for _, heading := range headingNames {
		if digits, found := strings.CutPrefix(name, heading); found && len(digits) == 1 && digits[0] >= '1' && digits[0] <= '9' {
			return int(digits[0] - '0')
		}
	}
	return 0
}
