package web

import (
	"slices"
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/plain"
)

// softBreak is the end of a line in a block being written that a page shows as a
// space, unless the lines turn out to be of a form.
const softBreak = "\v"

func unbroken(text string) string { return strings.ReplaceAll(text, softBreak, " ") }

// flush ends the block being written.
func (p *page) flush() {
	text, bold := p.inline.String(), p.bold
	p.inline.Reset()
	p.space, p.broken, p.bold = false, false, nil
	switch {
	case (p.kind == read.ListItem || p.kind == read.Note) && p.item >= 0 && text == strconv.Itoa(p.item)+".":
		// The number of an item whose text is in blocks of its own.
		p.inline.WriteString(text)
		p.space = true
	case p.furniture > 0 || p.kind != read.Paragraph && p.kind != read.ListItem:
		p.put(p.kind, 0, unbroken(text))
	default:
		p.paragraph(text, bold)
	}
}

// paragraph writes a paragraph or item, or what it is made of: questions in bold
// that begin a line, with their answers, and lines of a form.
func (p *page) paragraph(text string, bold []read.Span) {
	from := 0
	for at := 0; at < len(text); {
		if end := asked(text, at, bold); end > 0 {
			p.lines(text, from, at)
			p.run(read.Question, text, at, end)
			from, at = end, end
			continue
		}
		next := strings.IndexAny(text[at:], softBreak+"\n")
		if next < 0 || p.kind != read.Paragraph {
			break
		}
		at += next + 1
	}
	p.lines(text, from, len(text))
	p.marks = p.marks[:0]
}

// mostIndent is how much white space may stand before a bold run that begins a
// line.
const mostIndent = 8

// asked is the end of a question in bold that the line which begins there begins
// with, with the rest of its question mark; 0 where there is none.
func asked(text string, from int, bold []read.Span) int {
	n, _ := slices.BinarySearchFunc(bold, from, func(b read.Span, at int) int { return b.Start - at })
	if n == len(bold) || bold[n].Start-from >= mostIndent || strings.Trim(text[from:bold[n].Start], " \v") != "" {
		return 0
	}
	b := bold[n]
	if rest := strings.TrimLeft(text[b.End:], " \u00a0\u202f"); strings.HasPrefix(rest, "?") && len(text)-len(rest)-b.End <= len("\u202f") {
		b.End = len(text) - len(rest) + 1
	}
	if read.Asks(strings.TrimSpace(unbroken(text[b.Start:b.End]))) {
		return b.End
	}
	return 0
}

// run writes a part of a text, with the marks in it.
func (p *page) run(kind read.Kind, text string, from, to int) {
	all := p.marks
	p.marks = nil
	for _, m := range all {
		if m.at >= from && m.at <= to {
			m.at -= from
			p.marks = append(p.marks, m)
		}
	}
	p.put(kind, 0, unbroken(text[from:to]))
	p.marks = all
}

// lines writes a part of a paragraph, or what its lines are where they have a
// form: labels with values, questions with answers.
func (p *page) lines(text string, from, to int) {
	part := text[from:to]
	if p.kind == read.Paragraph && strings.ContainsAny(part, softBreak+"\n:") {
		line := strings.TrimSpace(unbroken(part))
		if label, value, ok := read.Labelled(line); ok && label.End <= len("Q12") && read.Asks(line[value.Start:]) {
			p.run(read.Question, text, from, to)
			return
		}
		doc := plain.ParseMessage(strings.ReplaceAll(part, softBreak, "\n"))
		replies := len(doc.Blocks) == 1 && len(p.Blocks) > 0 && p.Blocks[len(p.Blocks)-1].Kind == read.Question
		if len(p.marks) == 0 && plain.Formed(doc) && !replies {
			p.Include(doc)
			return
		}
	}
	p.run(p.kind, text, from, to)
}
