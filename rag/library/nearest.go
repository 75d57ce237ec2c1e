package library

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/philippgille/chromem-go"
	"github.com/viterin/vek/vek32"
)

// chromemPassages is how many passages may be searched through chromem-go.
// Above it, scanning the arena with a vector kernel is more than ten times as
// fast.
const chromemPassages = 2000

// scan returns the k live slots with the greatest cosine, best first.
func (s *segment) scan(ctx context.Context, vector []float32, k int) ([]scored, error) {
	best := topK{limit: k, passages: s.passages}
	for i, block := range s.arena {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for at, slot := 0, i*arenaBlock; at < len(block); at, slot = at+s.dimension, slot+1 {
			if s.alive[slot] && s.vectored[slot] {
				best.offer(scored{slot: slot, score: float64(vek32.Dot(vector, block[at:at+s.dimension]))})
			}
		}
	}
	return best.kept, nil
}

// cosine of one slot with a query vector, 0 where either has none.
func (s *segment) cosine(slot int, vector []float32) float64 {
	if vector == nil || !s.vectored[slot] {
		return 0
	}
	return float64(vek32.Dot(vector, s.vector(slot)))
}

var errEmbed = errors.New("the library gives chromem-go vectors, never texts")

// collection is a chromem-go collection of the live vectors: in memory only,
// built once and not changed, without metadata, with unit vectors of one length.
func (s *segment) collection(ctx context.Context) (*chromem.Collection, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nearest != nil {
		return s.nearest, nil
	}
	c, err := chromem.NewDB().CreateCollection("passages", nil, func(context.Context, string) ([]float32, error) { return nil, errEmbed })
	if err != nil {
		return nil, fmt.Errorf("make a chromem collection: %w", err)
	}
	for slot := range s.passages {
		if !s.alive[slot] || !s.vectored[slot] {
			continue
		}
		// The collection keeps this slice of the arena as it is.
		if err := c.AddDocument(ctx, chromem.Document{ID: strconv.Itoa(slot), Embedding: s.vector(slot)}); err != nil {
			return nil, fmt.Errorf("add passage %d to the chromem collection: %w", slot, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.nearest = c
	return c, nil
}

// askChromem is scan by chromem-go. It asks for all and cuts itself, so that of
// equal scores the same are kept each time, and looks at the context after the
// search too, since a cancelled one gives chromem-go fewer results and no error.
func (s *segment) askChromem(ctx context.Context, vector []float32, k int) ([]scored, error) {
	c, err := s.collection(ctx)
	if err != nil || c.Count() == 0 {
		return nil, err
	}
	results, err := c.QueryEmbedding(ctx, vector, c.Count(), nil, nil)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("query the chromem collection: %w", err)
	}
	best := topK{limit: k, passages: s.passages}
	for _, r := range results {
		slot, err := strconv.Atoi(r.ID)
		if err != nil {
			return nil, fmt.Errorf("read the slot of a chromem result: %w", err)
		}
		best.offer(scored{slot: slot, score: float64(r.Similarity)})
	}
	return best.kept, nil
}
