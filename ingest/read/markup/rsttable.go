package markup

import (
	"regexp"
	"strings"
)

var (
	// rstListRow begins a row of a list of lists, rstListCell another cell of it.
	rstListRow  = regexp.MustCompile(`^( *[-*+] +)[-*+](?: +(.*))?$`)
	rstListCell = regexp.MustCompile(`^( *)[-*+](?: +(.*))?$`)
)

// listRows makes rows of a list of lists: "* - cell".
func listRows(lines []string) [][]string {
	var rows [][]string
	edge := -1 // where the bullets of cells stand
	for _, line := range lines {
		last := len(rows) - 1
		if m := rstListRow.FindStringSubmatch(line); m != nil && (last < 0 || len(m[1]) == edge) {
			edge = len(m[1])
			rows = append(rows, []string{m[2]})
		} else if m := rstListCell.FindStringSubmatch(line); m != nil && len(m[1]) == edge {
			rows[last] = append(rows[last], m[2])
		} else if last >= 0 {
			rows[last][len(rows[last])-1] += " " + strings.TrimSpace(line)
		}
	}
	return rows
}

var (
	// rstRule is the first line of a table, which shows where its columns are.
	rstRule    = regexp.MustCompile(`^ *(?:\+(?:-+\+)+|=+(?: +=+)+)$`)
	rstColumns = regexp.MustCompile(`[-=]+`)
)

// rows takes a table drawn with lines: of "+", "-" and "|", each row of which
// ends with a line, or of "=" only, each row of which begins with its first
// cell.
func (r *rst) rows(rule string) bool {
	if !rstRule.MatchString(rule) {
		return false
	}
	columns := rstColumns.FindAllStringIndex(rule, -1)
	grid, borders := strings.HasSuffix(rule, "+"), ""
	if grid {
		borders = "|+"
	}
	var rows [][]string
	row, header := make([][]string, len(columns)), false
	end := func() {
		if cells := joined(row); strings.Join(cells, "") != "" {
			rows = append(rows, cells)
		}
		clear(row)
	}
	for line, ok := r.next(); ok && (line != "" || !grid); line, ok = r.next() {
		if strings.Trim(line, "+-= ") == "" {
			end()
			header = header || len(rows) == 1 && strings.Contains(line, "=")
			if !grid && line != "" && r.peek() == "" {
				break
			}
			continue
		}
		cells := cellsAt(line, columns, borders)
		if !grid && cells[0] != "" {
			end()
		}
		for i, c := range cells {
			row[i] = append(row[i], c)
		}
	}
	end()
	r.table(rows, header)
	return true
}

// cellsAt cuts a line where columns begin. What stands across the gap between
// two is a part of the cell before it, which spans both.
func cellsAt(line string, columns [][]int, borders string) []string {
	runes := []rune(line)
	cells := make([]string, len(columns))
	last := 0
	for i, column := range columns {
		from, to := min(column[0], len(runes)), len(runes)
		if i+1 < len(columns) {
			to = min(columns[i+1][0], to)
		}
		if from > 0 && strings.ContainsRune(" |+", runes[from-1]) {
			last = i
		}
		cells[last] += string(runes[from:to])
	}
	for i, c := range cells {
		if cells[i] = strings.Trim(c, " "+borders); borders != "" && strings.Trim(c, "-"+borders) == "" {
			cells[i] = ""
		}
	}
	return cells
}

// joined are cells whose lines are put together.
func joined(lines [][]string) []string {
	cells := make([]string, len(lines))
	for i, of := range lines {
		cells[i] = strings.TrimSpace(strings.Join(of, " "))
	}
	return cells
}
