package llm

import "context"

// policy is what stands between a caller and a provider. It makes the call when,
// as often and for as long as it sees fit.
type policy interface {
	do(ctx context.Context, call func(context.Context) error) error
}

// policies pass a call on from the first to the last.
type policies []policy

func (g policies) do(ctx context.Context, call func(context.Context) error) error {
	if len(g) == 0 {
		return call(ctx)
	}
	return g[0].do(ctx, func(ctx context.Context) error { return g[1:].do(ctx, call) })
}
