package read

import (
	"cmp"
	"strings"
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
	options, body := rstOptions(body)
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:] // "py:function"
	}
	switch name {
	case "code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "math", "doctest", "testcode", "productionlist", "graphviz", "digraph":
		r.add(Code, 0, strings.Join(body, "\n"))
	case "image", "figure":
		r.caption(cmp.Or(strings.Join(strings.Fields(strings.Join(body, " ")), " "), options["alt"]))
	case "toctree":
		r.add(Furniture, 0, strings.Join(body, "\n"))
	case "contents", "include", "index", "highlight", "raw", "meta", "currentmodule", "sectnum", "default-role", "role", "tabularcolumns":
	case "csv-table":
		r.caption(argument)
		var rows [][]string
		if head := options["header"]; head != "" {
			body = append([]string{head}, body...)
		}
		for all := (&tableRows{rest: strings.Join(body, "\n"), comma: ','}); all.next(); {
			rows = append(rows, trimmedCells(all.cells))
		}
		r.rows(rows, options["header"] != "" || options["header-rows"] != "")
	case "list-table":
		r.caption(argument)
		r.rows(listTable(body), options["header-rows"] != "" && options["header-rows"] != "0")
	case "title":
		r.said.title = cmp.Or(r.said.title, oneLine(argument))
	default:
		r.body(append([]string{argument, ""}, body...))
	}
}

func (r *rst) caption(text string) {
	r.begin(Caption, text)
	r.flush()
}

// rstOptions splits the options off the body of a directive.
func rstOptions(body []string) (options map[string]string, rest []string) {
	options = make(map[string]string)
	for len(body) > 0 && strings.HasPrefix(body[0], ":") {
		name, value, found := strings.Cut(body[0][1:], ":")
		if !found {
			break
		}
		options[strings.ToLower(name)] = strings.TrimSpace(value)
		body = body[1:]
		for len(body) > 0 && indentOf(body[0]) > 0 { // the value goes on
			options[strings.ToLower(name)] += " " + strings.TrimSpace(body[0])
			body = body[1:]
		}
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
	var rows [][]string
	for _, line := range body {
		text := strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(text, "* -"); ok && indentOf(line) == 0 {
			rows = append(rows, []string{strings.TrimSpace(rest)})
			continue
		}
		if len(rows) == 0 || text == "" {
			continue
		}
		last := &rows[len(rows)-1]
		if rest, ok := strings.CutPrefix(text, "-"); ok && (rest == "" || rest[0] == ' ') && indentOf(line) <= 2 {
			*last = append(*last, strings.TrimSpace(rest))
			continue
		}
		(*last)[len(*last)-1] += " " + text
	}
	return rows
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
	var rows [][]string
	var row []string
	header := false
	for _, line := range lines[1:] {
		if strings.HasPrefix(line, "+") && strings.Trim(line, "+-=") == "" {
			if row != nil {
				rows = append(rows, row)
			}
			header = header || len(rows) == 1 && strings.Contains(line, "=")
			row = nil
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i, c := range cells {
			if i == len(row) {
				row = append(row, "")
			}
			if c = strings.TrimSpace(c); strings.Trim(c, "+-") != "" {
				row[i] += " " + c
			}
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	r.rows(rows, header)
}

// simple reads a table whose columns stand below runs of "=". A line whose
// first cell is empty goes on with the row above.
func (r *rst) simple(rule string) {
	starts := columnStarts(rule)
	var rows [][]string
	header := false
	for line, ok := r.lines.next(); ok; line, ok = r.lines.next() {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "" || strings.Trim(trimmed, "- ") == "":
		case strings.Trim(trimmed, "= ") != "":
			rows = addSimpleRow(rows, line, starts)
		case r.lines.peek() == "":
			r.rows(rows, header)
			return
		default:
			header = len(rows) == 1
		}
	}
	r.rows(rows, header)
}

func addSimpleRow(rows [][]string, line string, starts []int) [][]string {
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
	if cells[0] == "" && len(rows) > 0 {
		last := rows[len(rows)-1]
		for i, c := range cells {
			last[i] = strings.TrimSpace(last[i] + " " + c)
		}
		return rows
	}
	return append(rows, cells)
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
