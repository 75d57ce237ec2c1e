package answer

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// mostRows is how many rows are shown as statements of their own.
const mostRows = 12

// lookUp answers with the rows of a candidate's table that the question names, each
// under the names of its columns.
func (r *reading) lookUp(ctx context.Context, c extract.Candidate, said *reply) error {
	t, err := r.table(ctx, c)
	if err != nil || len(t.rows) == 0 {
		return err
	}
	asked := t.columns(r)
	rows, ok := t.bounded(r)
	if ok {
		if len(rows) == 0 {
			return nil // no row holds the amount
		}
		said.siblings, said.bounded = t.parts(t.rows), true
	} else if rows = r.rows(t, c); len(rows) == 0 {
		return nil
	} else if len(rows) < len(t.rows) && r.labels(rows[0]) && t.worth(r, rows[0]) > 0 {
		said.siblings = t.parts(t.rows)
	}
	if r.extreme(t, rows, asked, said) || r.difference(t, rows, asked, said) {
		return nil
	}
	shown, words := 0, 0
	for _, row := range rows {
		s := t.statement(row, asked)
		if words += lang.WordCount(s.text); shown > 0 && words > wholeList || shown == mostRows {
			said.notes = append(said.notes, r.inAll(len(rows), c.Hit))
			break
		}
		said.statements = append(said.statements, s)
		shown++
	}
	if len(asked) == 0 {
		r.count(t.parts(rows), c, said)
	}
	return nil
}

func (t table) parts(rows []row) []part {
	parts := make([]part, len(rows))
	for i, row := range rows {
		parts[i] = row.part
	}
	return parts
}

// rows are those that a question without an amount names: the candidate's, with
// those that have as much of the question; others where they have a name or number
// of it that the candidate's has not; all where the table is asked for.
func (r *reading) rows(t table, c extract.Candidate) []row {
	own := slices.IndexFunc(t.rows, func(o row) bool { return o.is(c) })
	matched := t.matched(r)
	switch {
	case len(matched) > 0 && (own < 0 || slices.ContainsFunc(matched, func(m row) bool { return m.is(c) }) ||
		t.worth(r, matched[0]) >= nameWorth+t.worth(r, t.rows[own]) || r.isCandidate(matched[0], c) || r.labels(matched[0]) && !r.labels(t.rows[own])):
		return matched
	case own < 0, r.found.Wants.Kind == retrieve.AskedList && len(matched) == 0 && r.leads(c):
		return t.rows
	}
	return t.rows[own : own+1]
}

// isCandidate reports whether a row scores nearly as well as a candidate.
func (r *reading) isCandidate(row row, best extract.Candidate) bool {
	return slices.ContainsFunc(r.admitted, func(c extract.Candidate) bool { return row.is(c) && c.Score >= best.Score-nearlyAsGood })
}

// labels reports whether the cell that names a row has a word of the question.
func (r *reading) labels(row row) bool { return len(row.cells) > 0 && len(r.met(row.cells[0])) > 0 }

// interval is what a cell bounds: "from 5 to 9 years", "up to 300 €".
type interval struct {
	// low and high are infinite where nothing is said of them, and are within the
	// interval but where it is open.
	low, high         float64
	openLow, openHigh bool
	// unit is a currency or a measure, "" for none.
	unit string
}

// intervalOf reads a cell; ok is false where it bounds nothing.
func intervalOf(language, cell string) (i interval, ok bool) {
	numbers := lang.Numbers(language, cell)
	if len(numbers) == 0 || len(numbers) > 2 || lang.WordCount(cell) > 10 {
		return interval{}, false
	}
	first, last := numbers[0], numbers[len(numbers)-1]
	left, right := cell[:first.Start], cell[last.End:]
	before, after := plain(left), plain(right)
	i = interval{low: math.Inf(-1), high: math.Inf(1), unit: unitOf(last, cell)}
	switch {
	case len(numbers) == 2:
		i.low, i.high, i.openLow = value(first), value(last), says("above", before)
	case says("below", before), strings.Contains(left, "<"):
		i.high, i.openHigh = value(first), true
	case says("at most", before), says("at most", after), strings.Contains(left, "≤"):
		i.high = value(first)
	case says("above", before), strings.Contains(left, ">"):
		i.low, i.openLow = value(first), true
	case says("at least", before), says("at least", after), strings.Contains(left, "≥"), strings.HasPrefix(strings.TrimSpace(right), "+"):
		i.low = value(first)
	default:
		return i, false
	}
	return i, i.low <= i.high
}

// value is that of a number, whose sign is the dash of "10-19".
func value(n lang.Number) float64 {
	v, _ := strconv.ParseFloat(n.Value, 64) // what lang writes
	return math.Abs(v)
}

// unitOf is the currency of a number, or the measure that stands behind it.
func unitOf(n lang.Number, text string) string {
	if n.Unit != "" {
		return n.Unit
	}
	for _, w := range lang.Words("", text[n.End:]) {
		return lang.UnitOfMeasure(w.Surface)
	}
	return ""
}

// holds reports whether an amount is within the interval.
func (i interval) holds(amount float64) bool {
	return (amount > i.low || amount == i.low && !i.openLow) && (amount < i.high || amount == i.high && !i.openHigh)
}

// amount is a quantity of a question.
type amount struct {
	lang.Number
	unit string
}

// amountsOf are the numbers of a question that are no date, time of day or name of
// a part.
func amountsOf(language, question string, ids []identifier) []amount {
	var list []amount
	taken := datesAndTimes(language, question)
	for _, id := range ids {
		if at := strings.Index(question, id.written); at >= 0 {
			taken = append(taken, lang.Span{Start: at, End: at + len(id.written)})
		}
	}
	for _, n := range lang.Numbers(language, question) {
		if !within(taken, n.Start) {
			list = append(list, amount{Number: n, unit: unitOf(n, question)})
		}
	}
	return list
}

func datesAndTimes(language, question string) []lang.Span {
	var spans []lang.Span
	for _, d := range lang.Dates(language, question) {
		spans = append(spans, lang.Span{Start: d.Start, End: d.End})
	}
	for _, c := range lang.TimesOfDay(question) {
		if c.Clear {
			spans = append(spans, lang.Span{Start: c.Start, End: c.End})
		}
	}
	return spans
}

// fewestIntervals is how many cells of a column bound something where it tells rows
// apart by amounts.
const fewestIntervals = 2

// bounded finds the rows that an amount of the question falls into. ok is false
// where no column bounds amounts of its unit.
func (t table) bounded(q *reading) (rows []row, ok bool) {
	for _, a := range q.amounts {
		for column := range max(len(t.header), 1) {
			if rows, ok = t.holding(column, a); ok {
				return rows, true
			}
		}
	}
	return nil, false
}

// holding are the rows whose cell of a column holds an amount.
func (t table) holding(column int, a amount) (rows []row, ok bool) {
	bounds := 0
	for _, r := range t.rows {
		if column >= len(r.cells) {
			continue
		}
		i, bounded := intervalOf(language(r.hit), r.cells[column])
		if !bounded || i.unit != "" && a.unit != "" && i.unit != a.unit {
			continue
		}
		bounds++
		if i.holds(value(a.Number)) {
			rows = append(rows, r)
		}
	}
	return rows, bounds >= fewestIntervals
}
