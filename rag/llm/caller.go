package llm

import (
	"context"
	"errors"

	"docent/rag"
)

// caller makes calls of one endpoint, each past its policies.
type caller struct {
	at      *endpoint
	limit   limit
	breaker breaker
}

// error is a failure that is not of a round trip.
func (e *endpoint) error(kind Kind, message string) *Error {
	return &Error{Kind: kind, Provider: e.preset.Name, Model: e.Model, Message: message}
}

// call makes a round trip past the policies, and tells what it used. The function
// returns whether something of the answer was shown.
func (c *caller) call(ctx context.Context, use func(context.Context, *roundTrip) (shown bool, err error)) (rag.Usage, error) {
	var usage rag.Usage
	attempt := func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		x := c.at.roundTrip(cancel)
		defer x.close()
		shown, err := use(ctx, x)
		usage.Add(x.usage)
		var failed *Error
		if errors.As(err, &failed) {
			failed.shown = shown
		}
		return err
	}
	err := timeout{c.at}.do(ctx, func(ctx context.Context) error {
		return c.limit.do(ctx, func(ctx context.Context) error {
			return c.breaker.do(ctx, func(ctx context.Context) error { return retry{c.at}.do(ctx, attempt) })
		})
	})
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if c.at.Spent != nil && usage != (rag.Usage{}) {
		c.at.Spent(usage)
	}
	return usage, err
}

// Name is the provider's name of the model.
func (c *caller) Name() string { return c.at.Model }

// Close lets go of the connections that are kept for further calls.
func (c *caller) Close() error {
	c.at.Client.CloseIdleConnections()
	return nil
}
