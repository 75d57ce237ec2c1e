package answer

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"docent/prompts"
	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// count puts before the parts of a list how many they are, where that is asked for
// and none of them says it. The sentence is docent's own and cites them all.
func (r *reading) count(parts []part, c extract.Candidate, said *reply) {
	if r.found.Wants.Kind != retrieve.AskedHowMany || r.found.Wants.Noun == "" || lang.UnitOfMeasure(r.found.Wants.Noun) != "" || len(parts) < 2 || !r.named(c) && c.Unit.Kind != rag.Row {
		return
	}
	counted := statement{text: prompts.Counted(r.found.Language, len(parts)), own: true}
	for _, p := range parts {
		counted.quotes = append(counted.quotes, p.quote())
	}
	if c.Unit.Kind == rag.Item { // the list is quoted whole
		counted.quotes = said.statements[0].quotes
	}
	said.statements = append([]statement{counted}, said.statements...)
}

// named reports whether a candidate, or what leads to it, has the noun that is
// asked for.
func (r *reading) named(c extract.Candidate) bool {
	i := slices.IndexFunc(r.found.Words, func(w retrieve.QueryWord) bool { return w.Surface == r.found.Wants.Noun })
	if i < 0 {
		return false
	}
	texts := append(contextIn(c.Hit, c.Unit), c.Text)
	if n := len(c.Hit.Heading); n > 0 {
		texts = append(texts, c.Hit.Heading[n-1])
	}
	return r.meets(r.found.Words[i], strings.Join(texts, "\n"))
}

// mostCompared is how many rows a superlative is computed from at most.
const mostCompared = 40

// extreme answers what is asked for the greatest or the least of the rows, computed
// from a column of numbers; false where it is not, or cannot be told.
func (r *reading) extreme(t table, rows []row, asked []int, said *reply) bool {
	question := plain(r.question)
	greatest, most := phraseIn("greatest", question)
	least, fewest := phraseIn("least", question)
	if !most && !fewest || len(t.rows) < 2 || len(t.rows) > mostCompared {
		return false
	}
	if len(rows) < 2 || len(rows) < len(t.rows) && t.worth(r, rows[0]) < nameWorth {
		rows = t.rows
	}
	column, ok := t.measured(rows, asked)
	if !ok {
		return false
	}
	up := len(greatest) >= len(least)
	byNumber := func(a, b row) int { return cmp.Compare(a.number(column), b.number(column)) }
	best := slices.MinFunc(rows, byNumber)
	if up {
		best = slices.MaxFunc(rows, byNumber)
	}
	text := prompts.Extreme(r.found.Language, prompts.Compared{N: len(rows), Greatest: up, Column: t.name(column), Row: t.read(best, []int{column})})
	s := statement{text: text, own: true, quotes: []quote{best.quote()}}
	for _, row := range rows {
		switch {
		case row.unit.Span == best.unit.Span:
		case row.number(column) == best.number(column):
			return false // two share the place
		default:
			s.quotes = append(s.quotes, row.quote())
		}
	}
	said.statements = []statement{s}
	return true
}

// difference answers what is asked for how far two rows are apart; false where it is
// not, or cannot be told.
func (r *reading) difference(t table, rows []row, asked []int, said *reply) bool {
	if len(rows) != 2 || !says("difference", plain(r.question)) {
		return false
	}
	column, ok := t.measured(rows, asked)
	if !ok {
		return false
	}
	a, b := rows[0], rows[1]
	apart := strconv.FormatFloat(math.Abs(a.number(column)-b.number(column)), 'f', -1, 64)
	if unit := a.unitOf(column); unit != "" {
		apart += " " + unit
	}
	if r.found.Language == "fr" {
		apart = strings.Replace(apart, ".", ",", 1)
	}
	s := statement{own: true, quotes: []quote{a.quote(), b.quote()}}
	s.text = prompts.Difference(r.found.Language, prompts.Subtracted{Difference: apart, First: t.read(a, []int{column}), Second: t.read(b, []int{column})})
	said.statements = []statement{s}
	return true
}

// measured is the column that rows are compared by: the one asked for, or the only
// one with a number, of one unit, in every row.
func (t table) measured(rows []row, asked []int) (column int, ok bool) {
	var all []int
	for i := range max(len(t.header), len(rows[0].cells)) {
		unit := rows[0].unitOf(i)
		if !slices.ContainsFunc(rows, func(r row) bool { return len(r.numbers(i)) != 1 || r.unitOf(i) != unit }) {
			all = append(all, i)
		}
	}
	named := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !slices.Contains(asked, i) })
	if len(named) == 0 {
		named = all
	}
	if len(named) != 1 {
		return 0, false
	}
	return named[0], true
}

// unitOf is the unit of the first number of a cell.
func (r row) unitOf(column int) string {
	if numbers := r.numbers(column); len(numbers) > 0 {
		return unitOf(numbers[0], r.cells[column])
	}
	return ""
}

func (r row) numbers(column int) []lang.Number {
	if column >= len(r.cells) {
		return nil
	}
	return lang.Numbers(language(r.hit), r.cells[column])
}

func (r row) number(column int) float64 { return value(r.numbers(column)[0]) }
