package rag

import (
	"cmp"
	"slices"
	"strings"
)

// The share of the words in the fused score grows with how much of the
// question the best passage by words covers: a question in the language of
// the documents is answered by words, one in another language by vector. The
// bounds were found on the dev sets; see Bruch et al., "An Analysis of Fusion
// Functions for Hybrid Retrieval" (2023), on why scores are interpolated and
// ranks are not.
const (
	leastLexical = 0.2
	mostLexical  = 0.9
)

func lexicalWeight(coverage float64) float64 {
	return min(leastLexical+coverage, mostLexical)
}

// noiseCosine is how far above the mean a cosine must stand for a passage
// that shares no word with the question: three standard deviations of the
// cosine of two random directions in 256 dimensions.
const noiseCosine = 3.0 / 16

// fuse interpolates the two scores, each scaled so that its best is 1: BM25
// from 0, the cosine from its mean over all passages.
func fuse(found Candidates, lexical float64) []Hit {
	var bestLexical, bestVector float64
	for _, c := range found.Lexical {
		bestLexical = max(bestLexical, c.Lexical)
	}
	for _, c := range found.Vector {
		bestVector = max(bestVector, c.Vector-found.MeanVector)
	}
	seen := make(map[PassageID]bool)
	var hits []Hit
	for _, c := range slices.Concat(found.Lexical, found.Vector) {
		above := c.Vector - found.MeanVector
		if seen[c.Passage] || (c.Lexical == 0 && above < noiseCosine) {
			continue
		}
		seen[c.Passage] = true
		score := lexical*scaled(c.Lexical, bestLexical) + (1-lexical)*scaled(above, bestVector)
		h := Hit{Score: score, Lexical: c.Lexical, Vector: c.Vector}
		h.ID = c.Passage
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), comparePassages(a.ID, b.ID))
	})
	return hits
}

func scaled(x, best float64) float64 {
	if best <= 0 || x <= 0 {
		return 0
	}
	return x / best
}

func comparePassages(a, b PassageID) int {
	return cmp.Or(strings.Compare(string(a.Document), string(b.Document)), cmp.Compare(a.N, b.N))
}
