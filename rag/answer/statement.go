package answer

import (
	"context"
	"fmt"
	"slices"

	"docent/rag"
	"docent/rag/extract"
	"docent/rag/lang"
	"docent/rag/verify"
)

// statement is what an answer says: runs of one document's text, with what they are
// read with.
type statement struct {
	// text is the statement for reading, own whether it is more than its quote.
	text   string
	own    bool
	quotes []quote
}

// quote is a run of a document's text in one of its passages.
type quote struct {
	hit     rag.Hit
	span    lang.Span
	context []lang.Span
}

func (s statement) document() rag.DocumentInfo { return s.quotes[0].hit.Document }

// holds reports whether a run of a document is quoted already.
func (s statement) holds(document rag.DocumentID, span lang.Span) bool {
	return slices.ContainsFunc(s.quotes, func(q quote) bool {
		return q.hit.ID.Document == document && span.Start >= q.span.Start && span.End <= q.span.End
	})
}

// quoted is the statement of a run of a document's text in its own words.
func quoted(q quote, text string) statement {
	verbatim := lang.OneLine(text[q.span.Start:q.span.End])
	s := statement{text: withoutMarks(verbatim), quotes: []quote{q}}
	s.own = s.text != verbatim
	return s
}

// draft is the statement as it is verified.
func (s statement) draft(texts map[rag.DocumentID]string) verify.Draft {
	d := verify.Draft{Text: s.text, Own: s.own}
	for _, q := range s.quotes {
		text := texts[q.hit.ID.Document]
		if q.span.End > len(text) {
			continue
		}
		d.Quotes = append(d.Quotes, verify.DraftQuote{Passage: q.hit.ID, Text: text[q.span.Start:q.span.End], Span: q.span, Context: q.context})
	}
	return d
}

// part is a unit with the passage that it is in.
type part struct {
	hit  rag.Hit
	unit rag.Unit
}

// is reports whether a candidate is the part.
func (p part) is(c extract.Candidate) bool { return p.hit.ID == c.Hit.ID && p.unit.Span == c.Unit.Span }

func (p part) text() string { return p.hit.Text[p.unit.Start-p.hit.Start : p.unit.End-p.hit.Start] }

func (p part) quote() quote { return quote{hit: p.hit, span: p.unit.Span, context: p.unit.Context} }

// mostPassages is how many passages of a list, on each side of the one that was
// found, are loaded for the rest of it.
const mostPassages = 24

// group loads the parts of what a unit is a part of, in order. Where they stand in
// other passages too, those are loaded.
func (r *reading) group(ctx context.Context, hit rag.Hit, group lang.Span) ([]part, error) {
	hits := []rag.Hit{hit}
	for _, step := range []int{-1, 1} {
		at := hit
		for n := 0; n < mostPassages && (step < 0 && at.Start > group.Start || step > 0 && at.End < group.End); n++ {
			found, err := r.Retriever.Library.Passages(ctx, r.audience, rag.PassageID{Document: at.ID.Document, N: at.ID.N + step})
			if err != nil {
				return nil, fmt.Errorf("load the passages of a list: %w", err)
			}
			if len(found) == 0 {
				break
			}
			at = rag.Hit{Located: found[0]}
			hits = append(hits, at)
		}
	}
	slices.SortFunc(hits, func(a, b rag.Hit) int { return rag.ComparePassages(a.ID, b.ID) })
	var parts []part
	for _, h := range hits {
		for _, u := range rag.UnitsOf(h.Passage) {
			if u.Group == group && u.Kind != rag.Lead {
				parts = append(parts, part{hit: h, unit: u})
			}
		}
	}
	return parts, nil
}
