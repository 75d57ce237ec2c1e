package markup

import (
	"strconv"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/web"
)

// ASCIIDoc is the format of AsciiDoc files.
func ASCIIDoc(l read.Limits) read.Format {
	return read.Format{
		Name: "AsciiDoc", Extensions: []string{".adoc", ".asciidoc", ".asc"},
		Reader: markupReader{l, parseASCIIDoc},
	}
}

// asciidoc reads AsciiDoc.
type asciidoc struct {
	lineWriter
	lines lineReader
	// begun is set once there is text: before it, attributes are the header's.
	begun bool
	// attributes are those of the block that comes next: "source,java".
	attributes string
	// numbers are those of the last items of the ordered lists around, by the
	// number of dots before them.
	numbers [6]int
	// continued is set after a "+", which keeps what follows in its item.
	continued bool
}

func parseASCIIDoc(source string) read.Document {
	a := &asciidoc{lines: lineReader{source}}
	for line, ok := a.lines.next(); ok; line, ok = a.lines.next() {
		a.line(line)
	}
	return a.document()
}

func (a *asciidoc) line(line string) {
	trimmed := strings.TrimLeft(line, " \t")
	switch {
	case line == "":
		a.flush()
	case strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "///"):
	case a.attribute(line):
	case a.delimited(line):
		a.attributes = ""
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && len(a.lineWriter.lines) == 0:
		a.attributes = line[1 : len(line)-1]
	case a.title(line):
		clear(a.numbers[:])
		a.begun = len(a.Blocks) != 1 || a.Blocks[0].Level != 1
	case a.macro(line):
		a.begun = true
	case line == "+":
		a.flush()
		a.continued = true
		return
	case item(trimmed) != "":
		a.begun = true
		a.begin(read.ListItem, a.number(trimmed)+item(trimmed))
	case trimmed != line && len(a.lineWriter.lines) == 0:
		a.literal(line)
	default:
		a.text(line)
	}
	a.continued = a.continued && line == ""
}

// text adds a line of a paragraph. The lines below the title name the author
// and the date.
func (a *asciidoc) text(line string) {
	if !a.begun && len(a.Blocks) == 1 && a.Blocks[0].Level == 1 && a.said.author == "" {
		name, _, _ := strings.Cut(line, "<")
		a.said.author = read.OneLine(name)
		for field := range strings.FieldsSeq(strings.ReplaceAll(a.lines.peek(), ",", " ")) {
			if date := read.ISODate(field); len(date) == 10 {
				a.said.date = date
			}
		}
	}
	if term, definition, ok := strings.Cut(line, ":: "); ok && len(a.lineWriter.lines) == 0 {
		a.begin(read.ListItem, term+": "+strings.TrimSpace(definition))
		return
	}
	if term, ok := strings.CutSuffix(line, "::"); ok && len(a.lineWriter.lines) == 0 {
		a.begin(read.ListItem, term+":")
		return
	}
	if len(a.lineWriter.lines) == 0 && line == strings.TrimLeft(line, " ") && !a.continued {
		clear(a.numbers[:])
	}
	a.more(line)
}

// attribute takes ":name: value", which sets something for the document.
func (a *asciidoc) attribute(line string) bool {
	if len(line) < 3 || line[0] != ':' || len(a.lineWriter.lines) > 0 && a.begun {
		return false
	}
	name, value, found := strings.Cut(line[1:], ":")
	if !found || name == "" || strings.ContainsAny(name, " \t") {
		return false
	}
	value = strings.TrimSpace(value)
	switch name {
	case "author", "authors":
		a.said.author = read.OneLine(value)
	case "lang":
		a.said.language = read.BaseLanguage(value)
	case "revdate", "docdate":
		a.said.date = read.ISODate(value)
	case "doctitle", "title":
		a.said.title = read.OneLine(value)
	}
	return true
}

