package embed

import (
	"context"
	"fmt"
)

// probe is the text that is embedded for the length of its vector, of which the
// key cannot depend.
func (a *Adapter) probe() []item {
	return []item{{text: "dimension", key: keyOf(a.options.Model, 0, "dimension")}}
}

// dimension finds the length of the model's vectors: in the cache, or with a
// request.
func (a *Adapter) dimension(ctx context.Context) (int, error) {
	probe := a.probe()
	if v := a.read(ctx, probe[0].key); len(v) > 0 {
		return len(v), nil
	}
	vectors, err := a.client.CreateEmbedding(ctx, []string{probe[0].text})
	if err != nil {
		return 0, fmt.Errorf("ask for the dimension of an embedder: %w", err)
	}
	if len(vectors) != 1 || len(vectors[0]) == 0 {
		return 0, fmt.Errorf("ask for the dimension of the embedder %s: it gave no vector", a.options.Model)
	}
	a.store(ctx, probe, vectors)
	return len(vectors[0]), nil
}

// The cache saves work, and is no reason to fail: what it cannot do is told to
// the log.

// lookup sets the vectors that the cache has, and returns the other items.
func (a *Adapter) lookup(ctx context.Context, items []item, vectors [][]float32) []item {
	var missing []item
	for _, it := range items {
		if v := a.read(ctx, it.key); len(v) == a.made.Dimension {
			vectors[it.at] = v
		} else {
			missing = append(missing, it)
		}
	}
	return missing
}

func (a *Adapter) read(ctx context.Context, key []byte) []float32 {
	v, err := a.options.Cache.get(ctx, key)
	if err != nil {
		a.options.Log.Warn("the cache of embeddings cannot be read", "error", err)
	}
	return v
}

func (a *Adapter) store(ctx context.Context, batch []item, vectors [][]float32) {
	if err := a.options.Cache.put(ctx, batch, vectors); err != nil {
		a.options.Log.Warn("the cache of embeddings cannot be written", "error", err)
	}
}
