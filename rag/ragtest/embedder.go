package ragtest

import (
	"context"
	"hash/fnv"
	"math"
	"strings"

	"docent/rag"
)

// Embedder counts words by hash: deterministic, and texts with words in common
// are near each other.
type Embedder struct {
	// Print is its fingerprint; the zero value means Fingerprint.
	Print rag.Fingerprint
}

var _ rag.Embedder = Embedder{}

// Fingerprint tells which vectors may be compared.
func (e Embedder) Fingerprint() rag.Fingerprint {
	if e.Print == (rag.Fingerprint{}) {
		return Fingerprint
	}
	return e.Print
}

// EmbedPassages returns nil for a text without words.
func (e Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, t := range texts {
		vectors[i] = e.embed(t)
	}
	return vectors, ctx.Err()
}

// EmbedQuery embeds a question as if it were a passage.
func (e Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	return e.embed(text), ctx.Err()
}

func (e Embedder) embed(text string) []float32 {
	v := make([]float32, e.Fingerprint().Dimension)
	for _, w := range strings.Fields(strings.ToLower(text)) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(w)) // a hash takes everything
		v[h.Sum32()%uint32(len(v))]++
	}
	return unit(v)
}

// unit makes a vector one long; nil where it has no direction.
func unit(v []float32) []float32 {
	long := math.Sqrt(rag.Dot(v, v))
	if long == 0 {
		return nil
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / long)
	}
	return v
}
