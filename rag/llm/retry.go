package llm

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	// minBackoff is what is waited for at most before the second attempt;
	// before each further one it is the double.
	minBackoff = 500 * time.Millisecond
	// maxBackoff is more than which nobody waits: an error says more.
	maxBackoff = 30 * time.Second
)

// retry makes further attempts where a failure may pass, after a while that
// differs from caller to caller, or that the provider asked for.
type retry struct{ at *endpoint }

func (r retry) do(ctx context.Context, call func(context.Context) error) error {
	for n := 1; ; n++ {
		err := call(ctx)
		wait, again := r.backoff(n, err)
		if deadline, ok := ctx.Deadline(); ok && wait > time.Until(deadline) {
			again = false
		}
		if !again || ctx.Err() != nil {
			return err
		}
		r.at.Log.DebugContext(ctx, "a model is asked again", "attempt", n+1, "wait", wait, "error", err)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// backoff is how long to wait after the nth attempt, and whether to make another.
func (r retry) backoff(n int, err error) (time.Duration, bool) {
	var failed *Error
	if n >= r.at.Attempts || !errors.As(err, &failed) || !failed.again() {
		return 0, false
	}
	// Half of it is left to chance: callers that failed together do not come
	// back together.
	wait := min(minBackoff<<(n-1), maxBackoff)
	wait = wait/2 + rand.N(wait/2) //nolint:gosec // nobody gains from guessing it
	if asked := failed.RetryAfter; asked > 0 {
		return asked + rand.N(asked/10+1), asked <= maxBackoff //nolint:gosec // as above
	}
	return wait, true
}
