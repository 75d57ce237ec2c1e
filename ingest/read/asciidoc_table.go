package read

import (
	"strconv"
	"strings"
)

// table takes the lines of a table. Its rows are as long as its attributes
// say, or else as its first line.
func (a *asciidoc) table(comma byte, lines []string) {
	a.begun = true
	header := strings.Contains(a.attributes, "header")
	if comma != '|' && comma != '!' {
		var rows [][]string
		for all := (&tableRows{rest: strings.Join(lines, "\n"), comma: comma}); all.next(); {
			rows = append(rows, all.cells)
		}
		a.rows(rows, header)
		return
	}
	columns := columnsOf(a.attributes)
	var cells []string
	for i, line := range lines {
		n := len(cells)
		cells = appendCells(cells, line, comma)
		if line == "" && i > 0 && len(cells) > 0 && len(cells) == columns && !strings.Contains(a.attributes, "noheader") {
			header = true // an empty line after the first row
		}
		if columns == 0 && len(cells) > n {
			columns = len(cells)
		}
	}
	var rows [][]string
	for len(cells) > 0 {
		n := min(max(columns, 1), len(cells))
		rows = append(rows, cells[:n])
		cells = cells[n:]
	}
	a.rows(rows, header)
}

// appendCells adds the cells that a line begins, and goes on with the last one
// where it begins none.
func appendCells(cells []string, line string, comma byte) []string {
	parts := strings.Split(line, string(comma))
	for i, part := range parts {
		switch {
		case i > 0:
			cells = append(cells, cellText(part, i < len(parts)-1))
		case len(cells) > 0 && strings.TrimSpace(part) != "" && (len(parts) == 1 || !isCellSpec(part)):
			cells[len(cells)-1] += " " + part
		}
	}
	return cells
}

// cellText is a cell without what it says of the next one.
func cellText(part string, another bool) string {
	if n := strings.LastIndexByte(part, ' '); another && isCellSpec(part[n+1:]) && n >= 0 {
		return part[:n]
	}
	return part
}

// isCellSpec reports whether a text says how the cell after it looks: "2+^.>s".
func isCellSpec(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || len(s) < 8 && strings.Trim(s, "0123456789.+*<>^aehlmdsv") == "" && (len(s) == 1 || strings.ContainsAny(s, "0123456789.+*<>^"))
}

// columnsOf counts the columns that attributes name: cols="1,2" or cols="3*".
func columnsOf(attributes string) int {
	_, rest, found := strings.Cut(attributes, "cols=")
	if !found {
		return 0
	}
	value, _, _ := strings.Cut(strings.TrimPrefix(rest, `"`), `"`)
	if !strings.HasPrefix(rest, `"`) {
		value, _, _ = strings.Cut(value, ",")
	}
	var n int
	for column := range strings.SplitSeq(value, ",") {
		times, _, many := strings.Cut(column, "*")
		if k, err := strconv.Atoi(strings.TrimSpace(times)); many && err == nil && k > 0 && k < 1000 {
			n += k
			continue
		}
		n++
	}
	return n
}
