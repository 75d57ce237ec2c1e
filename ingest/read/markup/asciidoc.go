package markup

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"docent/ingest/read"
	"docent/ingest/read/plain"
	"docent/ingest/read/web"
	"docent/rag/lang"
)

// ASCIIDoc is the format of AsciiDoc files.
func ASCIIDoc(l read.Limits) read.Format {
	return read.TextFormat("AsciiDoc", l, parseASCIIDoc, ".adoc", ".asciidoc", ".asc")
}

type asciidoc struct {
	lineReader
	// attributes are those of the block that comes next: "source,java".
	attributes string
	// continued is set after a "+", which keeps what follows in its item.
	continued bool
	// terms is set while lines may be terms with what they mean.
	terms bool
}

func parseASCIIDoc(_, source string) (read.Document, error) {
	a := &asciidoc{lineReader: lineReader{rest: source, reference: asciidocNote}}
	return a.all(a.line)
}

var (
	asciidocAttribute = regexp.MustCompile(`^:([\w-]+)!?:(?:\s+(.*))?$`)
	asciidocHeading   = regexp.MustCompile(`^(={1,6}|#{1,6})\s+(.*?)(?:\s+=+)?$`)
	// asciidocMacro puts in a picture or a list of contents.
	asciidocMacro = regexp.MustCompile(`^(image|video|audio|toc)::.*?\[([^,\]]*).*\]$`)
	// asciidocUnseen is a remark, or a line that puts in or leaves out others.
	asciidocUnseen = regexp.MustCompile(`^//|^(?:ifn?def|ifeval|endif|include)::.*\]$`)
	// asciidocTerm is explained by what follows it.
	asciidocTerm = regexp.MustCompile(`^(.+?)::(?:\s+(.*))?$`)
	// asciidocNote is a note within a line.
	asciidocNote = regexp.MustCompile(`footnote:([\w-]*)\[((?:[^\]\\]|\\.)+)?\]`)
)

func (a *asciidoc) line(line string) {
	trimmed := strings.TrimLeft(line, " \t")
	opening := len(a.text) == 0
	switch attribute := asciidocAttribute.FindStringSubmatch(line); {
	case line == "" || line == "+":
		a.flush()
		a.terms = false
	case asciidocUnseen.MatchString(line) && !isRule(line, 4):
	case attribute != nil:
		a.declare(attribute[1], attribute[2])
	case a.delimited(line):
		a.attributes = ""
	case opening && line[0] == '[' && strings.HasSuffix(line, "]"):
		a.attributes = line
	case a.title(line) || opening && a.macro(line):
	case a.item(trimmed):
		a.nest(strings.TrimLeftFunc(strings.Fields(trimmed)[0], lang.IsWordRune)) // numbers are alike
	case opening && trimmed != line:
		a.code(append([]string{line}, a.while(func(l string) bool { return l != "" })...))
	default:
		if opening && !a.continued {
			a.endLists()
		}
		a.within = a.within || opening && a.continued && a.lastItem > 0
		a.paragraph(line)
	}
	a.continued = line == "+" || a.continued && line == ""
}

// paragraph adds a line of text, or a term with its definition.
func (a *asciidoc) paragraph(line string) {
	if term := asciidocTerm.FindStringSubmatch(line); term != nil && (len(a.text) == 0 || a.terms) {
		a.terms = true
		a.nest("::")
		if read.Asks(term[1]) {
			a.begin(read.Question, term[1])
			a.flush()
			a.more(term[2])
			return
		}
		a.begin(read.Definition, term[1]+labelSign+term[2])
		return
	}
	a.more(line)
}

// title takes a heading: "== text", or text with a line of signs below it; and
// the title of a block: ".text".
func (a *asciidoc) title(line string) bool {
	if m := asciidocHeading.FindStringSubmatch(line); m != nil {
		a.heading(len(m[1]), m[2])
		if len(m[1]) == 1 && len(a.Blocks) == 1 {
			a.authored()
		}
		return true
	}
	if line[0] == '.' && len(line) > 1 && !strings.ContainsAny(line[1:2], ". ") {
		a.add(read.Caption, line[1:])
		return true
	}
	sign, underlined := a.underlined(line)
	level := strings.Index("=-~^+", sign)
	if !underlined || level < 0 || len(a.text) > 0 || len(a.peek()) > utf8.RuneCountInString(line)+1 {
		return false
	}
	_, _ = a.next()
	a.heading(level+1, line)
	return true
}

