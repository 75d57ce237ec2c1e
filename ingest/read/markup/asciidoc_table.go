package markup

import (
	"strconv"
	"strings"

	"docent/ingest/read/plain"
)

// table takes the lines of a table. Its rows are as long as its attributes
// say, or else as its first line.
func (a *asciidoc) table(comma byte, lines []string) {
	a.begun = true
	header := strings.Contains(a.attributes, "header")
	if comma != '|' && comma != '!' {
		var rows [][]string
		for all := (&plain.TableRows{Rest: strings.Join(lines, "\n"), Comma: comma}); all.Next(); {
			rows = append(rows, all.Cells)
		}
		a.rows(rows, header)
		return
	}
	columns := columnsOf(a.attributes)
	var g cellGatherer
	for i, line := range lines {
		gatherCells(&g, line, comma)
		if line == "" && i > 0 && g.width() == max(columns, 1) && !strings.Contains(a.attributes, "noheader") {
			header = true // an empty line after the first row
		}
		if columns == 0 {
			columns = g.width()
		}
	}
	var cells []string
	for _, row := range g.cells() {
		cells = row
	}
	var rows [][]string
	for len(cells) > 0 {
		n := min(max(columns, 1), len(cells))
		rows = append(rows, cells[:n])
		cells = cells[n:]
	}
	a.rows(rows, header)
}

// gatherCells adds the cells that a line begins, and goes on with the last one
// where it begins none. All cells are gathered as one row.
func gatherCells(g *cellGatherer, line string, comma byte) {
	parts := strings.Split(line, string(comma))
	for i, part := range parts {
		switch n := g.width(); {
		case i > 0:
			g.more(n, cellText(part, i < len(parts)-1))
		case n > 0 && strings.TrimSpace(part) != "" && (len(parts) == 1 || !isCellSpec(part)):
			g.more(n-1, part)
		}
	}
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
