package markup

import (
	"strings"

	"docent/ingest/read"
)

// write adds a block, read with the last item where it goes on with that.
func (l *lineReader) write(kind read.Kind, text string) {
	before := len(l.Blocks)
	if l.within && kind != read.ListItem {
		l.Lead = l.lastItem
	}
	label := 0
	if kind == read.Field || kind == read.Definition && !l.termed {
		label, kind = labelOf(kind, text)
	} else if cells, ok := read.IsField(text); ok && kind == read.Paragraph {
		label, kind = cells[0].End, read.Field
	}
	said := l.marked(kind, text)
	if l.Lead = 0; len(l.Blocks) > before {
		l.label(before, label)
		if kind == read.ListItem || kind == read.Definition || kind == read.Term {
			l.lastItem = before + 1
		}
	}
	for _, s := range said {
		l.addNote(s[0], s[1])
	}
}

// noteMark is where the mark of a note stands: the place of the block, from 1, and
// the offset.
type noteMark struct {
	name      string
	place, at int
}

// labelOf is how long the label before the first ": " of a text is, and what the
// text is: one without a value is a term.
func labelOf(kind read.Kind, text string) (int, read.Kind) {
	label, value, found := strings.Cut(text, " :: ")
	if !found {
		label, value, found = strings.Cut(text, labelSign)
	}
	switch {
	case found && strings.TrimSpace(value) != "":
		return len(label), kind
	case kind == read.Definition:
		return 0, read.Term
	}
	return 0, read.Paragraph
}

// labelSign stands behind a label that a markup marks otherwise.
const labelSign = ": "

// label makes cells of a block's label and of its value.
func (l *lineReader) label(block, label int) {
	b := &l.Blocks[block]
	text := l.Text.String()[b.Start:b.End]
	if label == 0 || b.Kind != read.Field && b.Kind != read.Definition {
		return
	}
	label = min(label, len(text))
	value := strings.TrimLeft(text[label:], " \u00a0\u202f:")
	b.Cells = []read.Span{{Start: b.Start, End: b.Start + label}, {Start: b.End - len(value), End: b.End}}
}

// marked adds a block without the marks of notes in its text, and keeps where
// they stood. It returns the notes that these say themselves, with their names.
func (l *lineReader) marked(kind read.Kind, text string) (said [][2]string) {
	if kind == read.Note {
		l.addNote(l.note, text)
		return nil
	}
	if l.reference == nil || kind == read.Code {
		l.Add(kind, 0, text)
		return nil
	}
	var bare strings.Builder
	var marks []noteMark
	at := 0
	for _, m := range l.reference.FindAllStringSubmatchIndex(text, -1) {
		bare.WriteString(text[at:m[0]])
		at = m[1]
		name := l.noteName(text[m[2]:m[3]], "]")
		if len(m) > 5 && m[4] >= 0 {
			said = append(said, [2]string{name, text[m[4]:m[5]]})
		}
		marks = append(marks, noteMark{name: name, at: bare.Len()})
	}
	bare.WriteString(text[at:])
	before := len(l.Blocks)
	if l.Add(kind, 0, bare.String()); len(l.Blocks) == before {
		return said
	}
	for _, m := range marks {
		if _, known := l.notes[m.name]; !known {
			b := l.Blocks[before]
			offset := len(strings.TrimSpace(read.Clean(bare.String()[:m.at])))
			l.notes[m.name] = noteMark{place: before + 1, at: min(b.Start+offset, b.End)}
		}
	}
	return said
}

// noteName numbers the notes without a name of their own, on each side.
func (l *lineReader) noteName(name, side string) string {
	if l.notes == nil {
		l.notes = make(map[string]noteMark)
	}
	if strings.Trim(name, "#*") != "" {
		return name
	}
	if l.unnamed == nil {
		l.unnamed = make(map[string]int)
	}
	l.unnamed[name+side]++
	return name + strings.Repeat("'", l.unnamed[name+side])
}

// addNote adds a note under what refers to it.
func (l *lineReader) addNote(name, text string) {
	mark, before, lead := l.notes[name], len(l.Blocks), l.Lead
	l.Lead = mark.place
	l.Add(read.Note, 0, text)
	l.Lead = lead
	l.MarkNotes(before, mark.place, mark.at)
}
