package markup

import (
	"strings"

	"docent/ingest/read"
)

// Org is the format of Org files.
func Org(l read.Limits) read.Format {
	return read.Format{
		Name: "Org", Extensions: []string{".org"},
		Reader: markupReader{l, parseOrg},
	}
}

// org reads Org.
type org struct {
	lineWriter
	lines lineReader
}

func parseOrg(source string) read.Document {
	o := &org{lines: lineReader{source}}
	for line, ok := o.lines.next(); ok; line, ok = o.lines.next() {
		o.line(line)
	}
	return o.document()
}

func (o *org) line(line string) {
	trimmed := strings.TrimLeft(line, " \t")
	switch stars := len(line) - len(strings.TrimLeft(line, "*")); {
	case line == "":
		o.flush()
	case stars > 0 && strings.HasPrefix(line[stars:], " "):
		o.heading(stars, withoutTags(line[stars:]))
	case strings.HasPrefix(trimmed, "#+"):
		o.flush()
		o.keyword(trimmed[2:])
	case trimmed == "#" || strings.HasPrefix(trimmed, "# "):
	case strings.HasPrefix(trimmed, "|"):
		o.table(trimmed)
	case isDrawer(trimmed):
		o.lines.until(func(l string) bool { return strings.EqualFold(strings.TrimSpace(l), ":END:") })
	case strings.HasPrefix(trimmed, ": "):
		o.fixed(trimmed)
	case isRule(trimmed, 5) && trimmed[0] == '-':
		o.flush()
	case orgItem(line) != "":
		o.begin(read.ListItem, orgItem(line))
	default:
		o.more(line)
	}
}

// keyword takes "#+NAME: value" and "#+BEGIN_NAME".
func (o *org) keyword(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	upper := strings.ToUpper(name)
	switch upper {
	case "TITLE":
		o.said.title = read.OneLine(strings.TrimSpace(o.said.title + " " + value))
	case "AUTHOR":
		o.said.author = read.OneLine(value)
	case "DATE":
		o.said.date = read.ISODate(strings.Trim(value, "<>[]"))
	case "LANGUAGE":
		o.said.language = read.BaseLanguage(value)
	case "CAPTION":
		o.begin(read.Caption, value)
		o.flush()
	}
	block, _, _ := strings.Cut(upper, " ")
	if block, ok := strings.CutPrefix(block, "BEGIN_"); ok {
		o.block(block)
	}
}

// block takes what stands between BEGIN and END, where that is not text like
// any other.
func (o *org) block(name string) {
	end := func(l string) bool {
		return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(l)), "#+END_"+name)
	}
	switch name {
	case "SRC", "EXAMPLE":
		o.Add(read.Code, 0, strings.Join(dedented(o.lines.until(end)), "\n"))
	case "COMMENT":
		o.lines.until(end)
	case "EXPORT":
		o.lines.until(end)
	}
}

// fixed takes lines that begin with a colon, which are code.
func (o *org) fixed(line string) {
	o.flush()
	lines := []string{line[2:]}
	for strings.HasPrefix(strings.TrimLeft(o.lines.peek(), " "), ":") {
		next, _ := o.lines.next()
		next = strings.TrimLeft(next, " ")
		lines = append(lines, strings.TrimPrefix(next[1:], " "))
	}
	o.Add(read.Code, 0, strings.Join(lines, "\n"))
}

// table takes the lines that begin with a bar. A rule below the first row
// makes it the header.
func (o *org) table(line string) {
	var rows [][]string
	header := false
	for {
		if strings.HasPrefix(line, "|-") {
			header = header || len(rows) == 1
		} else {
			rows = append(rows, strings.Split(strings.Trim(line, "|"), "|"))
		}
		if line = strings.TrimLeft(o.lines.peek(), " \t"); !strings.HasPrefix(line, "|") {
			break
		}
		_, _ = o.lines.next()
	}
	o.rows(rows, header)
}

// isDrawer reports whether a line begins what Org keeps folded: properties.
func isDrawer(line string) bool {
	switch strings.ToUpper(line) {
	case ":PROPERTIES:", ":LOGBOOK:":
		return true
	}
	return false
}

// withoutTags cuts the tags off a heading: "text  :tag:other:".
func withoutTags(text string) string {
	text = strings.TrimSpace(text)
	n := strings.LastIndexAny(text, " \t")
	last := text[n+1:]
	if n < 0 || len(last) < 3 || last[0] != ':' || last[len(last)-1] != ':' {
		return text
	}
	return text[:n]
}

// orgItem is the text of an item of a list, "" for what is none. A star is one
// only where it is indented.
func orgItem(line string) string {
	trimmed := strings.TrimLeft(line, " \t")
	if numbered(trimmed) {
		return trimmed
	}
	mark, text, found := strings.Cut(trimmed, " ")
	if !found || mark != "-" && mark != "+" && (mark != "*" || trimmed == line) {
		return ""
	}
	return strings.TrimSpace(text)
}
