package rag

import (
	"context"
	"fmt"
	"iter"
)

// Embedder turns texts into vectors. Implementations are safe for use by
// several goroutines.
type Embedder interface {
	// Fingerprint tells which vectors may be compared with each other.
	Fingerprint() Fingerprint
	// EmbedPassages returns a vector of length one for each text, in order;
	// nil for a text that holds nothing to embed.
	EmbedPassages(ctx context.Context, texts []string) ([][]float32, error)
	// EmbedQuery is the same for one question.
	EmbedQuery(ctx context.Context, text string) ([]float32, error)
}

// A SentenceEmbedder is an Embedder that embeds short texts fast enough to do
// it while somebody waits, some hundreds for a question.
type SentenceEmbedder interface {
	// EmbedInto sets dst, of the fingerprint's dimension, to the text's unit
	// vector. It reports false for a text that holds nothing to embed.
	EmbedInto(dst []float32, text string) bool
}

// WordNeighbours is an Embedder that knows which words mean nearly the same,
// in all its languages.
type WordNeighbours interface {
	// Nearest yields the words nearest to a folded word with their cosines,
	// nearest first and down to least; none for a word it does not know.
	Nearest(word string, least float32) iter.Seq2[string, float32]
}

// WordComparer is an Embedder that tells how near words are in meaning, fast
// enough to compare a question with some thousand words while somebody waits.
type WordComparer interface {
	// Likeness prepares folded words to be compared with others. The function
	// sets dst, as long as words, to the cosines of a folded word with each, 0
	// where unknown; it reports false for a word it does not know. It is for
	// one goroutine.
	Likeness(words []string) func(dst []float32, word string) bool
}

// WordFrequencies is an Embedder that knows how frequent words are.
type WordFrequencies interface {
	// Frequency is the share of a folded word among the words of ordinary texts in
	// a language, 0 where unknown.
	Frequency(language, word string) float64
}

// Fingerprint identifies everything that stored terms and vectors depend on.
type Fingerprint struct {
	// Name and Version name the embedder.
	Name, Version string
	// Dimension is the length of its vectors.
	Dimension int
	// Analysis is the version of the word analysis, see AnalysisVersion.
	Analysis int
}

// AnalysisVersion grows whenever the same text gives other index terms.
const AnalysisVersion = 4

// FingerprintOf is the fingerprint of an index made with the embedder by this
// version of the program.
func FingerprintOf(e Embedder) Fingerprint {
	f := e.Fingerprint()
	f.Analysis = AnalysisVersion
	return f
}

func (f Fingerprint) String() string {
	return fmt.Sprintf("embedder %s %s (%d dimensions, word analysis %d)", f.Name, f.Version, f.Dimension, f.Analysis)
}

// Dot is the scalar product of two vectors of one dimension, the cosine of those
// of length one.
func Dot(a, b []float32) float64 {
	var sum float32
	for i, x := range a {
		sum += x * b[i]
	}
	return float64(sum)
}
