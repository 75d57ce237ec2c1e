package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
)

// ReStructuredText is the format of reStructuredText files.
func ReStructuredText(l read.Limits) read.Format {
	return read.Format{
		Name: "reStructuredText", Extensions: []string{".rst", ".rest"},
		Reader: markupReader{l, parseRST},
	}
}

// rst reads reStructuredText.
type rst struct {
	lineWriter
	lines lineReader
	// styles are the signs that headings were underlined with, by level; one
	// that is overlined too counts as another.
	styles []string
	// edge is the indentation of the block being written.
	edge int
	// depth counts the bodies around.
	depth int
	// number is that of the last item of an ordered list.
	number int
}

// mostRSTDepth bounds how deep directives may nest.
const mostRSTDepth = 20

func parseRST(source string) read.Document {
	r := &rst{lines: lineReader{strings.ReplaceAll(source, "\t", "        ")}}
	r.all()
	return r.document()
}

func (r *rst) all() {
	for line, ok := r.lines.next(); ok; line, ok = r.lines.next() {
		r.line(line)
	}
}

// body reads lines as a part of the document.
func (r *rst) body(lines []string) {
	r.flush()
	if r.depth >= mostRSTDepth {
		r.Add(read.Paragraph, 0, strings.Join(lines, "\n"))
		return
	}
	outer := r.lines
	r.lines = lineReader{strings.Join(lines, "\n")}
	r.depth++
	r.all()
	r.flush()
	r.depth--
	r.lines = outer
}

func (r *rst) line(line string) {
	trimmed := strings.TrimLeft(line, " ")
	opening := len(r.lineWriter.lines) == 0
	switch {
	case line == "":
		r.flush()
	case opening && r.section(line), opening && r.table(line):
	case trimmed == ".." || strings.HasPrefix(trimmed, ".. "):
		r.flush()
		r.explicit(strings.TrimSpace(trimmed[2:]), indentOf(line))
	case trimmed == "::":
		r.code(indentOf(line))
	case rstItem(trimmed) != "":
		r.begin(read.ListItem, r.numbered(rstItem(trimmed)))
		r.edge = indentOf(line) + 1
		r.literal(line)
	case opening && strings.HasPrefix(trimmed, ">>> "):
		r.Add(read.Code, 0, strings.Join(append([]string{trimmed}, dedented(r.paragraph())...), "\n"))
	case (opening || r.kind == read.ListItem) && isField(trimmed):
		r.field(trimmed[1:])
	case opening && (strings.HasPrefix(trimmed, "| ") || trimmed == "|"):
		r.lineBlock(trimmed)
	default:
		r.text(line)
	}
}

// text adds a line of a paragraph. One that is indented below one that is not
// explains it, as in a list of definitions.
func (r *rst) text(line string) {
	switch n := indentOf(line); {
	case len(r.lineWriter.lines) == 0:
		if r.edge = n; n == 0 {
			r.number = 0
		}
	case r.kind == read.Paragraph && n > r.edge && len(r.lineWriter.lines) == 1:
		r.flush()
		r.edge = n
	case n < r.edge && r.kind == read.Paragraph:
		r.flush()
		r.edge = n
	}
	r.more(line)
	r.literal(line)
}

// literal takes the code that a line announces by ending in "::".
func (r *rst) literal(line string) {
	if !strings.HasSuffix(line, "::") || r.lines.peek() != "" || len(r.lineWriter.lines) == 0 {
		return
	}
	last := len(r.lineWriter.lines) - 1
	r.lineWriter.lines[last] = strings.TrimSuffix(r.lineWriter.lines[last], ":")
	r.code(indentOf(line))
}

// code takes lines that are indented more than what is around them.
func (r *rst) code(edge int) {
	r.flush()
	r.Add(read.Code, 0, strings.Join(r.deeper(edge), "\n"))
}

// deeper returns the lines that are indented by more than edge, dedented.
func (r *rst) deeper(edge int) []string {
	var lines []string
	for r.lines.rest != "" {
		if line := r.lines.peek(); line != "" && indentOf(line) <= edge {
			break
		}
		line, _ := r.lines.next()
		lines = append(lines, line)
	}
	return dedented(lines)
}

// paragraph returns the lines up to an empty one.
func (r *rst) paragraph() []string {
	return r.lines.until(func(line string) bool { return line == "" })
}

// lineBlock takes lines that each begin with a bar and stay lines.
func (r *rst) lineBlock(line string) {
	lines := []string{strings.TrimSpace(line[1:])}
	for next := strings.TrimSpace(r.lines.peek()); next != ""; next = strings.TrimSpace(r.lines.peek()) {
		_, _ = r.lines.next()
		lines = append(lines, strings.TrimSpace(strings.TrimPrefix(next, "|")))
	}
	r.Add(read.Paragraph, 0, strings.Join(lines, "\n"))
}

// field takes ":name: value": at the start, what the document says of itself.
func (r *rst) field(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if len(r.Blocks) <= 1 {
		switch strings.ToLower(name) {
		case "author", "authors":
			r.said.author = read.OneLine(value)
		case "date":
			r.said.date = read.ISODate(value)
		case "language", "lang":
			r.said.language = read.BaseLanguage(value)
		}
	}
	r.begin(read.ListItem, name+": "+value)
	r.edge = 1
}

// isField reports whether a line begins with a name between colons.
func isField(line string) bool {
	name, value, found := strings.Cut(strings.TrimPrefix(line, ":"), ":")
	return found && strings.HasPrefix(line, ":") && name != "" && (value == "" || value[0] == ' ')
}

// numbered gives an item the number that its author left to the reader.
func (r *rst) numbered(text string) string {
	mark, rest, _ := strings.Cut(text, ". ")
	if n, err := strconv.Atoi(mark); err == nil {
		r.number = n
	} else if mark == "#" {
		r.number++
		return strconv.Itoa(r.number) + ". " + rest
	}
	return text
}

// section takes a heading: a line with a line of signs below it, and perhaps
// one above.
func (r *rst) section(line string) bool {
	if isRule(line, 2) {
		return r.overlined(line)
	}
	rule := r.lines.peek()
	if !isRule(rule, 2) || indentOf(line) > 0 || len(rule) < min(utf8.RuneCountInString(line), 4) || strings.HasPrefix(line, ".. ") {
		return false
	}
	_, _ = r.lines.next()
	r.heading(r.level(rule[:1]), line)
	return true
}

// overlined takes a heading between two lines of signs, or a line that only
// parts what is above and below.
func (r *rst) overlined(rule string) bool {
	rest := r.lines
	text, _ := r.lines.next()
	below, _ := r.lines.next()
	if text != "" && below == rule && len(rule) >= min(utf8.RuneCountInString(text), 4) {
		r.heading(r.level(rule[:1]+rule[:1]), text)
		return true
	}
	r.lines = rest
	return len(rule) >= 4 && text == ""
}

func (r *rst) level(style string) int {
	for i, s := range r.styles {
		if s == style {
			return i + 1
		}
	}
	r.styles = append(r.styles, style)
	return len(r.styles)
}

// rstItem is the text of an item of a list, "" for what is none.
func rstItem(line string) string {
	if numbered(line) {
		return line
	}
	mark, text, found := strings.Cut(line, " ")
	if !found || !strings.Contains("* - + •", mark) || mark == "" {
		return ""
	}
	return strings.TrimSpace(text)
}
