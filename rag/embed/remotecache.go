package embed

import "context"

// The cache saves work, and is no reason to fail: what it cannot do is told to
// the log.

// cached sets the vectors that the cache has, and returns the other items.
func (r *Remote) cached(ctx context.Context, items []item, vectors [][]float32) []item {
	if r.options.Cache == nil {
		return items
	}
	var missing []item
	for _, it := range items {
		v, err := r.options.Cache.get(ctx, it.key)
		if err != nil {
			r.complain("read", err)
		}
		if len(v) != r.made.Dimension {
			missing = append(missing, it)
			continue
		}
		vectors[it.at] = v
	}
	return missing
}

func (r *Remote) keep(ctx context.Context, batch []item, vectors [][]float32) {
	if r.options.Cache == nil {
		return
	}
	if err := r.options.Cache.put(ctx, batch, vectors); err != nil {
		r.complain("write", err)
	}
}

func (r *Remote) known(ctx context.Context) int {
	if r.options.Cache == nil {
		return 0
	}
	n, err := r.options.Cache.dimension(ctx, r.made.Name)
	if err != nil {
		r.complain("read", err)
	}
	return n
}

func (r *Remote) remember(ctx context.Context) {
	if r.options.Cache == nil {
		return
	}
	if err := r.options.Cache.setDimension(ctx, r.made.Name, r.made.Dimension); err != nil {
		r.complain("write", err)
	}
}

func (r *Remote) forget(ctx context.Context) {
	if r.options.Cache == nil {
		return
	}
	if err := r.options.Cache.setDimension(ctx, r.made.Name, 0); err != nil {
		r.complain("write", err)
	}
}

func (r *Remote) complain(what string, err error) {
	r.options.Log.Warn("the cache of embeddings", "failed to", what, "error", err)
}
