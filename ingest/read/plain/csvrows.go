package plain

import "strings"

// TableRows cuts a text into rows of cells. It takes what programs write and
// people mend by hand: a quote within a cell that does not begin with one is
// itself, and so is one that nothing closes.
type TableRows struct {
	Rest  string
	Comma byte
	// first is the number of the first row.
	first int
	Cells []string
}

// longestCell bounds how far the end of a quoted cell is looked for, in bytes.
// A quote that was meant as inches would swallow the file otherwise.
const longestCell = 1 << 20

// Next reads the next row into new cells, and reports whether there was one.
func (t *TableRows) Next() bool {
	if t.Rest == "" {
		return false
	}
	t.Cells = nil
	for {
		cell, end := t.cell()
		t.Cells = append(t.Cells, cell)
		if end {
			return true
		}
	}
}

// cell takes a cell off the rest, and reports whether it was its row's last.
func (t *TableRows) cell() (cell string, last bool) {
	if rest := strings.TrimLeft(t.Rest, " "); strings.HasPrefix(rest, `"`) {
		if cell, n := quoted(rest, t.Comma); n > 0 {
			t.Rest = rest[n:]
			return cell, t.ended()
		}
	}
	n := strings.IndexAny(t.Rest, string([]byte{t.Comma, '\n'}))
	if n < 0 {
		n = len(t.Rest)
	}
	cell, t.Rest = t.Rest[:n], t.Rest[n:]
	return cell, t.ended()
}

// ended takes what ends a cell off the rest, and reports whether it ends the
// row.
func (t *TableRows) ended() (last bool) {
	if t.Rest == "" {
		return true
	}
	last = t.Rest[0] != t.Comma
	t.Rest = t.Rest[1:]
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
