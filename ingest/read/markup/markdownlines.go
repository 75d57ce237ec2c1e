package markup

import (
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

// asked is the end of a question in bold at the start of a line that begins
// there, with the rest of its question mark; 0 where there is none.
func (w *markdownWalk) asked(from int) int {
	for _, b := range w.bold {
		if strings.TrimSpace(string(w.buffer[min(from, b.Start):b.Start])) != "" || b.Start < from {
			continue
		}
		end := b.End
		rest := strings.TrimLeft(string(w.buffer[end:]), " \u00a0\u202f")
		if strings.HasPrefix(rest, "?") {
			end = len(w.buffer) - len(rest) + 1
		}
		if read.Asks(strings.TrimSpace(unbroken(string(w.buffer[b.Start:end])))) {
			return end
		}
	}
	return 0
}

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
		next := strings.IndexAny(string(w.buffer[at:]), softBreak+"\n")
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
	if doc := plain.ParseMessage(strings.ReplaceAll(text, softBreak, "\n")); len(w.marks) == 0 && w.formed(doc, from) {
		w.Include(doc)
		return
	}
	w.put(read.Paragraph, 0, "", from, to)
}

// formed reports whether the lines of a paragraph are more than words that were
// broken into lines: several fields, one whose label is bold, a question with a
// label.
func (w *markdownWalk) formed(doc read.Document, from int) bool {
	fields := 0
	for _, b := range doc.Blocks {
		switch b.Kind {
		case read.Question:
			return true
		case read.Field:
			fields++
		}
	}
	return fields > 1 || fields == 1 && len(doc.Blocks) == 1 && w.boldLabel(from)
}

// boldLabel reports whether what begins there is bold up to a colon.
func (w *markdownWalk) boldLabel(from int) bool {
	for _, b := range w.bold {
		if b.Start >= from && strings.TrimSpace(string(w.buffer[from:b.Start])) == "" {
			label, rest := string(w.buffer[b.Start:b.End]), strings.TrimSpace(string(w.buffer[b.End:]))
			return strings.HasSuffix(strings.TrimSpace(label), ":") || strings.HasPrefix(rest, ":")
		}
	}
	return false
}
