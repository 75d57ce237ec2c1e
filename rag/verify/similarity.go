package verify

import "docent/rag"

// Likeness tells which words mean nearly the same, in all languages of an
// embedder. It remembers vectors, and serves one goroutine. A nil one knows
// nothing.
type Likeness struct {
	embed     rag.SentenceEmbedder
	dimension int
	vectors   map[string][]float32
}

// NewLikeness is nil for an embedder that takes too long to be asked.
func NewLikeness(e rag.Embedder) *Likeness {
	s, ok := e.(rag.SentenceEmbedder)
	if !ok {
		return nil
	}
	return &Likeness{embed: s, dimension: e.Fingerprint().Dimension, vectors: make(map[string][]float32)}
}

// leastLikeness is the cosine from which on two words are alike. With the
// built-in embedder words that have nothing to do with each other stay below
// 0.1, names below it beside other names, and translations are above 0.4.
const leastLikeness = 0.3

func (l *Likeness) any(word string, others []string) bool { return l.best(word, others) > 0 }

// best is the cosine to the word of others that is most like it, 0 for none.
func (l *Likeness) best(word string, others []string) float64 {
	if l == nil {
		return 0
	}
	v := l.vector(word)
	if v == nil {
		return 0
	}
	best := 0.0
	for _, o := range others {
		if u := l.vector(o); u != nil {
			best = max(best, rag.Dot(v, u))
		}
	}
	if best < leastLikeness {
		return 0
	}
	return best
}

func (l *Likeness) vector(word string) []float32 {
	if v, ok := l.vectors[word]; ok {
		return v
	}
	v := make([]float32, l.dimension)
	if !l.embed.EmbedInto(v, word) {
		v = nil
	}
	l.vectors[word] = v
	return v
}
