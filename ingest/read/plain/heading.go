package plain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// What a heading has at most, and what a line of prose has at least.
const (
	longestTitle, mostTitleWords     = 150, 24
	longestHeading, mostHeadingWords = 90, 14
	fewProseWords                    = 6
)

// headings finds the levels of the lines that are headings: short ones, with
// nothing at their end that ends a sentence, above a text. It goes from the end,
// as a heading may stand above another.
func (p *parser) headings() []int {
	levels := make([]int, len(p.lines))
	for n := len(p.lines) - 2; p.headed && n >= 0; n-- {
		if p.mayHead(n) && (p.isBody(n+1) || isRule(p.of(n+1)) || p.lines[n+1].gap && (levels[n+1] > 0 || n == 0)) {
			levels[n] = 2 + numberDepth(p.of(n))
		}
	}
	p.keepQuestions(levels)
	if len(levels) > 2 && levels[0] > 0 {
		levels[0] = 1
	}
	return levels
}

// keepQuestions takes a heading that asks for a sentence where it is the only
// heading: it may ask its reader.
func (p *parser) keepQuestions(levels []int) {
	only, headings := 0, 0
	for n, level := range levels {
		if level > 0 {
			only = n
			headings++
		}
	}
	if headings == 1 && read.Asks(p.of(only)) {
		levels[only] = 0
	}
}

// asksAgain reports whether a line asks and another does that no empty line parts
// from it: they are questions with answers, one below the other.
func (p *parser) asksAgain(n int) bool {
	if !read.Asks(p.of(n)) {
		return false
	}
	for n++; n < len(p.lines) && !p.lines[n].gap; n++ {
		if read.Asks(p.of(n)) {
			return true
		}
	}
	return false
}

// mayHead reports whether a line has the form of a heading.
func (p *parser) mayHead(n int) bool {
	text, l := p.of(n), p.lines[n]
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	longest, most := longestHeading, mostHeadingWords
	if n == 0 {
		longest, most = longestTitle, mostTitleWords
	}
	switch {
	case !l.gap || utf8.RuneCountInString(text) > longest || len(strings.Fields(text)) > most:
		return false
	case !hasLetter(text) || unicode.IsLower(first) || strings.ContainsRune(".,;:!…", last):
		return false
	case p.goesOn(n+1) || cellSign(text) != "" || first == '>':
		return false
	case read.StartsItem(text) || unicode.IsDigit(first):
		return p.isNumberedHeading(n)
	case isRule(text) || p.isDateline(n) || p.asksAgain(n) || len(lang.Sentences(text)) > 1:
		return false
	}
	return !p.isEntry(n)
}

// isEntry reports whether a line is a field rather than a heading with a colon
// in it, as the title of a document or "Chapter 2: Leave".
func (p *parser) isEntry(n int) bool {
	text := p.of(n)
	label, value, ok := read.Labelled(text)
	if !ok {
		return false
	}
	if p.labels.asks[markOf(text[:label.End])] || p.labels.answers[markOf(text[:label.End])] || read.Asks(text[value.Start:]) {
		return true
	}
	if n == 0 {
		_, field := read.IsField(p.of(1))
		return !p.lines[1].gap && field
	}
	words := strings.Fields(text[:label.End])
	mark := words[len(words)-1]
	numbered := len(words) > 1 && (utf8.RuneCountInString(mark) == 1 || strings.Trim(mark, "0123456789.IVX") == "")
	return !numbered || p.labelled(n+1)
}

// isDateline reports whether a line says when or where a text was written, or of
// whom it is, rather than what it is about: it has a comma and a figure, and a
// sentence below it.
func (p *parser) isDateline(n int) bool {
	text := p.of(n)
	return n > 0 && strings.Contains(text, ", ") && strings.ContainsAny(text, "0123456789") && text != strings.ToUpper(text) &&
		!p.isStructured(n+1)
}

var headingNumber = regexp.MustCompile(`^(\d{1,3})(?:[.)]|(?:\.\d{1,3})+[.)]?)\s+\S`)

// isNumberedHeading reports whether a line that begins with a number is no item:
// neither the number before nor the one after it stands near, and no item is
// nested in it.
func (p *parser) isNumberedHeading(n int) bool {
	number := itemNumber(p.of(n))
	if number < 0 {
		return false
	}
	next := n + 1
	if read.StartsItem(p.of(next)) && p.lines[next].indent > p.lines[n].indent {
		return false
	}
	for next < len(p.lines) && (next == n+1 || !p.lines[next].gap) {
		if itemNumber(p.of(next)) == number+1 {
			return false
		}
		next++
	}
	return n == 0 || itemNumber(p.of(n-1)) != number-1 || number == 1
}

// itemNumber is the number that a line begins with, -1 for none.
func itemNumber(text string) int {
	m := headingNumber.FindStringSubmatch(text)
	if m == nil {
		return -1
	}
	number, _ := strconv.Atoi(m[1]) // three digits at most
	return number
}

// numberDepth is how deep the number before a heading says that it is: 1 for
// "2.1", 0 for "2." and none.
func numberDepth(text string) int {
	number, _, _ := strings.Cut(text, " ")
	number = strings.TrimRight(number, ".)")
	if number == "" || strings.Trim(number, "0123456789.") != "" {
		return 0
	}
	return min(strings.Count(number, "."), 3)
}

// isBody reports whether a line is text below a heading: a sentence, or the part
// of a list, table or form.
func (p *parser) isBody(n int) bool {
	text := p.of(n)
	// A line may end within a sentence, before what is set higher or lower.
	if first, _ := utf8.DecodeRuneInString(text); !p.lines[n].gap && (unicode.IsLower(first) || unicode.IsDigit(first) && itemNumber(text) < 0 && !p.isStructured(n)) {
		return false
	}
	return len(strings.Fields(text)) >= fewProseWords || strings.ContainsAny(text[len(text)-1:], ".!?:;") ||
		strings.HasSuffix(text, "…") || p.isStructured(n)
}

func (p *parser) isStructured(n int) bool {
	text := p.of(n)
	return read.StartsItem(text) || cellSign(text) != "" || text[0] == '>' || p.labelled(n)
}
