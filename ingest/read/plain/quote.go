package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
)

// quote takes a line that is quoted of another message, with those that it was
// broken into: "> text", once more for each time it was quoted.
func (p *parser) quote() bool {
	depth, text := quotedLine(p.of(p.at))
	if depth == 0 {
		return false
	}
	p.endLists()
	l := p.lines[p.at]
	b := read.Block{Kind: read.Quoted, Level: depth, Start: l.start, End: l.end}
	if text == "" {
		b.Kind, b.Level = read.Furniture, 0
	}
	n := 1
	for ; text != "" && p.at+n < len(p.lines); n++ {
		next := p.at + n
		d, rest := quotedLine(p.of(next))
		if d != depth || rest == "" || read.StartsItem(rest) || !wrapped(p.text, p.lines[next-1], p.lines[next]) && !within(p.of(next-1), rest) {
			break
		}
		b.End = p.lines[next].end
	}
	p.add(b, n)
	return true
}

// quotedLine counts the marks before a quoted line, and returns what they stand
// before.
func quotedLine(line string) (depth int, text string) {
	for strings.HasPrefix(line, ">") {
		depth++
		line = strings.TrimLeft(line[1:], " \t")
	}
	return depth, line
}

// within reports whether a line ends and the next begins within a sentence.
func within(line, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) && !strings.ContainsAny(line[len(line)-1:], ".?!:;")
}
