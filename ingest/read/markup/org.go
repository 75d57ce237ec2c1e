package markup

import (
	"regexp"
	"strings"

	"docent/ingest/read"
)

// Org is the format of Org files.
func Org(l read.Limits) read.Format {
	return read.TextFormat("Org", l, parseOrg, ".org")
}

type org struct{ lineReader }

func parseOrg(_, source string) (read.Document, error) {
	o := &org{lineReader{rest: source, reference: orgNote}}
	return o.all(o.line)
}

// orgTags stand at the end of a heading: ":tag:other:".
var orgTags = regexp.MustCompile(`\s:[^\s]+:$`)

var (
	// orgNote is the mark of a note, orgNoted the note itself.
	orgNote  = regexp.MustCompile(`\[fn:([\w-]*)(?::([^\]]+))?\]`)
	orgNoted = regexp.MustCompile(`^\[fn:([\w-]+)\]\s+(.*)`)
)

func (o *org) line(line string) {
	trimmed := strings.TrimLeft(line, " \t")
	switch stars := len(line) - len(strings.TrimLeft(line, "*")); {
	case line == "":
		o.flush()
	case stars > 0 && strings.HasPrefix(line[stars:], " "):
		o.heading(stars, orgTags.ReplaceAllString(line[stars:], ""))
	case strings.HasPrefix(trimmed, "#+"):
		o.keyword(trimmed[2:])
	case trimmed == "#" || strings.HasPrefix(trimmed, "# "):
	case strings.HasPrefix(trimmed, "|"):
		o.rows(trimmed)
	case strings.EqualFold(trimmed, ":PROPERTIES:") || strings.EqualFold(trimmed, ":LOGBOOK:"):
		o.until(func(l string) bool { return strings.EqualFold(strings.TrimSpace(l), ":END:") })
	case strings.HasPrefix(trimmed, ": "):
		lines := append([]string{line}, o.while(func(l string) bool { return strings.HasPrefix(strings.TrimLeft(l, " \t"), ":") })...)
		for i, l := range lines {
			lines[i] = strings.TrimLeft(l, " \t")[1:]
		}
		o.code(lines)
	case isRule(trimmed, 5):
		o.flush()
	case orgNoted.MatchString(line):
		m := orgNoted.FindStringSubmatch(line)
		o.begin(read.Note, m[2])
		o.note = m[1]
	case o.item(trimmed):
		o.nest(line[:indentOf(line)])
		if term, _, found := strings.Cut(strings.Join(o.text, ""), " :: "); found && term != "" {
			o.kind = read.Definition
		}
	default:
		if len(o.text) == 0 && trimmed == line {
			o.endLists()
		}
		o.within = o.within || len(o.text) == 0 && o.lastItem > 0
		o.more(line)
	}
}

// keyword takes "#+NAME: value" and "#+BEGIN_NAME". What stands in a block of
// another name than these is text like any other.
func (o *org) keyword(line string) {
	o.flush()
	name, value, _ := strings.Cut(line, ":")
	o.declare(name, value)
	name, _, _ = strings.Cut(strings.ToUpper(name), " ")
	end := func(l string) bool { return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(l)), "#+END_") }
	switch name {
	case "CAPTION":
		o.add(read.Caption, value)
	case "BEGIN_SRC", "BEGIN_EXAMPLE":
		o.code(o.until(end))
	case "BEGIN_COMMENT", "BEGIN_EXPORT":
		o.until(end)
	}
}

// rows takes the lines that begin with a bar. A rule below the first row makes
// it the header.
func (o *org) rows(line string) {
	var rows [][]string
	header := false
	isRow := func(l string) bool { return strings.HasPrefix(strings.TrimLeft(l, " \t"), "|") }
	for _, l := range append([]string{line}, o.while(isRow)...) {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "|-") {
			header = header || len(rows) == 1
		} else {
			rows = append(rows, strings.Split(strings.Trim(l, "|"), "|"))
		}
	}
	o.table(rows, header)
}
