package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// compose writes the document.
func (t *layout) compose() read.Document {
	var c read.Builder
	language := t.formLanguage()
	for n := 0; n < len(t.parts); n++ {
		part := t.parts[n]
		switch l := t.lines[part.lines[0]]; {
		case part.kind == read.TableRow:
			rows := t.rowsFrom(t.parts[n:])
			t.addRows(&c, rows)
			n += len(rows) - 1
		case l.form != nil && part.kind == read.Field:
			c.Page = l.page
			c.AddField(l.form.shown(language))
		default:
			t.addPart(&c, part)
		}
	}
	for _, p := range t.pages {
		c.Page = p.number
		c.Hide(p.unseen)
	}
	doc := c.Document()
	doc.Title = t.title(doc)
	doc.Author, doc.Language, doc.Date = t.info.author, t.info.language, t.info.date
	return doc
}

// shown are the label and value of a field in the words of a language.
func (f formField) shown(language string) (label, value string) {
	if f.box {
		f.value = read.BoxState(language, f.checked)
	}
	return read.LabelText(language, f.label), f.value
}

// formLanguage is the language that the fields of forms are written in, where
// there are any: the document's, as it declares it or as its text is.
func (t *layout) formLanguage() string {
	if t.info.language != "" || !slices.ContainsFunc(t.lines, func(l textLine) bool { return l.form != nil }) {
		return t.info.language
	}
	var b strings.Builder
	for _, l := range t.lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return cmp.Or(lang.Detect(b.String()), lang.DetectQuestion(b.String()))
}

// addPart writes a part, a block for each page that it stands on.
func (t *layout) addPart(c *read.Builder, part pdfPart) {
	text, breaks := t.joined(part)
	if part.kind == read.ListItem {
		text, breaks = withoutBullet(text, breaks)
	}
	c.Page = t.lines[part.lines[0]].page
	start := 0
	for _, br := range breaks {
		end := max(br.at, start)
		if t.params.WholeSentences {
			end = sentenceEnd(text, end)
		}
		c.Add(part.kind, part.level, text[start:end])
		start, c.Page = end, br.page
	}
	c.Add(part.kind, part.level, text[start:])
}

// joined is the text of a part's lines, and where pages begin in it.
func (t *layout) joined(part pdfPart) (string, []pageBreak) {
	var b strings.Builder
	var breaks []pageBreak
	for n, i := range part.lines {
		l := t.lines[i]
		if n > 0 {
			before := t.lines[part.lines[n-1]]
			switch {
			case !before.hyphen:
				b.WriteByte(' ')
			case t.params.Hyphens && t.hyphens.keeps(before.text, l.text):
				b.WriteByte('-')
			}
			if l.page != before.page {
				breaks = append(breaks, pageBreak{b.Len(), l.page})
			}
		}
		b.WriteString(l.text)
	}
	if t.lines[part.lines[len(part.lines)-1]].hyphen {
		b.WriteByte('-')
	}
	return b.String(), breaks
}

// pageBreak is the offset at which a page begins within a part.
type pageBreak struct{ at, page int }

// longestRest bounds, in bytes, what is left of a sentence on the next page.
const longestRest = 1000

// sentenceEnds are where sentences end: not after initials and the shortest of
// short forms, nor before a small letter.
var sentenceEnds = regexp.MustCompile(`(?:[^\s.'’(]{3}\.|[!?…])["'”’»)\]]*[\s\x{a0}]+[^\p{Ll}\s]`)

// sentenceEnd is the offset after the sentence that goes on at an offset, and
// that offset where none ends near by.
func sentenceEnd(text string, at int) int {
	rest := text[at:]
	if m := sentenceEnds.FindStringIndex(rest); m != nil && m[1] <= longestRest {
		_, next := utf8.DecodeLastRuneInString(rest[:m[1]])
		return at + m[1] - next
	}
	if len(rest) > longestRest {
		return at
	}
	return len(text)
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
