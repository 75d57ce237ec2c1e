package ragtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"docent/rag"
)

// Corpus generates documents whose words follow Zipf's law and whose vectors
// lie in clusters, the same for the same seed.
type Corpus struct {
	Dimension int
	random    *rand.Rand
	zipf      *rand.Zipf
	centres   [][]float32
}

const (
	vocabulary = 50_000
	clusters   = 200
)

// NewCorpus returns a generator.
func NewCorpus(seed uint64, dimension int) *Corpus {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a corpus must be reproducible, not secret
	c := &Corpus{Dimension: dimension, random: r, zipf: rand.NewZipf(r, 1.1, 20, vocabulary-1)}
	for range clusters {
		c.centres = append(c.centres, c.direction(nil, 1))
	}
	return c
}

// Document returns the nth document with as many passages, each of about 100
// words.
func (c *Corpus) Document(n, passages int) (rag.Document, []rag.Passage) {
	doc := rag.Document{DocumentInfo: rag.DocumentInfo{
		ID: rag.DocumentID(fmt.Sprintf("doc-%06d", n)), URI: fmt.Sprintf("corpus/%06d.txt", n),
		Title: fmt.Sprintf("Document %d", n), Space: rag.Everyone, Hash: fmt.Sprintf("%064x", n),
	}}
	var text strings.Builder
	list := make([]rag.Passage, passages)
	for i := range list {
		counts := make(map[string]int)
		start := text.Len()
		for range 100 {
			w := c.Word()
			counts[w]++
			text.WriteString(w + " ")
		}
		list[i] = rag.Passage{ID: rag.PassageID{Document: doc.ID, N: i + 1}, Start: start, End: text.Len(), Vector: c.Vector()}
		for w, k := range counts {
			list[i].Terms = append(list[i].Terms, rag.TermCount{Text: w, Count: k})
		}
	}
	doc.Text = text.String()
	for i := range list {
		list[i].Text = doc.Text[list[i].Start:list[i].End]
	}
	return doc, list
}

// Word draws a word: few are frequent, most are rare.
func (c *Corpus) Word() string { return fmt.Sprintf("w%d", c.zipf.Uint64()) }

// Vector draws a unit vector near one of the clusters.
func (c *Corpus) Vector() []float32 {
	return c.direction(c.centres[c.random.IntN(clusters)], 0.7)
}

// commonest is the number of words that a question does not ask for: stop
// words.
const commonest = 30

// Query returns a question of n words, as frequent as in the texts but for the
// commonest, with a vector.
func (c *Corpus) Query(n int) rag.Query {
	q := rag.Query{Audience: rag.Operator(), Vector: c.Vector()}
	for len(q.Terms) < n {
		if w := c.zipf.Uint64(); w >= commonest {
			q.Terms = append(q.Terms, rag.QueryTerm{Text: fmt.Sprintf("w%d", w), Weight: 1})
		}
	}
	return q
}

// direction is a unit vector: the centre with so much noise beside it.
func (c *Corpus) direction(centre []float32, noise float64) []float32 {
	v := make([]float32, c.Dimension)
	for i := range v {
		x := noise * c.random.NormFloat64() / math.Sqrt(float64(c.Dimension))
		if centre != nil {
			x += float64(centre[i])
		}
		v[i] = float32(x)
	}
	return unit(v)
}
