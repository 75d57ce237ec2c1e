package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
)

// line is a line of a text that is not empty.
type line struct {
	start, end int
	// indent is the white space before it, in columns.
	indent int
	// gap is set where an empty line, or nothing, stands before it.
	gap bool
	// width is that at which the lines around it are wrapped, 0 where they are
	// not.
	width int
}

// tabColumns is how far a tab indents.
const tabColumns = 4

// linesOf finds the lines of a text.
func linesOf(text string) []line {
	var lines []line
	gap, group := true, 0
	wrap := func() {
		width := wrapWidth(text, lines[group:])
		for i := group; i < len(lines); i++ {
			lines[i].width = width
		}
		group = len(lines)
	}
	at := 0
	for whole := range strings.Lines(text) {
		l := line{start: at, end: at + len(whole), gap: gap}
		at += len(whole)
		rest := strings.TrimLeftFunc(whole, unicode.IsSpace)
		l.start += len(whole) - len(rest)
		l.end = l.start + len(strings.TrimSpace(rest))
		if gap = l.start == l.end; gap {
			wrap()
			continue
		}
		before := text[l.start-(len(whole)-len(rest)) : l.start]
		l.indent = utf8.RuneCountInString(before) + strings.Count(before, "\t")*(tabColumns-1)
		lines = append(lines, l)
	}
	wrap()
	return lines
}

// Lines are wrapped by hand or by a program at some width between these.
const minWrap, maxWrap = 30, 120

// wrapWidth is the length of the longest line, or 0 where lines are not
// wrapped: one that is longer than any page says that each is a paragraph.
func wrapWidth(text string, lines []line) int {
	var width int
	for _, l := range lines {
		n := utf8.RuneCountInString(text[l.start:l.end])
		if n > maxWrap {
			return 0
		}
		width = max(width, n)
	}
	if width < minWrap {
		return 0
	}
	return width
}

// wrapped reports whether a line ends because the first word of the next one
// had no room in it.
func wrapped(text string, l, next line) bool {
	if l.width == 0 || next.gap {
		return false
	}
	n := utf8.RuneCountInString(text[l.start:l.end])
	word, _, _ := strings.Cut(text[next.start:next.end], " ")
	return n <= maxWrap && n+1+utf8.RuneCountInString(word) > l.width
}

// extent is how many lines a paragraph takes that begins with one: those that it
// was broken into.
func (p *parser) extent(at int) int {
	n := 1
	for speaks := p.speaks(at); at+n < len(p.lines) && p.goesOn(at+n) && !(speaks && p.speaks(at+n)); {
		n++
	}
	return n
}

func (p *parser) speaks(n int) bool {
	_, _, ok := speaker(p.of(n))
	return ok
}

// goesOn reports whether a line only goes on with the one before it.
func (p *parser) goesOn(n int) bool {
	text := p.of(n)
	return !read.StartsItem(text) && !isRule(text) && cellSign(text) == "" && text[0] != '>' && wrapped(p.text, p.lines[n-1], p.lines[n])
}
