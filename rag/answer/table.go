package answer

import (
	"context"
	"slices"
	"strings"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// table is the rows of a table with the names of its columns.
type table struct {
	header []string
	rows   []row
}

type row struct {
	part
	cells []string
}

// cellGap stands between the cells of a row.
const cellGap = " | "

// table loads the one that a row is of.
func (r *reading) table(ctx context.Context, c extract.Candidate) (table, error) {
	var t table
	parts := []part{{hit: c.Hit, unit: c.Unit}}
	if c.Unit.Group != (lang.Span{}) {
		var err error
		if parts, err = r.group(ctx, c.Hit, c.Unit.Group); err != nil {
			return t, err
		}
	}
	text, err := r.text(ctx, c.Hit.ID.Document)
	if err != nil {
		return t, err
	}
	for _, p := range parts {
		if p.unit.Kind != rag.Row || p.unit.End > len(text) {
			continue
		}
		t.rows = append(t.rows, row{part: p, cells: cellsOf(text, p.unit.Span, p.unit.Cells)})
		if t.header == nil {
			t.header = headerOf(text, p)
		}
	}
	return t, nil
}

// cellsOf are the texts of the cells of a row.
func cellsOf(text string, row lang.Span, cells []lang.Span) []string {
	if cells == nil {
		return strings.Split(text[row.Start:row.End], cellGap)
	}
	list := make([]string, len(cells))
	for i, c := range cells {
		if c.Start >= 0 && c.Start <= c.End && c.End <= len(text) {
			list[i] = lang.OneLine(text[c.Start:c.End])
		}
	}
	return list
}

// columnAsks reports whether a candidate is a table of which a column is headed by what
// is asked, "who signs", and that stands under another word of the question, perhaps in
// another language.
func (r *reading) columnAsks(c extract.Candidate) bool {
	if !c.Whole() || c.Unit.Kind != rag.Row || r.found.Wants.Kind == retrieve.AskedAnything {
		return false
	}
	above, place := make(map[string]bool), strings.Join(append(slices.Clone(c.Hit.Heading), c.Hit.Document.Title), "\n")
	for _, w := range lang.Words(language(c.Hit), place) {
		above[w.Surface], above[w.Stem] = true, true
	}
	for cell := range strings.SplitSeq(strings.Join(contextIn(c.Hit, c.Unit), cellGap), cellGap) {
		asks := retrieve.WantedBy(language(c.Hit), cell).Kind == r.found.Wants.Kind && len(r.met(cell)) > 0
		if asks && slices.ContainsFunc(r.found.Words, func(w retrieve.QueryWord) bool {
			return !r.meets(w, cell) && (r.meets(w, place) || slices.ContainsFunc(append(w.Near(), w.Translated()...), func(t rag.QueryTerm) bool { return above[t.Text] }))
		}) {
			return true
		}
	}
	return false
}

// headerOf are the names of the columns of a row, nil where nothing names them.
func headerOf(text string, of part) []string {
	for _, s := range slices.Backward(of.unit.Context) {
		if s.End > len(text) || s.Start >= of.unit.Start {
			continue
		}
		for _, u := range rag.UnitsOf(of.hit.Passage) {
			if u.Span == s && u.Kind == rag.Lead && len(u.Cells) > 1 {
				return cellsOf(text, s, u.Cells)
			}
		}
		if names := strings.Split(text[s.Start:s.End], cellGap); len(names) > 1 {
			return names
		}
	}
	return nil
}

// name is that of a column, "" where it has none.
func (t table) name(column int) string {
	if column < len(t.header) {
		return t.header[column]
	}
	return ""
}

// columns are those that the question names: whose header has most words of it.
// The first one, which names the rows, is none of them.
func (t table) columns(q *reading) []int {
	var asked []int
	most := 0
	for i := 1; i < len(t.header); i++ {
		switch n := len(q.met(t.header[i])); {
		case n > most:
			most, asked = n, []int{i}
		case n == most && n > 0:
			asked = append(asked, i)
		}
	}
	return asked
}

// read is a row for reading: each cell under the name of its column, of the columns
// asked for and the one that names the row, or of all.
func (t table) read(r row, asked []int) string {
	var parts []string
	for i, cell := range r.cells {
		if strings.TrimSpace(cell) == "" || len(asked) > 0 && i > 0 && !slices.Contains(asked, i) {
			continue
		}
		if name := t.name(i); name != "" {
			cell = name + ": " + cell
		}
		parts = append(parts, cell)
	}
	return lang.OneLine(strings.ReplaceAll(strings.Join(parts, "; "), ":; ", ": "))
}

// statement is a row as an answer says it.
func (t table) statement(r row, asked []int) statement {
	text := t.read(r, asked)
	return statement{text: text, own: text != lang.OneLine(r.text()), quotes: []quote{r.quote()}}
}

// matched are the rows that have most of the question in what tells rows apart, nil
// where nothing does: their words, and numbers that are in them in other words.
func (t table) matched(q *reading) []row {
	var best []row
	most := 0.0
	for _, r := range t.rows {
		switch n := t.worth(q, r); {
		case n > most:
			most, best = n, []row{r}
		case n == most && n > 0:
			best = append(best, r)
		}
	}
	return best
}

// nameWorth is what a name or a number counts beside a word where rows are told
// apart.
const nameWorth = 3

// worth is how much of the question a row has and others have not.
func (t table) worth(q *reading, r row) float64 {
	sum := 0.0
	for _, w := range q.met(r.text()) {
		switch { // "3" is in "3 100 €"; see states
		case lang.IsDigit(w.Surface[0]), t.inAllRows(func(o row) bool { return q.meets(w, o.text()) }):
		case w.Name:
			sum += nameWorth
		default:
			sum++
		}
	}
	for _, n := range q.amounts {
		if r.states(n.Value) && !t.inAllRows(func(o row) bool { return o.states(n.Value) }) {
			sum += nameWorth
		}
	}
	return sum
}

func (t table) inAllRows(has func(row) bool) bool {
	return len(t.rows) > 1 && !slices.ContainsFunc(t.rows, func(r row) bool { return !has(r) })
}

// states reports whether the first cell of a row, which names it, has a number.
func (r row) states(value string) bool {
	return len(r.cells) > 0 && slices.ContainsFunc(lang.Numbers(language(r.hit), r.cells[0]), func(n lang.Number) bool { return n.Value == value })
}
