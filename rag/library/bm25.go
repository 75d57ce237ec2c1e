package library

import (
	"math"

	"docent/rag"
)

// The parameters of BM25, Lucene's defaults of old and what short passages
// like best: k1 bounds what repetition adds, b what length takes away.
const (
	k1 = 0.9
	b  = 0.4
)

// scorer computes BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework", 2009) with the idf that is never negative, and with the
// statistics of the searched passages alone, so that hidden ones leave no
// trace in a score.
type scorer struct {
	terms []uint32
	// weights are the terms' weights in the query times their idf.
	weights     []float64
	frequencies []int
	meanLength  float64
}

func newScorer(segments []*segment, query []rag.QueryTerm, terms []uint32) scorer {
	s := scorer{terms: terms, weights: make([]float64, len(terms)), frequencies: make([]int, len(terms))}
	var passages, words int
	for _, seg := range segments {
		passages += seg.live
		words += seg.words
	}
	if passages > 0 {
		s.meanLength = float64(words) / float64(passages)
	}
	for i, t := range terms {
		for _, seg := range segments {
			s.frequencies[i] += seg.frequency(t)
		}
		df := float64(s.frequencies[i])
		s.weights[i] = query[i].Weight * math.Log(1+(float64(passages)-df+0.5)/(df+0.5))
	}
	return s
}

// scores returns the score of each slot, nil when no passage has a term.
func (s *scorer) scores(seg *segment) []float64 {
	var scores []float64
	for i, t := range s.terms {
		list := seg.with(t)
		if len(list) > 0 && scores == nil {
			scores = make([]float64, len(seg.passages))
		}
		for _, p := range list {
			slot := p.slot()
			if !seg.alive[slot] {
				continue
			}
			norm := k1 * (1 - b + b*float64(seg.lengths[slot])/s.meanLength)
			scores[slot] += s.weights[i] * p.count() * (k1 + 1) / (p.count() + norm)
		}
	}
	return scores
}
