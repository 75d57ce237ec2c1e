package rtf

import (
	"math"

	"docent/ingest/read"
	"docent/ingest/read/charset"
	"docent/ingest/read/office"
)

// targets are the groups whose text is not that of the paragraph in which
// they stand.
var targets = map[string]target{
	"fonttbl": toFonts, "stylesheet": toStyles, "info": toInfo, "listtext": toMark, "pntext": toMark,

	"colortbl": toColors, "filetbl": toNothing, "pict": toNothing, "objdata": toNothing,
	"fldinst": toNothing, "nonshppict": toNothing, "shprslt": toNothing, "sp": toNothing,
	"pn": toNothing, "xe": toNothing, "tc": toNothing, "tcn": toNothing, "rxe": toNothing,
	"upr": toNothing, "ftnsep": toNothing, "ftnsepc": toNothing, "ftncn": toNothing,
	"aftnsep": toNothing, "aftnsepc": toNothing, "aftncn": toNothing,
	"atnid": toNothing, "atnauthor": toNothing, "nonesttables": toNothing, "mmath": toNothing,
	"template": toNothing, "private1": toNothing, "bkmkstart": toNothing, "bkmkend": toNothing,
}

// infos are the groups within \info that are read.
var infos = map[string]target{"title": toTitle, "author": toAuthor, "creatim": toDate}

// flows are the groups that hold paragraphs of their own, with what these
// are.
var flows = map[string]read.Kind{
	"footnote": read.Note, "annotation": read.Note, "shptxt": read.Paragraph, "dptxbxtext": read.Paragraph,
	"header": read.Furniture, "headerl": read.Furniture, "headerr": read.Furniture, "headerf": read.Furniture,
	"footer": read.Furniture, "footerl": read.Furniture, "footerr": read.Furniture, "footerf": read.Furniture,
}

// optional are the optional groups whose text is read.
var optional = map[string]bool{"shpinst": true, "do": true, "ud": true, "nesttableprops": true}

var characters = map[string]string{
	"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
	"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}

// pages are the code pages of documents that name none.
var pages = map[string]int{"ansi": 1252, "mac": 10000, "pc": 437, "pca": 850}

func (p *parser) word(t token, star bool) {
	if p.destination(string(t.word), star) {
		return
	}
	if s := characters[string(t.word)]; s != "" {
		p.put(s)
		return
	}
	if page := pages[string(t.word)]; page != 0 && len(p.stack) == 1 {
		p.page = page
		return
	}
	switch p.top.to {
	case toFonts, toStyles:
		p.entryWord(t)
	case toDate:
		p.dateWord(t)
	case toColors:
		p.flushRaw()
		for i, part := range []string{"red", "green", "blue"} {
			if string(t.word) == part {
				p.color[i] = t.n
			}
		}
	case toText, toNothing, toMark, toInfo, toTitle, toAuthor:
		p.characterWord(t)
		p.paragraphWord(t)
	}
}

// destination reports whether a word is the name of a group that is read in
// a way of its own, or an optional one that is not read.
func (p *parser) destination(word string, star bool) bool {
	if p.top.to == toInfo {
		p.top.to = toNothing
		if to, known := infos[word]; known {
			p.top.to = to
		}
		if p.top.to == toAuthor {
			p.author.Reset() // some programs write it twice
		}
		return true
	}
	kind, isFlow := flows[word]
	to, isTarget := targets[word]
	switch {
	case word == "ud" && star && len(p.stack) > 1:
		// The same text as in the group around it, in Unicode.
		p.top = p.stack[len(p.stack)-2]
	case p.top.to == toNothing:
		return star
	case isFlow:
		p.flushRaw()
		at := math.MaxInt32 // of all of a row
		if !p.top.table {
			at = p.main.text.Len()
		}
		p.top.to = toText
		p.top.flow = &flow{kind: kind, at: at}
		p.top.table, p.top.list, p.top.listLevel, p.top.style, p.top.outline = false, false, 0, 0, -1
	case isTarget:
		p.flushRaw()
		p.top.to = to
	case star && !optional[word]:
		p.top.to = toNothing
	default:
		return star
	}
	return true
}

// characterWord takes the words that change how characters are read.
func (p *parser) characterWord(t token) {
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
		p.top.font, p.top.look = p.defaultFont, office.Look{}
	case "v", "deleted":
		p.flushRaw()
		p.top.look.Hidden = !t.has || t.n != 0
	case "cf":
		p.flushRaw()
		p.top.look.Color = p.colorOf(t.n)
	case "cb", "chcbpat", "cbpat", "highlight":
		p.flushRaw()
		p.top.look.Ground = p.colorOf(t.n)
	case "fs":
		p.flushRaw()
		p.top.look.Size = float64(t.n) / 2
	case "strike", "striked":
		p.flushRaw()
		if p.top.look.Struck = !t.has || t.n != 0; p.top.look.Struck && p.top.to == toText {
			p.Struck++
		}
	case "ansicpg":
		if charset.CodePages[t.n] != nil {
			p.page = t.n
		}
	case "deff":
		p.defaultFont, p.top.font = t.n, t.n
	}
}

// paragraphWord takes the words that end paragraphs or say what they are.
func (p *parser) paragraphWord(t token) {
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
		if p.top.to == toText {
			p.endRow(p.top.flow)
		}
	case "trowd":
		p.shaded = false
		p.rowIsHeader, p.merges, p.merge = false, nil, office.NotMerged
	case "clcbpat":
		p.shaded = p.shaded || p.colorOf(t.n) > 0 && p.colorOf(t.n) != read.White
	case "clmrg":
		p.merge = office.MergedLeft
	case "clvmrg":
		p.merge = office.MergedUp
	case "cellx":
		if len(p.merges) < read.MostRowCells {
			p.merges = append(p.merges, p.merge)
		}
		p.merge = office.NotMerged
	case "trhdr":
		p.rowIsHeader = true
	case "pard":
		p.flushRaw()
		p.top.table, p.top.list, p.top.listLevel, p.top.style, p.top.outline = false, false, 0, 0, -1
	case "intbl":
		p.top.table = true
	case "ls":
		p.top.list = t.n > 0
		p.top.listLevel = max(p.top.listLevel, 1)
	case "ilvl":
		p.top.listLevel = 1 + min(max(t.n, 0), office.ListLevels-1)
	case "s":
		p.top.style = t.n
	case "outlinelevel":
		p.top.outline = t.n
	}
}

func (p *parser) dateWord(t token) {
	switch string(t.word) {
	case "yr":
		p.year = t.n
	case "mo":
		p.month = t.n
	case "dy":
		p.day = t.n
	}
}
