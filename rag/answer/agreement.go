package answer

import (
	"context"
	"slices"

	"docent/prompts"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/retrieve"
	"docent/rag/verify"
)

// mostDiffering is how many documents that differ are shown side by side.
const mostDiffering = 4

// agree sets the statement of a candidate beside what other documents say in nearly
// the same words: copies are cited with it, what differs is a statement of its own,
// the newer first, and of older editions it is said that they differ.
func (r *reading) agree(ctx context.Context, best extract.Candidate, older []extract.Candidate, said *reply) error {
	if len(said.statements) != 1 {
		return nil
	}
	var differing []statement
	for _, c := range r.rivals(best) {
		var other reply
		if err := r.compose(ctx, c, &other); err != nil {
			return err
		}
		if len(other.statements) != 1 {
			continue
		}
		s := other.statements[0]
		old := slices.ContainsFunc(older, func(o extract.Candidate) bool { return o.Hit.Document.ID == c.Hit.Document.ID })
		switch agreement := compare(said.statements[0], s); {
		case agreement == verify.Copies && !old:
			said.statements[0].quotes = append(said.statements[0].quotes, s.quotes...)
		case old && agreement != verify.Copies && agreement != verify.Alike:
			said.notes = append(said.notes, prompts.Superseded(r.found.Language, r.dated(c.Hit.Document)))
			if says("changed", plain(r.question)) {
				said.statements = append(said.statements, s)
			}
		case r.differs(agreement) && !old && len(differing) < mostDiffering:
			differing = append(differing, s)
		}
	}
	r.differ(differing, said)
	return nil
}

// differs reports whether statements that agree like this answer the question
// differently: where a figure is asked for, that does.
func (r *reading) differs(a verify.Agreement) bool {
	switch r.found.Wants.Kind {
	case retrieve.AskedWhen, retrieve.AskedHowMany, retrieve.AskedHowMuch:
		return a == verify.Differing
	default:
		return a == verify.Differing || a == verify.Renamed
	}
}

// differ adds statements that differ from the first, the newest document's first,
// and says that the documents differ.
func (r *reading) differ(others []statement, said *reply) {
	if len(others) == 0 {
		return
	}
	all := append(said.statements, others...)
	slices.SortStableFunc(all, func(a, b statement) int { return compareDates(b.document().Date, a.document().Date) })
	said.statements = nil
	var documents []prompts.Dated
	for _, s := range all {
		if i := slices.IndexFunc(said.statements, func(o statement) bool { return compare(o, s) == verify.Copies }); i >= 0 {
			said.statements[i].quotes = append(said.statements[i].quotes, s.quotes...)
		} else {
			said.statements = append(said.statements, s)
		}
		documents = append(documents, prompts.Dated{Title: lang.OneLine(s.document().Title), Date: s.document().Date})
	}
	said.notes = append(said.notes, prompts.Differ(r.found.Language, documents))
}
