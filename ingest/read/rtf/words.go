package rtf

import (
	"fmt"

	"docent/ingest/read"
	"docent/ingest/read/charset"
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
var rtfFlows = map[string]read.Kind{
	"footnote": read.Paragraph, "shptxt": read.Paragraph, "dptxbxtext": read.Paragraph,
	"header": read.Furniture, "headerl": read.Furniture, "headerr": read.Furniture, "headerf": read.Furniture,
	"footer": read.Furniture, "footerl": read.Furniture, "footerr": read.Furniture, "footerf": read.Furniture,
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
	case rtfToFonts, rtfToStyles:
		p.entryWord(t)
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
		if charset.CodePages[t.n] != nil {
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
	return read.ISODate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}
