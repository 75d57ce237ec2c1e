package markup

import (
	"cmp"
	"context"
	"iter"
	"strings"
	"unicode"

	"docent/ingest/read"
)

// markupReader reads a markup of lines by a parser of its own: AsciiDoc,
// reStructuredText, Org, LaTeX. The structure is read, and what is marked
// within a line stays as its author wrote it.
type markupReader struct {
	limits read.Limits
	parse  func(source string) read.Document
}

func (r markupReader) Read(ctx context.Context, in read.Input) iter.Seq2[read.Document, error] {
	return read.One(func() (read.Document, error) {
		text, err := in.Text(r.limits)
		if err != nil {
			return read.Document{}, err
		}
		if err := ctx.Err(); err != nil {
			return read.Document{}, err
		}
		doc := r.parse(read.Clean(text))
		doc.Title = cmp.Or(doc.Title, in.Stem())
		return doc, nil
	})
}

// lineWriter composes blocks of lines.
type lineWriter struct {
	read.Builder
	// kind and lines are those of the block being written.
	kind  read.Kind
	lines []string
	// said is what the document says of itself.
	said declared
}

// document is what was written.
func (w *lineWriter) document() read.Document {
	w.flush()
	doc := w.Builder.Document()
	w.said.apply(&doc)
	return doc
}

// begin starts a block with its first line.
func (w *lineWriter) begin(kind read.Kind, line string) {
	w.flush()
	w.kind = kind
	w.more(line)
}

// more adds a line to the block being written.
func (w *lineWriter) more(line string) {
	if line = strings.TrimSpace(line); line != "" {
		w.lines = append(w.lines, line)
	}
}

// flush ends the block being written; what follows is a paragraph.
func (w *lineWriter) flush() {
	if len(w.lines) > 0 {
		w.Add(w.kind, 0, strings.Join(w.lines, " "))
	}
	w.kind, w.lines = read.Paragraph, w.lines[:0]
}

func (w *lineWriter) heading(level int, text string) {
	w.flush()
	w.Add(read.Heading, min(max(level, 1), 6), read.OneLine(text))
}

// rows adds a table, the first row as its header where it is one.
func (w *lineWriter) rows(rows [][]string, header bool) {
	w.flush()
	w.BeginTable()
	for i, cells := range rows {
		if i == 0 && header {
			w.AddHeader(cells)
		} else {
			w.AddRow(cells)
		}
	}
	w.BeginTable()
}

// cellGatherer puts together rows of cells whose text stands on many lines.
type cellGatherer struct{ rows [][][]byte }

// begin starts a row.
func (g *cellGatherer) begin(cells ...string) {
	row := make([][]byte, len(cells))
	for i, c := range cells {
		row[i] = []byte(c)
	}
	g.rows = append(g.rows, row)
}

// more adds to the i-th cell of the last row, which may be a new one.
func (g *cellGatherer) more(i int, text string) {
	if len(g.rows) == 0 {
		g.begin()
	}
	row := &g.rows[len(g.rows)-1]
	for len(*row) <= i {
		*row = append(*row, nil)
	}
	(*row)[i] = append(append((*row)[i], ' '), text...)
}

// width is the number of cells in the last row.
func (g *cellGatherer) width() int {
	if len(g.rows) == 0 {
		return 0
	}
	return len(g.rows[len(g.rows)-1])
}

func (g *cellGatherer) cells() [][]string {
	rows := make([][]string, len(g.rows))
	for i, row := range g.rows {
		for _, c := range row {
			rows[i] = append(rows[i], string(c))
		}
	}
	return rows
}

// lineReader goes through a text line by line.
type lineReader struct{ rest string }

// next returns the next line without its end.
func (l *lineReader) next() (string, bool) {
	if l.rest == "" {
		return "", false
	}
	line, rest, _ := strings.Cut(l.rest, "\n")
	l.rest = rest
	return strings.TrimRight(line, " \t"), true
}

// peek is the next line, "" at the end.
func (l *lineReader) peek() string {
	line, _, _ := strings.Cut(l.rest, "\n")
	return strings.TrimRight(line, " \t")
}

// until returns the lines before one for which end holds, which is passed
// over.
func (l *lineReader) until(end func(line string) bool) []string {
	var lines []string
	for line, ok := l.next(); ok && !end(line); line, ok = l.next() {
		lines = append(lines, line)
	}
	return lines
}

// dedented takes off the indentation that all lines have.
func dedented(lines []string) []string {
	least := -1
	for _, line := range lines {
		if n := indentOf(line); line != "" && (least < 0 || n < least) {
			least = n
		}
	}
	for i, line := range lines {
		lines[i] = line[min(len(line), max(least, 0)):]
	}
	return lines
}

// indentOf is the number of bytes of white space before a line.
func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// runOf reports whether a line is one character again and again, at least n
// times.
func runOf(line string, n int) bool {
	return len(line) >= n && strings.Trim(line, line[:1]) == ""
}

// isRule reports whether a line is a run of one sign of ASCII.
func isRule(line string, n int) bool {
	return runOf(line, n) && line[0] < unicode.MaxASCII && (unicode.IsPunct(rune(line[0])) || unicode.IsSymbol(rune(line[0])))
}

// numbered splits "12. text" and "(a) text"; the number stays a part of the
// text that a reader sees.
func numbered(line string) bool {
	rest := strings.TrimPrefix(line, "(")
	mark, text, found := strings.Cut(rest, " ")
	if !found || strings.TrimSpace(text) == "" || len(mark) < 2 || len(mark) > 4 {
		return false
	}
	last, number := mark[len(mark)-1], mark[:len(mark)-1]
	if last != ')' && (last != '.' || rest != line) {
		return false
	}
	return strings.Trim(number, "0123456789") == "" || number == "#" || len(number) == 1 && unicode.IsLetter(rune(number[0]))
}