// title takes a heading: "== text", or text with a line of signs below it; and
// the title of a block: ".text".
func (a *asciidoc) title(line string) bool {
	marks := len(line) - len(strings.TrimLeft(line, "="))
	if marks == 0 {
		marks = len(line) - len(strings.TrimLeft(line, "#"))
	}
	if marks > 0 && marks <= 6 && strings.HasPrefix(line[marks:], " ") {
		a.heading(marks, strings.TrimRight(line[marks:], "= "))
		return true
	}
	if len(line) > 1 && line[0] == '.' && line[1] != '.' && line[1] != ' ' {
		a.begin(read.Caption, line[1:])
		a.flush()
		return true
	}
	if next := a.lines.peek(); len(a.lineWriter.lines) == 0 && underlines(next, line) {
		if level := strings.IndexByte("=-~^+", next[0]); level >= 0 && !isRule(line, 4) {
			_, _ = a.lines.next()
			a.heading(level+1, line)
			return true
		}
	}
	return false
}

// underlines reports whether a line of signs is about as long as the one above.
func underlines(rule, text string) bool {
	n := len([]rune(text))
	return isRule(rule, 3) && len(rule) >= n-1 && len(rule) <= n+1 && item(text) == ""
}

// macro takes a picture and what is put in from elsewhere.
func (a *asciidoc) macro(line string) bool {
	name, rest, found := strings.Cut(line, "::")
	if !found || !strings.HasSuffix(rest, "]") {
		return false
	}
	switch name {
	case "image", "video", "audio":
		_, alt, _ := strings.Cut(strings.TrimSuffix(rest, "]"), "[")
		alt, _, _ = strings.Cut(alt, ",")
		a.begin(read.Caption, strings.Trim(alt, `"`))
		a.flush()
	case "include", "toc", "ifdef", "ifndef", "ifeval", "endif":
		a.flush()
	default:
		return false
	}
	return true
}

// delimited takes a block between two lines of signs.
func (a *asciidoc) delimited(line string) bool {
	table := len(line) == 4 && strings.HasSuffix(line, "===") && strings.ContainsAny(line[:1], "|,:!")
	fence := strings.HasPrefix(line, "```")
	if !table && !fence && line != "--" && line != "<<<" && line != "'''" && (!runOf(line, 4) || !strings.ContainsAny(line[:1], "-.+=*_/")) {
		return false
	}
	a.flush()
	same := func(l string) bool { return l == line || fence && l == "```" }
	switch {
	case table:
		a.table(line[0], a.lines.until(same))
	case fence || line[0] == '.' || line[0] == '-' && line != "--":
		a.begun = true
		a.Add(read.Code, 0, strings.Join(a.lines.until(same), "\n"))
	case line[0] == '/':
		a.lines.until(same)
	case line[0] == '+':
		a.Include(web.Parse(strings.Join(a.lines.until(same), "\n")))
	}
	return true
}

// number is the number that a reader sees before an item that begins with
// dots.
func (a *asciidoc) number(line string) string {
	dots := len(line) - len(strings.TrimLeft(line, "."))
	if dots == 0 || dots >= len(a.numbers) {
		return ""
	}
	clear(a.numbers[dots+1:])
	a.numbers[dots]++
	return strconv.Itoa(a.numbers[dots]) + ". "
}

// literal takes a paragraph that is indented, which is one of code.
func (a *asciidoc) literal(line string) {
	a.begun = true
	lines := []string{line}
	for next := a.lines.peek(); next != ""; next = a.lines.peek() {
		_, _ = a.lines.next()
		lines = append(lines, next)
	}
	a.Add(read.Code, 0, strings.Join(dedented(lines), "\n"))
}

// item is the text of an item of a list, "" for what is none.
func item(line string) string {
	if numbered(line) {
		return line
	}
	mark, text, found := strings.Cut(line, " ")
	if !found || len(mark) > 5 || !runOf(mark, 1) || !strings.ContainsAny(mark[:1], "*-.") || mark[0] == '-' && len(mark) > 1 {
		return ""
	}
	return strings.TrimSpace(text)
}
