package markup

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/rag/lang"
)

// ReStructuredText is the format of reStructuredText files.
func ReStructuredText(l read.Limits) read.Format {
	return read.TextFormat("reStructuredText", l, parseRST, ".rst", ".rest")
}

type rst struct {
	lineReader
	// styles are the signs that headings were underlined with, by level; one
	// that is overlined too counts as another.
	styles []string
}

func parseRST(_, source string) (read.Document, error) {
	r := &rst{lineReader: lineReader{rest: strings.ReplaceAll(source, "\t", "        "), reference: rstNote}}
	return r.all(r.line)
}

// rstField is ":name: value", an option of a directive or what the document
// says of itself.
var rstField = regexp.MustCompile(`^:([^:]+):(?:\s+(.*))?$`)

// rstNote is the mark of a note.
var rstNote = regexp.MustCompile(`\s*\[(\d+|#[\w-]*|\*)\]_`)

// describes reports whether nothing but headings and fields stands above: there a
// document says of itself what it is.
func (r *rst) describes() bool {
	return !slices.ContainsFunc(r.Blocks, func(b read.Block) bool { return b.Kind != read.Heading && b.Kind != read.Field })
}

func (r *rst) line(line string) {
	trimmed := strings.TrimLeft(line, " ")
	opening := len(r.text) == 0
	switch field := rstField.FindStringSubmatch(trimmed); {
	case line == "":
		r.flush()
	case opening && (r.section(line) || r.rows(line)):
	case trimmed == ".." || strings.HasPrefix(trimmed, ".. "):
		r.explicit(strings.TrimSpace(trimmed[2:]), indentOf(line))
	case trimmed == "::":
		r.code(r.deeper(indentOf(line)))
	case r.item(trimmed):
		r.nest(line[:indentOf(line)])
		r.literal(line)
	case opening && strings.HasPrefix(trimmed, ">>> "):
		r.code(append([]string{line}, r.while(func(l string) bool { return l != "" })...))
	case strings.HasPrefix(trimmed, "| "): // a line of its own
		r.begin(read.Paragraph, trimmed[2:])
	case field != nil && (opening || r.kind == read.Field):
		if r.describes() {
			r.declare(field[1], field[2])
		}
		r.begin(read.Field, field[1]+labelSign+field[2])
	default:
		r.paragraph(line)
	}
}

// paragraph adds a line of text. One that is indented otherwise than the line
// above is another paragraph, as in a list of definitions.
func (r *rst) paragraph(line string) {
	edge := indentOf(line)
	if (r.kind == read.Paragraph || r.kind == read.Definition) && r.edge >= 0 && r.edge != edge {
		defines := r.kind == read.Paragraph && len(r.text) == 1 && edge > r.edge
		if defines {
			r.kind = read.Term
		}
		if r.flush(); defines {
			r.kind, r.termed = read.Definition, true
		}
	}
	if len(r.text) == 0 && edge == 0 {
		r.endLists()
	}
	if n := len(r.lists); len(r.text) == 0 && n > 0 && r.lastItem > 0 {
		r.within = edge > len(r.lists[n-1])
	}
	r.more(line)
	r.literal(line)
}

// literal takes the code that a line announces by ending in "::".
func (r *rst) literal(line string) {
	if strings.HasSuffix(line, "::") && r.peek() == "" {
		last := &r.text[len(r.text)-1]
		*last = strings.TrimSuffix(*last, ":")
		r.code(r.deeper(indentOf(line)))
	}
}

// section takes a heading, a line with a line of signs below it and perhaps
// one above, or a line of signs that only parts what is around it.
func (r *rst) section(line string) bool {
	if isRule(line, 2) {
		rest := r.rest
		text, _ := r.next()
		if below, _ := r.next(); text != "" && below == line && len(line) >= min(utf8.RuneCountInString(text), 4) {
			r.heading(r.level(line[:1]+line[:1]), text)
			return true
		}
		r.rest = rest
		return len(line) >= 4 && r.peek() == ""
	}
	sign, underlined := r.underlined(line)
	if underlined && !strings.HasPrefix(line, ".. ") {
		_, _ = r.next()
		r.heading(r.level(sign), line)
		return true
	}
	return false
}

func (r *rst) level(style string) int {
	if !slices.Contains(r.styles, style) {
		r.styles = append(r.styles, style)
	}
	return slices.Index(r.styles, style) + 1
}

// explicit takes what begins with two dots: a directive, a footnote, the
// address of a link, a remark.
func (r *rst) explicit(text string, edge int) {
	name, argument, directive := strings.Cut(text, "::")
	switch {
	case text == "" && r.peek() == "": // it parts what is above from what is below
		r.flush()
	case strings.HasPrefix(text, "["):
		name, note, _ := strings.Cut(text[1:], "]")
		r.inner(note)
		r.kind, r.note = read.Note, r.noteName(name, "[")
	case directive && name != "" && !strings.ContainsAny(name, " `_|"):
		r.directive(name[strings.LastIndexByte(name, ':')+1:], argument, edge)
	default:
		r.flush()
		r.deeper(edge)
	}
}

// inner begins a paragraph that goes on with lines that are indented.
func (r *rst) inner(text string) {
	r.begin(read.Paragraph, text)
	r.edge = -1
}

// directive takes ".. name:: argument", the options below it, and what is in
// it where that is no text of the page: it is read as any other otherwise.
func (r *rst) directive(name, argument string, edge int) {
	r.flush()
	options := r.options(edge)
	switch strings.ToLower(name) {
	case "code", "code-block", "sourcecode", "parsed-literal", "math", "doctest", "testcode", "testoutput", "productionlist", "graphviz":
		r.code(r.deeper(edge))
	case "toctree", "contents", "include", "literalinclude", "index", "highlight", "raw", "meta", "currentmodule", "role", "default-role", "sectnum":
		r.deeper(edge)
	case "title":
		r.declare(name, argument)
	case "image", "figure": // the argument is a file
		r.add(read.Caption, cmp.Or(lang.OneLine(strings.Join(r.deeper(edge), " ")), options["alt"]))
	case "csv-table":
		r.add(read.Caption, argument)
		body := strings.TrimSpace(strings.Join(r.deeper(edge), "\n"))
		r.table(plain.Rows(strings.TrimSpace(options["header"]+"\n"+body), ','), options.header())
	case "list-table":
		r.add(read.Caption, argument)
		r.table(listRows(r.deeper(edge)), options.header())
	default:
		r.inner(argument)
	}
}

// rstOptions are the options of a directive, by their names.
type rstOptions map[string]string

// header reports whether a table has one.
func (o rstOptions) header() bool {
	return o["header"] != "" || strings.Trim(o["header-rows"], "0") != ""
}

// options takes the options below a directive, which an empty line ends.
func (r *rst) options(edge int) rstOptions {
	options, name := make(rstOptions), ""
	if first := r.peek(); indentOf(first) <= edge || !rstField.MatchString(strings.TrimSpace(first)) {
		return options
	}
	for _, line := range r.while(func(l string) bool { return l != "" }) {
		line = strings.TrimSpace(line)
		if field := rstField.FindStringSubmatch(line); field != nil {
			name, line = strings.ToLower(field[1]), field[2]
		}
		options[name] = strings.TrimSpace(options[name] + " " + line)
	}
	return options
}
