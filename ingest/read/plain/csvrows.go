package plain

import "strings"

// tableRows cuts a text into rows of cells. It takes what programs write and
// people mend by hand: a quote within a cell that does not begin with one is
// itself, and so is one that nothing closes.
type tableRows struct {
	rest  string
	comma byte
	// first is the number of the first row.
	first int
	cells []string
}

// Rows cuts text into rows of cells, which comma parts.
func Rows(text string, comma byte) [][]string {
	var all [][]string
	for rows := (&tableRows{rest: text, comma: comma}); rows.next(); {
		all = append(all, rows.cells)
	}
	return all
}

// longestCell bounds how far the end of a quoted cell is looked for, in bytes.
// A quote that was meant as inches would swallow the file otherwise.
const longestCell = 1 << 20

// next reads the next row into new cells, and reports whether there was one.
func (t *tableRows) next() bool {
	if t.rest == "" {
		return false
	}
	t.cells = nil
	for {
		cell, end := t.cell()
		t.cells = append(t.cells, cell)
		if end {
			return true
		}
	}
}

// cell takes a cell off the rest, and reports whether it was its row's last.
func (t *tableRows) cell() (cell string, last bool) {
	if rest := strings.TrimLeft(t.rest, " "); strings.HasPrefix(rest, `"`) {
		if cell, n := quoted(rest, t.comma); n > 0 {
			t.rest = rest[n:]
			return cell, t.ended()
		}
	}
	n := strings.IndexAny(t.rest, string([]byte{t.comma, '\n'}))
	if n < 0 {
		n = len(t.rest)
	}
	cell, t.rest = t.rest[:n], t.rest[n:]
	return cell, t.ended()
}

// ended takes what ends a cell off the rest, and reports whether it ends the
// row.
func (t *tableRows) ended() (last bool) {
	if t.rest == "" {
		return true
	}
	last = t.rest[0] != t.comma
	t.rest = t.rest[1:]
	return last
}

// quoted reads a cell in quotes, in which two of them are one, and returns how
// many bytes it takes; 0 where the quotes do not end as a cell does.
func quoted(s string, comma byte) (cell string, n int) {
	for end := 1; end < min(len(s), longestCell); {
		q := strings.IndexByte(s[end:], '"')
		if q < 0 {
			return "", 0
		}
		end += q + 1
		switch rest := strings.TrimLeft(s[end:], " "); {
		case strings.HasPrefix(s[end:], `"`):
			end++
		case rest == "" || rest[0] == '\n' || rest[0] == comma:
			return strings.ReplaceAll(s[1:end-1], `""`, `"`), len(s) - len(rest)
		default:
			return "", 0
		}
	}
	return "", 0
}
