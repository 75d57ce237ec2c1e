package extract

import (
	"math"

	"docent/rag"
	"docent/rag/retrieve"
)

// What the sentences beside a sentence and the title of its document are in
// its meaning, beside its own 1. Found on the dev sets.
const (
	beforeShare = 0.5
	afterShare  = 0.3
)

// embedReading gives a reading the vectors of its title and sentences.
func (q *inquiry) embedReading(r *reading) {
	r.vectors = make([][]float32, len(r.sentences))
	if q.vector == nil {
		return
	}
	r.title = q.embedded(r.hit.Document.Title, len(q.vector))
	for k, s := range r.sentences {
		r.vectors[k] = q.embedded(r.hit.Text[s.Start:s.End], len(q.vector))
	}
}

// mean sets the measures of what sentence number k, whose vector is own, means
// alone and with what stands around it. Title and neighbours say what its
// pronouns stand for.
func (q *inquiry) mean(m *measures, r *reading, k int, own []float32) {
	if q.vector == nil || own == nil {
		return
	}
	var before, after []float32
	if k > 0 {
		before = r.vectors[k-1]
	}
	if k+1 < len(r.vectors) {
		after = r.vectors[k+1]
	}
	m[mCosine] = rag.Dot(q.vector, own)
	m[mTitled] = q.cosineWith(own, r.title, retrieve.TitleShare)
	m[mBeforehand] = q.cosineWith(own, before, beforeShare)
	m[mAfterward] = q.cosineWith(own, after, afterShare)
}

// cosineWith is the question's cosine to a vector with a share of another,
// which may be nil.
func (q *inquiry) cosineWith(own, other []float32, share float32) float64 {
	sum := rag.Dot(q.vector, own)
	if other == nil {
		return sum
	}
	// Both have length one, so the length of the sum is known from their cosine.
	s := float64(share)
	length := math.Sqrt(1 + 2*s*rag.Dot(own, other) + s*s)
	if length == 0 {
		return 0
	}
	return (sum + s*rag.Dot(q.vector, other)) / length
}
