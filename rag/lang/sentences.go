package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// quoteReach is how far, in bytes, a closing quotation mark is looked for:
	// a sentence does not end within a quotation that closes soon.
	quoteReach = 500
	// longestSentence bounds a run without any end, in bytes.
	longestSentence = 2000
	// shortLine is the length, in bytes, under which a line without a full
	// stop stands for itself, as headings and list items do. Lines of wrapped
	// prose are longer.
	shortLine = 50
)

// Sentences cuts a text at the ends of its sentences. Every byte that is not
// white space is in exactly one span; spans are in order and begin and end
// with something visible. Abbreviations, initials and numbers do not end a
// sentence, nor does a stop within a quotation that closes soon. A blank line
// always ends one, a single line break does after a short line, after
// punctuation and before a list item. A run of 2,000 bytes without an end is
// cut at white space.
func Sentences(text string) []Span {
	c := cutter{text: text}
	for at := 0; at < len(text); {
		at = c.step(at)
	}
	c.cut(len(text))
	return c.spans
}

type cutter struct {
	text  string
	start int
	// quoted is the byte after the closing mark of the quotation that the
	// cutter is in; stops before it end nothing.
	quoted int
	spans  []Span
}

// step looks at one rune and returns the offset of the next.
func (c *cutter) step(at int) int {
	r, size := utf8.DecodeRuneInString(c.text[at:])
	switch {
	case r == '\n':
		if at >= c.quoted && c.lineEnds(at) {
			c.cut(at)
		}
	case isStopMark(r):
		end := c.closed(at + size)
		if at >= c.quoted && c.stopEnds(at, r, end) {
			c.cut(end)
			return max(end, at+size)
		}
	case r == '«' || r == '“':
		c.open(at, r, size)
	}
	if at+size-c.start > longestSentence && unicode.IsSpace(r) {
		c.cut(at + size)
	}
	return at + size
}

func isStopMark(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

// cut ends the current sentence before end.
func (c *cutter) cut(end int) {
	s := c.text[c.start:end]
	trimmed := strings.TrimLeftFunc(s, unicode.IsSpace)
	start := c.start + len(s) - len(trimmed)
	trimmed = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	if trimmed != "" {
		c.spans = append(c.spans, Span{Start: start, End: start + len(trimmed)})
	}
	c.start = end
}

// open remembers where a quotation that begins here closes, when it does soon.
func (c *cutter) open(at int, mark rune, size int) {
	if at < c.quoted {
		return
	}
	closing := "»"
	if mark == '“' {
		closing = "”"
	}
	reach := c.text[at+size : min(len(c.text), at+size+quoteReach)]
	if blank := strings.Index(reach, "\n\n"); blank >= 0 {
		reach = reach[:blank]
	}
	if i := strings.Index(reach, closing); i >= 0 {
		c.quoted = at + size + i
	}
}

// closed moves the end of a sentence over the marks that close with it.
func (c *cutter) closed(end int) int {
	for end < len(c.text) {
		r, size := utf8.DecodeRuneInString(c.text[end:])
		switch {
		case isStopMark(r), strings.ContainsRune(`)]”"’'»`, r):
			end += size
		case (r == ' ' || r == '\u00a0' || r == '\u202f') && strings.HasPrefix(c.text[end+size:], "»"):
			end += size + len("»")
		default:
			return end
		}
	}
	return end
}

// stopEnds decides whether the mark at at, with closing marks up to end, ends
// a sentence.
func (c *cutter) stopEnds(at int, mark rune, end int) bool {
	rest := c.text[end:]
	next, size := utf8.DecodeRuneInString(rest)
	if rest == "" {
		return true
	}
	if !unicode.IsSpace(next) {
		return false // inside a number, an address, an ellipsis
	}
	following := strings.TrimLeftFunc(rest[size:], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`«“"'(‘[—–-`, r)
	})
	first, _ := utf8.DecodeRuneInString(following)
	if unicode.IsLower(first) {
		return false
	}
	if mark != '.' || end > at+1 {
		return true
	}
	return !c.abbreviated(at, first)
}

// abbreviated reports whether the point at at belongs to the word before it.
func (c *cutter) abbreviated(at int, following rune) bool {
	from := strings.LastIndexFunc(c.text[c.start:at], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("(«“\"'’[", r)
	})
	word := c.text[c.start:at]
	if from >= 0 {
		_, size := utf8.DecodeRuneInString(word[from:])
		word = word[from+size:]
	}
	switch kind := abbreviations[strings.ToLower(word)]; {
	case kind == beforeAny:
		return true
	case kind == beforeNumber:
		return unicode.IsDigit(following)
	case kind == beforeCode:
		return unicode.IsDigit(following) || unicode.IsUpper(following)
	}
	return isInitial(word)
}

// isInitial reports whether a word is the initial of a name, "J" or "J.-C", or
// a label such as the L of "L. 3121-1".
func isInitial(word string) bool {
	if i := strings.LastIndexAny(word, ".-"); i >= 0 && strings.Contains(word, ".") {
		word = word[i+1:]
	}
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && size > 0 && unicode.IsUpper(r)
}

// lineEnds decides whether the line break at at ends a sentence.
func (c *cutter) lineEnds(at int) bool {
	line := c.text[max(c.start, strings.LastIndexByte(c.text[:at], '\n')+1):at]
	line = strings.TrimSpace(line)
	rest := c.text[at+1:]
	next := strings.TrimLeft(rest, " \t")
	if line == "" || next == "" || next[0] == '\n' || len(line) < shortLine || startsItem(next) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	if strings.ContainsRune(".!?…:;»”", last) {
		return true
	}
	// A heading of a full line and the paragraph under it: prose that wraps
	// goes on with lines of about the same length.
	first, _ := utf8.DecodeRuneInString(next)
	nextLine, _, _ := strings.Cut(next, "\n")
	return unicode.IsUpper(first) && len(nextLine) > 2*len(line)
}

// startsItem reports whether a line begins as a list item or a heading does.
func startsItem(line string) bool {
	for _, bullet := range []string{"- ", "* ", "+ ", "• ", "– ", "— ", "◦ ", "#", "|"} {
		if strings.HasPrefix(line, bullet) {
			return true
		}
	}
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	return digits > 0 && digits < 4 && len(line) > digits+1 && strings.ContainsRune(".)°", rune(line[digits])) && line[digits+1] == ' '
}
