package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestSentence bounds a sentence, in bytes.
const longestSentence = 2000

// Sentences cuts a text at the ends of its sentences. Every byte that is not
// white space is in exactly one span; spans are in order and begin and end
// with something visible.
//
// A stop (. ! ? …) with the quotation marks and brackets that close after it
// ends a sentence before white space and a capital, a figure or an opening
// mark. It does not before a small letter, within a number or an address,
// after an abbreviation or an initial ("M. Stoltenberg", "art. L. 3121-1",
// "J.-C."), after the marker of a list item, and within a quotation « … » or
// “ … ” that closes within 500 bytes. Lines are judged by isLineBoundary. Nothing
// is longer than 2,000 bytes: a longer run is cut after a clause, else at
// white space, else between characters.
func Sentences(text string) []Span {
	c := segmenter{text: text, spans: make([]Span, 0, len(text)/120+1)}
	for at := 0; at < len(text); {
		at = c.step(at)
	}
	c.cut(len(text))
	return c.spans
}

// segmenter walks a text once. Whatever looks ahead is either bounded or
// remembers how far it has looked, so that the whole stays linear.
type segmenter struct {
	text   string
	start  int // of the current sentence
	quotes quotes
	lines  lines
	spans  []Span
}

// notable are the first bytes of the characters that may end a sentence or
// change how the next is judged.
var notable = [256]bool{
	'\n': true, '.': true, '!': true, '?': true,
	0xC2: true, // « »
	0xD8: true, // ؟
	0xE2: true, // “ ” „ …
	0xE3: true, // 。
	0xEF: true, // ！ ？
}

// step looks at the next notable character and returns the offset after it.
func (c *segmenter) step(at int) int {
	limit := min(len(c.text), c.start+longestSentence)
	for at < limit && !notable[c.text[at]] {
		at++
	}
	if at == c.start+longestSentence {
		return c.breakLong()
	}
	if at == len(c.text) {
		return at
	}
	r, size := utf8.DecodeRuneInString(c.text[at:])
	switch {
	case r == '\n':
		if c.isLineBoundary(at) {
			c.cut(at)
		}
		c.lines.start = at + 1
	case isStopMark(r):
		end := c.closed(at+size, limit)
		if c.quotes.free(at, end) && c.isBoundary(at, r, end) {
			c.cut(end)
		}
		return end
	default:
		c.quotes.see(c.text, at, r)
	}
	return at + size
}

func isStopMark(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟':
		return true
	}
	return false
}

// cut ends the current sentence before end.
func (c *segmenter) cut(end int) {
	s := c.text[c.start:end]
	trimmed := strings.TrimLeftFunc(s, unicode.IsSpace)
	start := c.start + len(s) - len(trimmed)
	trimmed = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	if trimmed != "" {
		c.spans = append(c.spans, Span{Start: start, End: start + len(trimmed)})
	}
	c.start = end
}

// breakLong cuts a sentence that has become too long and returns the offset
// from which to go on.
func (c *segmenter) breakLong() int {
	window := c.text[c.start : c.start+longestSentence]
	at := lastClause(window)
	if at < len(window)/2 {
		at = strings.LastIndexAny(window, " \n\t") + 1
	}
	if at == 0 {
		at = len(FirstBytes(c.text[c.start:], longestSentence))
	}
	if at == 0 {
		at = longestSentence // bytes that are no text
	}
	c.cut(c.start + at)
	return c.start
}

// lastClause returns the offset after the last mark that ends a clause.
func lastClause(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == ' ' && strings.IndexByte(",;:)", s[i-1]) >= 0 {
			return i
		}
	}
	return 0
}

// closed moves the end of a sentence over further stops, over the marks that
// close with it and over a note's number in brackets, up to limit.
func (c *segmenter) closed(end, limit int) int {
	for end < limit {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		switch {
		case isStopMark(r), strings.ContainsRune(`)]”"’'»`, r):
			end += size
		case isBlank(r) && strings.HasPrefix(c.text[end+size:], "»"):
			end += size + len("»")
		case r == '[' && noteLength(c.text[end:]) > 0:
			end += noteLength(c.text[end:])
		case r == '“' && c.quotes.closer == '“' && end == c.quotes.end:
			end += size
		default:
			return end
		}
	}
	return end
}

func isBlank(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' }

// noteLength returns the length of a note's number such as "[12]", else 0.
func noteLength(s string) int {
	n := 1
	for n < len(s) && n < 5 && IsDigit(s[n]) {
		n++
	}
	if n > 1 && n < len(s) && s[n] == ']' {
		return n + 1
	}
	return 0
}
