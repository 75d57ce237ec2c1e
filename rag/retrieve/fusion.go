package retrieve

import (
	"slices"

	"docent/rag"
)

// The share of the words in the fused score grows with how much of the
// question the best passage by words covers: a question in the language of
// the documents is answered by words, one in another language by vector too.
// The bounds were found on the dev sets; see Bruch et al., "An Analysis of
// Fusion Functions for Hybrid Retrieval" (2023), on why scores are
// interpolated and ranks are not.
const (
	leastLexical = 0.3
	mostLexical  = 0.7
)

func lexicalWeight(coverage float64) float64 {
	return min(leastLexical+coverage, mostLexical)
}

// noiseCosine is how far above the mean a cosine must stand for a passage
// that shares no word with the question: three standard deviations of the
// cosine of two random directions in 256 dimensions.
const noiseCosine = 3.0 / 16

// fusion weighs the two scores of candidates, each scaled so that its best is
// 1: BM25 from 0, the cosine from its mean over all passages.
type fusion struct {
	found   rag.Candidates
	lexical float64 // the weight of the words
	// bestLexical and bestVector are what is scaled to 1.
	bestLexical, bestVector float64
	observe                 func(rag.Hit, features)
}

func newFusion(found rag.Candidates, lexical float64) fusion {
	f := fusion{found: found, lexical: lexical}
	for _, c := range slices.Concat(found.Lexical, found.Vector) {
		f.bestLexical = max(f.bestLexical, c.Lexical)
		f.bestVector = max(f.bestVector, c.Vector-found.MeanVector)
	}
	return f
}

// words and meaning are the scaled scores of a hit.
func (f fusion) words(h rag.Hit) float64   { return Scaled(h.Lexical, f.bestLexical) }
func (f fusion) meaning(h rag.Hit) float64 { return Scaled(h.Vector-f.found.MeanVector, f.bestVector) }

// hits are the candidates, ranked by both scores.
func (f fusion) hits() []rag.Hit {
	seen := make(map[rag.PassageID]bool)
	var hits []rag.Hit
	for _, c := range slices.Concat(f.found.Lexical, f.found.Vector) {
		if seen[c.Passage] || (c.Lexical == 0 && c.Vector-f.found.MeanVector < noiseCosine) {
			continue
		}
		seen[c.Passage] = true
		h := rag.Hit{Lexical: c.Lexical, Vector: c.Vector}
		h.ID = c.Passage
		h.Score = f.lexical*f.words(h) + (1-f.lexical)*f.meaning(h)
		hits = append(hits, h)
	}
	rag.SortHits(hits)
	return hits
}

// Scaled is a score as a share of the best one, 0 for what is below 0.
func Scaled(x, best float64) float64 {
	if best <= 0 || x <= 0 {
		return 0
	}
	return x / best
}
