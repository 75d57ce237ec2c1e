package extract

import (
	"cmp"
	"slices"

	"docent/rag"
	"docent/rag/lang"
	"docent/rag/retrieve"
)

// sentence is a candidate for an extractive answer.
type sentence struct {
	reading *reading
	// number is the sentence's in its passage; span may take in more.
	number int
	span   lang.Span
	measures
	score float64
}

func (s sentence) text() string { return s.reading.hit.Text[s.span.Start:s.span.End] }

// sentences ranks the sentences of the hits for the question.
func (q *inquiry) sentences(hits []rag.Hit) []sentence {
	var all []sentence
	var bestLexical float64
	for _, h := range hits {
		bestLexical = max(bestLexical, h.Lexical)
	}
	for i, h := range hits {
		r := q.read(h)
		r.best, r.lexical, r.sibling = i == 0, retrieve.Scaled(h.Lexical, bestLexical), siblingScore(hits, i)
		for k, span := range r.sentences {
			s := sentence{reading: r, number: k, span: span, measures: q.measure(r, k, span)}
			s.score = s.measures.score()
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b sentence) int { return cmp.Compare(b.score, a.score) })
	return all
}

// siblingScore is the score of the best other hit that is under the title of
// hit number i, 0 without one. A title is what the parts of one work share,
// whether they are one file or several.
func siblingScore(hits []rag.Hit, i int) float64 {
	var best float64
	for j, h := range hits {
		if j != i && h.Document.Title != "" && h.Document.Title == hits[i].Document.Title {
			best = max(best, h.Score)
		}
	}
	return best
}
