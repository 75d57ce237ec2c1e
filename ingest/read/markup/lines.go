package markup

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/rag/lang"
)

// lineReader reads a markup whose blocks are told by how their lines begin:
// AsciiDoc, reStructuredText, Org. It knows what these have alike: headings,
// items, tables, code. What is marked within a line stays as its author wrote
// it, and what does not show on the page, as remarks and settings, is left out.
type lineReader struct {
	read.Builder
	// rest are the lines to come.
	rest string
	// kind and text are those of the block being written, edge is how far its
	// lines are indented.
	kind read.Kind
	text []string
	edge int
	// numbers count the items of ordered lists, by their depth.
	numbers [6]int
	// lists are those that stand around, from the outside in: the white space
	// or the mark before their items.
	lists []string
	// lastItem is 1 + the index of the last item, and within is set for a block that
	// goes on with it.
	lastItem int
	within   bool
	// termed is set for a definition whose term stands above it.
	termed bool
	// reference matches the mark of a note in the text: its name, and what it says
	// where it says it there. notes are where the notes are referred to first, by
	// their names, note is the name of the one being written.
	reference *regexp.Regexp
	notes     map[string]noteMark
	note      string
	// unnamed counts the notes without names, by their signs.
	unnamed map[string]int
	// said is what the document says of itself.
	said declared
}

// all reads every line by step.
func (l *lineReader) all(step func(line string)) (read.Document, error) {
	for line, ok := l.next(); ok; line, ok = l.next() {
		step(line)
	}
	l.flush()
	doc := l.Document()
	l.said.apply(&doc)
	return doc, nil
}

// next returns the next line without the white space at its end.
func (l *lineReader) next() (string, bool) {
	if l.rest == "" {
		return "", false
	}
	line := l.peek()
	_, l.rest, _ = strings.Cut(l.rest, "\n")
	return line, true
}

// peek is the next line, "" at the end.
func (l *lineReader) peek() string {
	line, _, _ := strings.Cut(l.rest, "\n")
	return strings.TrimRight(line, " \t")
}

// until returns the lines before one for which end holds, which is passed over.
func (l *lineReader) until(end func(line string) bool) []string {
	var lines []string
	for line, ok := l.next(); ok && !end(line); line, ok = l.next() {
		lines = append(lines, line)
	}
	return lines
}

// while returns the lines for which more holds.
func (l *lineReader) while(more func(line string) bool) []string {
	var lines []string
	for l.rest != "" && more(l.peek()) {
		line, _ := l.next()
		lines = append(lines, line)
	}
	return lines
}

// deeper returns the lines that are indented by more than edge, and the empty
// ones among them.
func (l *lineReader) deeper(edge int) []string {
	return l.while(func(line string) bool { return line == "" || indentOf(line) > edge })
}

// begin starts a block with its first line, which may be empty.
func (l *lineReader) begin(kind read.Kind, line string) {
	l.flush()
	l.kind, l.edge = kind, -1
	l.more(line)
}

// more adds a line to the block being written.
func (l *lineReader) more(line string) {
	if l.edge < 0 || len(l.text) == 0 {
		l.edge = indentOf(line)
	}
	if line = strings.TrimSpace(line); line != "" {
		l.text = append(l.text, line)
	}
}

// flush ends the block being written; what follows is a paragraph.
func (l *lineReader) flush() {
	l.write(l.kind, strings.Join(l.text, " "))
	l.kind, l.text, l.within, l.termed = read.Paragraph, l.text[:0], false, false
}

// add writes a block that is whole.
func (l *lineReader) add(kind read.Kind, text string) {
	within := l.within
	l.flush()
	l.within = within
	l.write(kind, text)
	l.within = false
}

func (l *lineReader) heading(level int, text string) {
	l.flush()
	l.endLists()
	l.Add(read.Heading, min(max(level, 1), 6), lang.OneLine(text))
}

// code adds lines without the indentation that all of them have.
func (l *lineReader) code(lines []string) {
	least := -1
	for _, line := range lines {
		if n := indentOf(line); line != "" && (least < 0 || n < least) {
			least = n
		}
	}
	for i, line := range lines {
		lines[i] = line[min(len(line), max(least, 0)):]
	}
	l.add(read.Code, strings.Join(lines, "\n"))
}

// table adds rows, the first as the header where it is one.
func (l *lineReader) table(rows [][]string, header bool) {
	l.flush()
	l.BeginTable()
	for i, cells := range rows {
		if i == 0 && header {
			l.AddHeader(cells)
		} else {
			l.AddRow(cells)
		}
	}
	l.BeginTable()
}

// itemMark is what stands before an item: a bullet, a number or letter, or
// what leaves the number to the reader.
var itemMark = regexp.MustCompile(`^([-+•]|\*{1,5}|\.{1,5}|(?:\d{1,3}|#|[A-Za-z])[.)]|\((?:\d{1,3}|#|[A-Za-z])\))\s+(\S.*)`)

// nest makes the item just begun one of a list, within those around it. White
// space before items ends the lists that have more of it.
func (l *lineReader) nest(list string) {
	indented := strings.TrimSpace(list) == ""
	ends := func(outer string) bool { return outer == list || indented && len(outer) > len(list) }
	if i := slices.IndexFunc(l.lists, ends); i >= 0 {
		l.lists = l.lists[:i]
	}
	l.lists = append(l.lists, list)
	l.Depth = len(l.lists)
}

func (l *lineReader) endLists() {
	clear(l.numbers[:])
	l.lastItem = 0
	l.lists = l.lists[:0]
}

// item begins an item of a list, if a line does. A number stays a part of the
// text that a person sees.
func (l *lineReader) item(line string) bool {
	m := itemMark.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	mark, text := m[1], m[2]
	depth := len(strings.TrimSuffix(mark, "#."))
	switch n, err := strconv.Atoi(strings.Trim(mark, "().")); {
	case err == nil:
		l.numbers[0], text = n, line
	case mark[0] == '.' || mark == "#.":
		clear(l.numbers[depth+1:])
		l.numbers[depth]++
		text = strconv.Itoa(l.numbers[depth]) + ". " + text
	case strings.ContainsAny(mark, ".)"):
		text = line
	}
	l.begin(read.ListItem, text)
	return true
}

// declare keeps what the document says of itself under a name.
func (l *lineReader) declare(name, value string) {
	switch strings.ToLower(name) {
	case "title", "doctitle":
		l.said.title = lang.OneLine(value)
	case "author", "authors":
		l.said.author = lang.OneLine(value)
	case "language", "lang":
		l.said.language = read.BaseLanguage(value)
	case "date", "revdate", "docdate":
		l.said.date = read.ISODate(strings.Trim(value, "<>[] "))
	case "status":
		l.said.status = lang.OneLine(value)
	case "version", "revnumber":
		l.said.version = lang.OneLine(value)
	}
}

// underlined reports whether the line to come is a run of one sign, about as
// long as the one above it or longer, and which sign.
func (l *lineReader) underlined(line string) (sign string, ok bool) {
	rule := l.peek()
	if !isRule(rule, 3) || indentOf(line) > 0 || utf8.RuneCountInString(line) > len(rule)+1 {
		return "", false
	}
	return rule[:1], true
}

// isRule reports whether a line is a run of one sign of ASCII.
func isRule(line string, n int) bool {
	return len(line) >= n && line[0] < unicode.MaxASCII && (unicode.IsPunct(rune(line[0])) || unicode.IsSymbol(rune(line[0]))) &&
		strings.Trim(line, line[:1]) == ""
}

// indentOf is the number of bytes of white space before a line.
func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
