package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/rag/lang"
)

// softBreak is the end of a line in the text put together, which a page shows as
// a space unless the lines turn out to be of a form.
const softBreak = "\v"

func unbroken(text string) string { return strings.ReplaceAll(text, softBreak, " ") }

// put adds a block of a run of the text that was put together last, after a mark.
func (w *markdownWalk) put(kind read.Kind, level int, mark string, from, to int) {
	text := mark + unbroken(string(w.buffer[from:to]))
	if kind == read.Heading {
		text = lang.OneLine(text)
	}
	before := len(w.Blocks)
	if w.Add(kind, level, text); len(w.Blocks) > before {
		w.place(w.Blocks[before], before+1, len(mark), from, to)
	}
}

// place keeps where the footnotes are referred to first.
func (w *markdownWalk) place(b read.Block, place, mark, from, to int) {
	for _, m := range w.marks {
		if _, known := w.notes[m.index]; known || m.at < from || m.at > to {
			continue
		}
		before := read.Clean(unbroken(string(w.buffer[from:m.at])))
		if mark == 0 {
			before = strings.TrimLeft(before, " \n")
		}
		if w.notes == nil {
			w.notes = make(map[int]noteMark)
		}
		w.notes[m.index] = noteMark{place: place, at: min(b.Start+mark+len(before), b.End)}
	}
}

// asked is the end of a question in bold that the line which begins there begins
// with, with the rest of its question mark; 0 where there is none.
func (w *markdownWalk) asked(from int) int {
	n, _ := slices.BinarySearchFunc(w.bold, from, func(b read.Span, at int) int { return b.Start - at })
	if n == len(w.bold) || len(bytes.TrimLeft(w.buffer[from:min(w.bold[n].Start, from+mostIndent)], " \v")) > 0 {
		return 0
	}
	b := w.bold[n]
	end := b.End
	after := w.buffer[end:min(end+len("\u00a0?"), len(w.buffer))]
	if rest := bytes.TrimLeft(after, " \u00a0\u202f"); bytes.HasPrefix(rest, []byte("?")) {
		end += len(after) - len(rest) + 1
	}
	if b.Start-from < mostIndent && read.Asks(strings.TrimSpace(unbroken(string(w.buffer[b.Start:end])))) {
		return end
	}
	return 0
}

// mostIndent is how much white space may stand before a bold run that begins a
// line.
const mostIndent = 8

// paragraph writes a paragraph, or what its lines are where they have a form: a
// question in bold above its answer, labels with values.
func (w *markdownWalk) paragraph(n ast.Node, kind read.Kind) {
	w.inlineText(n)
	from, at := 0, 0
	for kind == read.Paragraph && at < len(w.buffer) {
		if end := w.asked(at); end > 0 {
			w.lines(from, at)
			w.put(read.Question, 0, "", at, end)
			from, at = end, end
			continue
		}
		next := bytes.IndexAny(w.buffer[at:], softBreak+"\n")
		if next < 0 {
			break
		}
		at += next + 1
	}
	if kind == read.Paragraph {
		w.lines(from, len(w.buffer))
		return
	}
	w.put(kind, 0, "", from, len(w.buffer))
}

// lines writes a part of a paragraph.
func (w *markdownWalk) lines(from, to int) {
	text := string(w.buffer[from:to])
	if label, value, ok := read.Labelled(strings.TrimSpace(unbroken(text))); ok && label.End <= len("Q12") && read.Asks(strings.TrimSpace(unbroken(text))[value.Start:]) {
		w.put(read.Question, 0, "", from, to)
		return
	}
	if doc := plain.ParseMessage(strings.ReplaceAll(text, softBreak, "\n")); len(w.marks) == 0 && plain.Formed(doc) && !w.replies(doc) {
		w.Include(doc)
		return
	}
	w.put(read.Paragraph, 0, "", from, to)
}

// replies reports whether a text with a label is the answer to the question just
// written: "A: Yes".
func (w *markdownWalk) replies(doc read.Document) bool {
	n := len(w.Blocks)
	return len(doc.Blocks) == 1 && n > 0 && w.Blocks[n-1].Kind == read.Question
}
