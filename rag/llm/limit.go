package llm

import "context"

// limit has each call wait for its turn, where many come at once.
type limit chan struct{}

func (l limit) do(ctx context.Context, call func(context.Context) error) error {
	select {
	case l <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l }()
	return call(ctx)
}
