package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// failureThreshold is how many calls in a row may fail before a model is left
	// alone, and cooldown for how long it is. Then one call tries it, and the
	// others follow if that succeeds.
	failureThreshold = 5
	cooldown         = 30 * time.Second
)

// breaker fails calls at once while the model is known to be down, so that
// nobody waits for what will not come.
type breaker struct {
	at *endpoint

	mu       sync.Mutex
	failures int
	until    time.Time
	halfOpen bool
}

func (b *breaker) do(ctx context.Context, call func(context.Context) error) (err error) {
	if err := b.allow(); err != nil {
		return err
	}
	defer func() { b.record(ctx, err) }()
	return call(ctx)
}

// allow refuses a call while the model rests, but for one that tries it.
func (b *breaker) allow() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < failureThreshold {
		return nil
	}
	left := time.Until(b.until)
	if left > 0 || b.halfOpen {
		e := b.at.error(Resting, "")
		e.RetryAfter = max(left, 0)
		return e
	}
	b.halfOpen = true
	return nil
}

// record takes account of how a call ended. One that its caller gave up says
// nothing of the model; one that failed for good says that it is there.
func (b *breaker) record(ctx context.Context, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.halfOpen = false
	slow := errors.Is(context.Cause(ctx), errSlow)
	if ctx.Err() != nil && !slow {
		return
	}
	var failed *Error
	switch {
	case slow, errors.As(err, &failed) && failed.passes():
		if b.failures++; b.failures >= failureThreshold {
			b.until = time.Now().Add(cooldown)
		}
	case err == nil || failed != nil:
		b.failures = 0
	}
}
