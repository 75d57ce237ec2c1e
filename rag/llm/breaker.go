package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// patience is how many calls in a row may fail before a model is left
	// alone, and rest for how long it is. Then one call tries it, and the
	// others follow if that succeeds.
	patience = 5
	rest     = 30 * time.Second
)

// breaker fails calls at once while the model is known to be down, so that
// nobody waits for what will not come.
type breaker struct {
	at *endpoint

	mu       sync.Mutex
	failures int
	until    time.Time
	trying   bool
}

func (b *breaker) do(ctx context.Context, call func(context.Context) error) (err error) {
	if err := b.enter(); err != nil {
		return err
	}
	defer func() { b.leave(ctx, err) }()
	return call(ctx)
}

// enter refuses a call while the model rests, but for one that tries it.
func (b *breaker) enter() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < patience {
		return nil
	}
	left := time.Until(b.until)
	if left > 0 || b.trying {
		e := b.at.error(Resting, "")
		e.RetryAfter = max(left, 0)
		return e
	}
	b.trying = true
	return nil
}

// leave takes account of how a call ended. One that its caller gave up says
// nothing of the model; one that failed for good says that it is there.
func (b *breaker) leave(ctx context.Context, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	slow := errors.Is(context.Cause(ctx), errSlow)
	if ctx.Err() != nil && !slow {
		return
	}
	var failed *Error
	switch {
	case slow, errors.As(err, &failed) && failed.passes():
		if b.failures++; b.failures >= patience {
			b.until = time.Now().Add(rest)
		}
	case err == nil || failed != nil:
		b.failures = 0
	}
}
