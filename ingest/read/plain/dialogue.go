package plain

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// dialogue are the labels that stand before questions and answers, whatever
// they are called: "Q:" and "A:", or the names of two people.
type dialogue struct{ asks, answers map[string]bool }

// dialogue looks for labels whose lines ask mostly, and are answered by lines of
// one other label that do not.
func (p *parser) dialogue() dialogue {
	type use struct{ lines, asking int }
	uses := make(map[string]*use)
	next := make(map[string]map[string]bool)
	last := ""
	for n := range p.lines {
		label, value, ok := speaker(p.of(n))
		if !ok {
			continue
		}
		name := markOf(p.of(n)[:label.End])
		if uses[name] == nil {
			uses[name], next[name] = new(use), make(map[string]bool)
		}
		uses[name].lines++
		if read.Asks(p.of(n)[value.Start:]) || asksLast(p.of(n)[value.Start:]) {
			uses[name].asking++
		}
		if last != "" {
			next[last][name] = true
		}
		last = name
	}
	d := dialogue{make(map[string]bool), make(map[string]bool)}
	for name, u := range uses {
		for other := range next[name] {
			o := uses[other]
			pair := len(next[name]) == 1 && other != name && u.asking*10 >= u.lines*6 && o.asking*5 <= o.lines
			if pair && (u.asking > 1 || utf8.RuneCountInString(name) <= longestMark) {
				d.asks[name], d.answers[other] = true, true
			}
		}
	}
	return d
}

// marked is a letter with a number or none, and what may part it from a question or
// an answer: "Q. ", "R1) ".
var marked = regexp.MustCompile(`^(\p{Lu}\d{0,3})[.)] +(\S.*)`)

// speaker is the label of a line, or the letter that marks it.
func speaker(line string) (label, value read.Span, ok bool) {
	if label, value, ok = read.Labelled(line); ok {
		return label, value, true
	}
	m := marked.FindStringSubmatchIndex(line)
	if m == nil {
		return read.Span{}, read.Span{}, false
	}
	return read.Span{Start: m[2], End: m[3]}, read.Span{Start: m[4], End: len(line)}, true
}

// markOf is a label without the number behind it: "Q" of "Q 12".
func markOf(label string) string { return strings.TrimRight(label, "0123456789. ") }

// longestMark is the length of a label that is a mark, "Q" or "F1", and no word.
const longestMark = 3

// asksLast reports whether a text of some sentences ends by asking.
func asksLast(text string) bool {
	spans := lang.Sentences(text)
	return len(spans) > 0 && len(spans) <= 3 && read.Asks(text[spans[len(spans)-1].Start:])
}

// asks reports whether a paragraph is a question that the text answers: by its
// label, by that of what follows it, or by what follows in its group.
func (p *parser) asks(at int) bool {
	end := at + p.extent(at)
	text := p.text[p.lines[at].start:p.lines[end-1].end]
	label, value, ok := speaker(text)
	switch {
	case end == len(p.lines):
		return false
	case ok && p.labels.asks[markOf(text[:label.End])]:
		return true
	case !ok || !asksLast(text[value.Start:]):
		return false
	}
	after := p.of(end)
	other, _, labelled := speaker(after)
	if labelled {
		return markOf(after[:other.End]) != markOf(text[:label.End])
	}
	return label.End <= longestMark && !read.Asks(after)
}
