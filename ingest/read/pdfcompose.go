package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// compose writes the document.
func (t *pdfText) compose() Document {
	var c composer
	for _, part := range t.parts {
		switch part.kind {
		case TableRow:
			c.page = t.lines[part.lines[0]].page
			c.addRow(t.cells(part))
		default:
			t.addPart(&c, part)
		}
	}
	doc := c.document()
	doc.Title = t.title(doc)
	doc.Author, doc.Language, doc.Date = t.info.author, t.info.language, t.info.date
	return doc
}

// cells are those of a row whose first cell may begin some lines above it.
func (t *pdfText) cells(part pdfPart) []string {
	n := len(part.lines) - 1
	cells := t.lines[part.lines[n]].cells()
	for i := n - 1; i >= 0 && len(cells) > 0; i-- {
		cells[0] = t.lines[part.lines[i]].text + " " + cells[0]
	}
	return cells
}

// addPart writes a part, a block for each page that it stands on.
func (t *pdfText) addPart(c *composer, part pdfPart) {
	var b strings.Builder
	page := t.lines[part.lines[0]].page
	var breaks []pageBreak
	for n, i := range part.lines {
		l := t.lines[i]
		if n > 0 {
			before := t.lines[part.lines[n-1]]
			switch {
			case before.hyphen && !t.joiner.keeps(before.text, l.text):
			case before.hyphen:
				b.WriteByte('-')
			case !glued(before.text, l.text):
				b.WriteByte(' ')
			}
			if l.page != before.page {
				breaks = append(breaks, pageBreak{b.Len(), l.page})
			}
		}
		b.WriteString(l.text)
	}
	if last := t.lines[part.lines[len(part.lines)-1]]; last.hyphen {
		b.WriteByte('-')
	}
	text := b.String()
	if part.kind == ListItem {
		text, breaks = withoutBullet(text, breaks)
	}
	start := 0
	for _, br := range breaks {
		end := sentenceEnd(text, max(br.at, start))
		c.page = page
		c.add(part.kind, part.level, text[start:end])
		start, page = end, br.page
	}
	c.page = page
	c.add(part.kind, part.level, text[start:])
}

// pageBreak is the offset at which a page begins within a part.
type pageBreak struct{ at, page int }

// longestRest bounds, in bytes, what is left of a sentence on the next page.
const longestRest = 1000

// sentenceEnd is the offset after the sentence that goes on at an offset, and
// that offset where none ends near by.
func sentenceEnd(text string, at int) int {
	rest := text[at:]
	for i, r := range rest {
		if i > longestRest {
			return at
		}
		if r != '.' && r != '!' && r != '?' && r != '…' {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(rest) && !unicode.IsSpace(rune(rest[end])) && strings.ContainsRune("\"'”’»)]", firstRune(rest[end:])) {
			end += utf8.RuneLen(firstRune(rest[end:]))
		}
		next := strings.TrimLeft(rest[end:], " \u00a0\u202f»")
		switch {
		case next == "":
			return len(text)
		case len(next) == len(rest[end:]) || abbreviated(text[:at+i]):
		case !unicode.IsLower(firstRune(next)):
			return len(text) - len(next)
		}
	}
	if len(rest) > longestRest {
		return at
	}
	return len(text)
}

// abbreviated reports whether a point is more likely that of a short form than
// the end of a sentence: "M.", "art.", "J.-C.".
func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " \u00a0'’(-.")+1:]
	size := utf8.RuneCountInString(word)
	return size <= 1 || size <= 3 && unicode.IsUpper(firstRune(word)) || slices.Contains(shortForms, word)
}

var shortForms = []string{"al", "art", "av", "cf", "ch", "coll", "ed", "éd", "ex", "fig", "mm", "no", "op", "pp", "sect", "tél", "tel", "vol", "vs"}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// glued reports whether no space stands between two lines: those of languages
// that write none.
func glued(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	return unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana) &&
		unicode.In(firstRune(b), unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// withoutBullet drops the mark of an item, unless it is a number or letter.
func withoutBullet(text string, breaks []pageBreak) (string, []pageBreak) {
	n := itemMark(text)
	if strings.ContainsFunc(text[:n], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return text, breaks
	}
	for i := range breaks {
		breaks[i].at = max(0, breaks[i].at-n)
	}
	return text[n:], breaks
}
