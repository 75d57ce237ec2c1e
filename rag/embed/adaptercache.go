package embed

import "context"

// cachedAs is the name of the model in the cache.
func (a *Adapter) cachedAs() string { return a.options.Model + a.options.Version }

// The cache saves work, and is no reason to fail: what it cannot do is told to
// the log.

// cached sets the vectors that the cache has, and returns the other items.
func (a *Adapter) cached(ctx context.Context, items []item, vectors [][]float32) []item {
	if a.options.Cache == nil {
		return items
	}
	var missing []item
	for _, it := range items {
		v, err := a.options.Cache.get(ctx, it.key)
		if err != nil {
			a.complain("read", err)
		}
		if len(v) != a.made.Dimension {
			missing = append(missing, it)
			continue
		}
		vectors[it.at] = v
	}
	return missing
}

func (a *Adapter) keep(ctx context.Context, batch []item, vectors [][]float32) {
	if a.options.Cache == nil {
		return
	}
	if err := a.options.Cache.put(ctx, batch, vectors); err != nil {
		a.complain("write", err)
	}
}

func (a *Adapter) known(ctx context.Context) int {
	if a.options.Cache == nil {
		return 0
	}
	n, err := a.options.Cache.dimension(ctx, a.cachedAs())
	if err != nil {
		a.complain("read", err)
	}
	return n
}

func (a *Adapter) remember(ctx context.Context) {
	if a.options.Cache == nil {
		return
	}
	if err := a.options.Cache.setDimension(ctx, a.cachedAs(), a.made.Dimension); err != nil {
		a.complain("write", err)
	}
}

func (a *Adapter) forget(ctx context.Context) {
	if a.options.Cache == nil {
		return
	}
	if err := a.options.Cache.setDimension(ctx, a.cachedAs(), 0); err != nil {
		a.complain("write", err)
	}
}

func (a *Adapter) complain(what string, err error) {
	a.options.Log.Warn("the cache of embeddings", "failed to", what, "error", err)
}
