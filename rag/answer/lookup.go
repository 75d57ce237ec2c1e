package answer

import (
	"context"
	"slices"

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
	return []row{t.rows[own]}
}

// labels reports whether the cell that names a row has a word of the question.
func (r *reading) labels(row row) bool {
	return len(row.cells) > 0 && len(r.met(row.cells[0])) > 0
}

// nearlyAsGood is how much lower a candidate may score than another that it is
// preferred to for its words.
const nearlyAsGood = 1.5

// isCandidate reports whether a row scores nearly as well as a candidate.
func (r *reading) isCandidate(row row, best extract.Candidate) bool {
	return slices.ContainsFunc(r.admitted, func(c extract.Candidate) bool {
		return row.is(c) && c.Score >= best.Score-nearlyAsGood
	})
}
