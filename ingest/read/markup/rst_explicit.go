package markup

import (
	"cmp"
	"strings"

	"docent/ingest/read"
	"docent/ingest/read/plain"
)

// explicit takes what begins with two dots: a directive, a footnote, a target,
// a comment.
func (r *rst) explicit(text string, edge int) {
	if text == "" && r.lines.peek() == "" {
		return // it parts what is above from what is below
	}
	body := r.deeper(edge)
	switch name, argument, directive := strings.Cut(text, "::"); {
	case strings.HasPrefix(text, "_") || strings.HasPrefix(text, "|"):
		// the address of a link, or what stands for a word
	case directive && name != "" && !strings.ContainsAny(name, " \t`"):
		r.directive(strings.ToLower(name), strings.TrimSpace(argument), body)
	case strings.HasPrefix(text, "["):
		_, note, _ := strings.Cut(text, "]")
		r.body(append([]string{strings.TrimSpace(note)}, body...))
	}
}

func (r *rst) directive(name, argument string, body []string) {
	goesOn := len(body) > 0 && body[0] != "" && !isField(body[0])
	options, body := rstOptions(body)
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:] // "py:function"
	}
	switch name {
	case "code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "math", "doctest", "testcode", "productionlist", "graphviz", "digraph":
		r.Add(read.Code, 0, strings.Join(body, "\n"))
	case "image", "figure":
		r.caption(cmp.Or(strings.Join(strings.Fields(strings.Join(body, " ")), " "), options["alt"]))
	case "toctree":
		r.Add(read.Furniture, 0, strings.Join(body, "\n"))
	case "contents", "include", "index", "highlight", "raw", "meta", "currentmodule", "sectnum", "default-role", "role", "tabularcolumns":
	case "csv-table":
		r.caption(argument)
		var rows [][]string
		if head := options["header"]; head != "" {
			body = append([]string{head}, body...)
		}
		for all := (&plain.TableRows{Rest: strings.Join(body, "\n"), Comma: ','}); all.Next(); {
			rows = append(rows, trimmedCells(all.Cells))
		}
		r.rows(rows, options["header"] != "" || options["header-rows"] != "")
	case "list-table":
		r.caption(argument)
		r.rows(listTable(body), options["header-rows"] != "" && options["header-rows"] != "0")
	case "title":
		r.said.title = cmp.Or(r.said.title, read.OneLine(argument))
	default:
		text := []string{argument}
		if !goesOn {
			text = append(text, "")
		}
		r.body(append(text, body...))
	}
}

func (r *rst) caption(text string) {
	r.begin(read.Caption, text)
	r.flush()
}

// rstOptions splits the options off the body of a directive.
func rstOptions(body []string) (options map[string]string, rest []string) {
	options = make(map[string]string)
	for len(body) > 0 && isField(body[0]) {
		name, value, _ := strings.Cut(body[0][1:], ":")
		values := []string{strings.TrimSpace(value)}
		body = body[1:]
		for len(body) > 0 && indentOf(body[0]) > 0 { // the value goes on
			values = append(values, strings.TrimSpace(body[0]))
			body = body[1:]
		}
		options[strings.ToLower(name)] = strings.Join(values, " ")
	}
	for len(body) > 0 && body[0] == "" {
		body = body[1:]
	}
	return options, dedented(body)
}

func trimmedCells(cells []string) []string {
	for i, c := range cells {
		cells[i] = strings.Trim(strings.TrimSpace(c), `"`)
	}
	return cells
}

// listTable makes rows of a list of lists: "* - cell".
func listTable(body []string) [][]string {
	var g cellGatherer
	for _, line := range body {
		text := strings.TrimSpace(line)
		first, isRow := strings.CutPrefix(text, "* -")
		cell, isCell := strings.CutPrefix(text, "-")
		switch {
		case isRow && indentOf(line) == 0:
			g.begin(strings.TrimSpace(first))
		case g.width() == 0 || text == "":
		case isCell && (cell == "" || cell[0] == ' ') && indentOf(line) <= 2:
			g.more(g.width(), strings.TrimSpace(cell))
		default:
			g.more(g.width()-1, text)
		}
	}
	return g.cells()
}

// table takes a table drawn with lines: of "+", "-" and "|", or of "=" only.
func (r *rst) table(line string) bool {
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(trimmed, "+-") && strings.HasSuffix(trimmed, "+") && strings.Trim(trimmed, "+-") == "":
		r.grid(dedented(append([]string{line}, r.paragraph()...)))
	case strings.HasPrefix(trimmed, "==") && strings.Contains(trimmed, " =") && strings.Trim(trimmed, "= ") == "":
		r.simple(line)
	default:
		return false
	}
	return true
}

// grid reads a table whose cells have borders. A border ends a row only where
// it goes under all of it.
func (r *rst) grid(lines []string) {
	var g cellGatherer
	ended, header := true, false
	for _, line := range lines[1:] {
		if strings.HasPrefix(line, "+") && strings.Trim(line, "+-=") == "" {
			header = header || len(g.rows) == 1 && strings.Contains(line, "=")
			ended = true
			continue
		}
		if ended {
			g.begin()
			ended = false
		}
		for i, c := range strings.Split(strings.Trim(line, "|"), "|") {
			if c = strings.TrimSpace(c); strings.Trim(c, "+-") != "" || g.width() <= i {
				g.more(i, c)
			}
		}
	}
	r.rows(g.cells(), header)
}

// simple reads a table whose columns stand below runs of "=". A line whose
// first cell is empty goes on with the row above.
func (r *rst) simple(rule string) {
	starts := columnStarts(rule)
	var g cellGatherer
	header := false
	for line, ok := r.lines.next(); ok; line, ok = r.lines.next() {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" || strings.Trim(trimmed, "- ") == "":
		case strings.Trim(trimmed, "= ") != "":
			addSimpleRow(&g, line, starts)
		case r.lines.peek() == "":
			r.rows(g.cells(), header)
			return
		default:
			header = len(g.rows) == 1
		}
	}
	r.rows(g.cells(), header)
}

func addSimpleRow(g *cellGatherer, line string, starts []int) {
	runes := []rune(line)
	cells := make([]string, len(starts))
	for i, start := range starts {
		end := len(runes)
		if i+1 < len(starts) {
			end = min(end, starts[i+1])
		}
		if start < end {
			cells[i] = strings.TrimSpace(string(runes[start:end]))
		}
	}
	if cells[0] != "" || len(g.rows) == 0 {
		g.begin(cells...)
		return
	}
	for i, c := range cells {
		if c != "" {
			g.more(i, c)
		}
	}
}

func columnStarts(rule string) []int {
	var starts []int
	for i := range rule {
		if rule[i] == '=' && (i == 0 || rule[i-1] == ' ') {
			starts = append(starts, i)
		}
	}
	return starts
}