// authored looks at the lines below the title, which name the author and the
// date.
func (a *asciidoc) authored() {
	author, rest, _ := strings.Cut(a.rest, "\n")
	if author == "" || author[0] == ':' {
		return
	}
	author, _, _ = strings.Cut(author, "<")
	a.declare("author", author)
	revision, _, _ := strings.Cut(rest, "\n")
	for field := range strings.FieldsSeq(strings.ReplaceAll(revision, ",", " ")) {
		if date := read.ISODate(field); len(date) == len("2006-01-02") {
			a.said.date = date
		}
	}
}

// macro takes a picture or a list of contents.
func (a *asciidoc) macro(line string) bool {
	m := asciidocMacro.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	if name := m[1]; name == "image" || name == "video" || name == "audio" {
		a.add(read.Caption, strings.Trim(m[2], `"`))
	}
	return true
}

// delimited takes a block between two lines of signs. The lines of an example,
// a quote or a sidebar are read as any others.
func (a *asciidoc) delimited(line string) bool {
	same := func(l string) bool { return l == line }
	switch {
	case line == "|===" || line == ",===" || line == ":===":
		a.rows(line[:1], strings.TrimSpace(strings.Join(a.until(same), "\n")))
	case strings.HasPrefix(line, "```"):
		a.code(a.until(func(l string) bool { return l == "```" }))
	case line == "--" || line == "<<<" || line == "'''":
		a.flush()
	case !isRule(line, 4) || !strings.ContainsAny(line[:1], "-.+=*_/"):
		return false
	case line[0] == '-' || line[0] == '.':
		a.code(a.until(same))
	case line[0] == '/':
		a.until(same)
	case line[0] == '+':
		a.flush()
		a.Include(web.Parse(strings.Join(a.until(same), "\n")))
	default:
		a.flush()
	}
	return true
}

// cellFormat says how the cell behind the next bar looks: "2+^.>s".
var cellFormat = regexp.MustCompile(`(?:^|\s)(?:[\d.]+[+*])?[<>^]?(?:\.[<>^])?[aehlmdsv]?$`)

// formatAttribute names what parts the cells of a table.
var formatAttribute = regexp.MustCompile(`format="?([ctd])sv`)

// rows takes the text of a table. An empty line below its first row makes that
// one the header. What parts the cells follows from the sign that the table is
// drawn with, unless its attributes name another.
func (a *asciidoc) rows(sign, text string) {
	if m := formatAttribute.FindStringSubmatch(a.attributes); m != nil {
		sign = map[string]string{"c": ",", "t": "\t", "d": ":"}[m[1]]
	}
	first, rest, _ := strings.Cut(text, "\n")
	header := strings.Contains(a.attributes, "header")
	if sign != "|" {
		a.table(plain.Rows(text, sign[0]), header || strings.HasPrefix(rest, "\n"))
		return
	}
	bars := strings.Count(first, "|")
	columns := cmp.Or(columnsOf(a.attributes), max(bars, 1))
	header = header || strings.HasPrefix(rest, "\n") && bars == columns
	a.table(slices.Collect(slices.Chunk(barCells(text), columns)), header)
}

// barCells are the cells of a table, whose rows may take more than a line each.
func barCells(text string) []string {
	cells := strings.Split(text, "|")
	for i := range len(cells) - 1 {
		cells[i] = cellFormat.ReplaceAllString(cells[i], "")
	}
	if cells[0] == "" {
		cells = cells[1:]
	}
	return cells
}

var columnsAttribute = regexp.MustCompile(`cols=(?:"([^"]*)"|([^",\]]+))`)

// columnsOf counts the columns that attributes name: cols="1,2" or cols="3*".
func columnsOf(attributes string) int {
	m := columnsAttribute.FindStringSubmatch(attributes)
	if m == nil {
		return 0
	}
	n := 0
	for column := range strings.SplitSeq(m[1]+m[2], ",") {
		times, _, many := strings.Cut(column, "*")
		if k, err := strconv.Atoi(strings.TrimSpace(times)); many && err == nil && k > 0 && k < 1000 {
			n += k - 1
		}
		n++
	}
	return n
}
