package library

import (
	"math"

	"docent/rag"
)

// The parameters of BM25: k1 bounds what repetition adds, b what length takes
// away. Of 0.75 to 1.6 and 0.4 to 0.85, these did best on the dev sets together:
// long documents want the length to count, and short ones do not mind.
const (
	k1 = 0.9
	b  = 0.75
)

// scorer computes BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework", 2009) with the idf that is never negative, and with the
// statistics of the searched passages alone, so that hidden ones leave no
// trace in a score.
type scorer struct {
	words       []word
	frequencies []int // of the query's terms
	passages    int
	meanLength  float64
}

// word is the terms of a query that count as one.
type word struct {
	terms []uint32
	// shares are the terms' weights by that of the weightiest.
	shares []float64
	// weight is that weight times the word's idf.
	weight float64
}

func newScorer(segments []*segment, query []rag.QueryTerm, terms []uint32) scorer {
	s := scorer{frequencies: make([]int, len(terms))}
	var words int
	for _, seg := range segments {
		s.passages += seg.live
		words += seg.words
	}
	s.meanLength = float64(words) / float64(max(s.passages, 1))
	for i, t := range terms {
		for _, seg := range segments {
			s.frequencies[i] += seg.frequency(t)
		}
	}
	for _, members := range rag.QueryWords(query) {
		s.words = append(s.words, newWord(members, query, terms, s.frequencies, s.passages))
	}
	return s
}

func newWord(members []int, query []rag.QueryTerm, terms []uint32, frequencies []int, passages int) word {
	var w word
	var greatest float64
	frequency := 0
	for _, i := range members {
		greatest = max(greatest, query[i].Weight)
		frequency = max(frequency, frequencies[i])
	}
	for _, i := range members {
		w.terms = append(w.terms, terms[i])
		w.shares = append(w.shares, query[i].Weight/greatest)
	}
	df := float64(frequency)
	w.weight = greatest * math.Log(1+(float64(passages)-df+0.5)/(df+0.5))
	return w
}

// scores returns the score of each slot, nil when no passage has a term.
func (s *scorer) scores(seg *segment) []float64 {
	var scores []float64
	var counts counts
	for _, w := range s.words {
		if !counts.read(seg, w) {
			continue
		}
		if scores == nil {
			scores = make([]float64, len(seg.passages))
		}
		for _, slot := range counts.slots {
			count := counts.take(slot)
			if !seg.alive[slot] {
				continue
			}
			norm := k1 * (1 - b + b*float64(seg.lengths[slot])/s.meanLength)
			scores[slot] += w.weight * count * (k1 + 1) / (count + norm)
		}
	}
	return scores
}

// counts adds up how often the terms of one word occur in each slot.
type counts struct {
	slots  []uint32
	counts []float64 // by slot, 0 but for slots
}

// read reports whether a passage has one of the terms.
func (c *counts) read(seg *segment, w word) bool {
	c.slots = c.slots[:0]
	for i, t := range w.terms {
		list := seg.postingsOf(t)
		if len(list) > 0 && c.counts == nil {
			c.counts = make([]float64, len(seg.passages))
		}
		for _, p := range list {
			slot := p.slot()
			if c.counts[slot] == 0 {
				c.slots = append(c.slots, slot)
			}
			c.counts[slot] += w.shares[i] * p.count()
		}
	}
	return len(c.slots) > 0
}

// take returns a slot's count and makes it 0 for the next word.
func (c *counts) take(slot uint32) float64 {
	count := c.counts[slot]
	c.counts[slot] = 0
	return count
}
