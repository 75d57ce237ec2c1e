package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// narrowestWrap and widestWrap are the line lengths, in bytes, between
	// which prose is wrapped. Shorter lines are lists and headings, longer ones
	// whole paragraphs.
	narrowestWrap = 40
	widestWrap    = 200
	// longHeading is the length up to which the first of two lines alone is
	// taken for a heading when the second begins with a capital.
	longHeading = 60
)

// lines knows the line that a segmenter is in, and the block of lines around it:
// those up to the next blank one.
type lines struct {
	start int // of the current line
	end   int // of the block, after its last line
	width int // of the longest line of the block, in bytes
	count int // of the lines of the block
}

// isLineBoundary decides whether the line break at at ends a sentence.
//
// A blank line does, and a line that begins as a list item, heading or table
// row does; so does the break after a colon or semicolon, and a tab in either
// line. Otherwise the line may be wrapped prose. A line that breaks off after a
// comma or an article is, and one that goes on with a small letter. A break ends a sentence when the first word of the next
// line would have fitted on the line, by the longest line of the block: there
// was no need to break it. That way a heading over a paragraph, the lines of
// an address and one paragraph a line come apart, and wrapped prose does not.
func (c *segmenter) isLineBoundary(at int) bool {
	line := strings.TrimSpace(c.text[c.lines.start:at])
	next := strings.TrimLeft(c.text[at+1:], " \t\r")
	if line == "" || next == "" || next[0] == '\n' || startsItem(next) {
		return true
	}
	if at < c.quotes.end {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case strings.ContainsRune(":;", last):
		return true
	case strings.ContainsRune("»”\"", last) && !unicode.IsLower(first):
		return true
	case isStopMark(last):
		return false // isBoundary has said so, or it has cut
	case dangles(line, last) || strings.ContainsRune(")],.;:!?»”%", first):
		return false
	}
	c.lines.measure(c.text)
	return c.lines.needless(line, next, first)
}

// dangling are words that nothing ends with.
var dangling = WordSet("le la les l un une des du de d et ou à au aux en par pour sur avec dans que qui ce cette ces son sa ses leur leurs " +
	"the a an of and or to for with by from at on that which is are was were his her its their")

// dangles reports whether a line breaks off within a phrase.
func dangles(line string, last rune) bool {
	if strings.ContainsRune(",(/&", last) {
		return true
	}
	word := line[strings.LastIndexByte(line, ' ')+1:]
	return len(word) < len(line) && dangling[word]
}

// measure finds the block around the current line, once for a block.
func (l *lines) measure(text string) {
	if l.start < l.end {
		return
	}
	l.width, l.count, l.end = 0, 0, l.start
	for l.end < len(text) {
		line := text[l.end:]
		newline := strings.IndexByte(line, '\n')
		if newline >= 0 {
			line = line[:newline]
		}
		if strings.TrimSpace(line) == "" {
			break
		}
		l.width = max(l.width, len(strings.TrimSpace(line)))
		l.count++
		l.end += len(line) + 1
	}
}

// needless reports whether the break between a line and the next was not
// made by wrapping.
func (l *lines) needless(line, next string, first rune) bool {
	word := strings.IndexAny(next[:min(len(next), widestWrap)], " \n\t")
	if word < 0 {
		word = len(next)
	}
	fits := len(line)+1+word <= l.width*4/5 // lines of text are not all equally full
	switch {
	case strings.Contains(line, "\t") || strings.Contains(firstLine(next), "\t"):
		return true
	case l.width > widestWrap:
		return fits || len(line) > widestWrap
	case unicode.IsLower(first):
		return false
	case l.width < narrowestWrap || fits:
		return true
	}
	return l.count == 2 && len(line) == l.width && len(line) < longHeading
}

// firstLine returns the first line of s, or the beginning of a long one.
func firstLine(s string) string {
	s = s[:min(len(s), widestWrap)]
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return s[:i]
	}
	return s
}

// startsItem reports whether a line begins as a list item, a heading or a table
// row does.
func startsItem(line string) bool {
	return StartsItem(line) || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") || strings.HasPrefix(line, "> ")
}

// StartsItem reports whether a line begins with the bullet, number or letter of a
// list item.
func StartsItem(line string) bool {
	for _, bullet := range []string{"- ", "* ", "+ ", "• ", "· ", "– ", "— ", "◦ ", "▪ ", "‣ ", "→ "} {
		if strings.HasPrefix(line, bullet) {
			return true
		}
	}
	n := 0
	for n < len(line) && n < 3 && IsDigit(line[n]) {
		n++
	}
	if n == 0 && line != "" && IsASCIILetter(line[0]) {
		return len(line) > 2 && line[1] == ')' && line[2] == ' '
	}
	return n > 0 && len(line) > n+1 && (line[n] == '.' || line[n] == ')') && line[n+1] == ' '
}
