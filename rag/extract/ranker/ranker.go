package ranker

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Ranker is a network at work on the words of one embedder. It is safe for use
// by several goroutines.
type Ranker struct {
	network *Network
	vectors Vectors
	// at is where each measure of the network stands in those of candidates.
	at []int

	mu sync.RWMutex
	// projected are words that were met before.
	projected map[string][]float32
}

// New puts the network to work on candidates that are measured in the order of
// the names. It is an error if a measure that the network reads is missing.
func New(n *Network, names []string, vectors Vectors) (*Ranker, error) {
	r := &Ranker{network: n, vectors: vectors, projected: make(map[string][]float32)}
	for _, m := range n.Measures {
		i := slices.Index(names, m.Name)
		if i < 0 {
			return nil, fmt.Errorf("the ranker reads the measure %q, which nothing takes", m.Name)
		}
		r.at = append(r.at, i)
	}
	return r, nil
}

// mostWords is how many words are remembered, some 5 MB of them.
const mostWords = 1 << 15

// project returns the word's projection, all zeros for one that has no vector. It
// must not be changed.
func (r *Ranker) project(word string) []float32 {
	r.mu.RLock()
	p, ok := r.projected[word]
	r.mu.RUnlock()
	if ok {
		return p
	}
	p = make([]float32, r.network.Shape.Projected)
	vector := make([]float32, r.network.Shape.Vector)
	if r.vectors(vector, word) {
		r.network.Project(p, vector)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.projected) >= mostWords {
		clear(r.projected) // what is asked for comes back soon
	}
	r.projected[strings.Clone(word)] = p
	return p
}
