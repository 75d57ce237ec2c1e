package llm

import (
	"context"
	"errors"
	"fmt"
)

// timeout bounds a call with all that its other policies wait for.
type timeout struct{ at *endpoint }

// errSlow is why a context ended whose time was this policy's.
var errSlow = errors.New("slow")

func (t timeout) do(ctx context.Context, call func(context.Context) error) error {
	limited, cancel := context.WithTimeoutCause(ctx, t.at.Timeout, errSlow)
	defer cancel()
	err := call(limited)
	if err != nil && errors.Is(context.Cause(limited), errSlow) {
		return t.at.error(Slow, fmt.Sprintf("no whole answer in %s", t.at.Timeout))
	}
	return err
}
