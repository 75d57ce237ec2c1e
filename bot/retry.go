package bot

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/slack-go/slack"
)

// caller tries calls of the Web API again as far as that is safe.
type caller struct {
	clock Clock
}

// fate is what is known of a call that failed.
type fate int

const (
	// refused: Slack did not do it, and will not.
	refused fate = iota
	// limited: Slack did not do it, and will later.
	limited
	// unknown: Slack may have done it.
	unknown
)

// mostWait bounds the wait between two tries, and patience all of them: a
// network that is down for an hour ends nothing.
const (
	mostWait = 30 * time.Second
	patience = 2 * time.Hour
)

// fateOf tells the fate of a failed call and after how long to try again, 0
// for not said.
func fateOf(err error) (fate, time.Duration) {
	var rate *slack.RateLimitedError
	var status slack.StatusCodeError
	var answer slack.SlackErrorResponse
	switch {
	case errors.As(err, &rate):
		return limited, rate.RetryAfter
	case errors.As(err, &status):
		if status.Code == http.StatusTooManyRequests {
			return limited, 0
		}
		return unknown, 0
	case errors.As(err, &answer):
		switch answer.Err {
		case "ratelimited", "rate_limited":
			return limited, 0
		case "internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org":
			return unknown, 0
		}
		return refused, 0
	case errors.Is(err, errNoAccess):
		return refused, 0
	}
	return unknown, 0
}

// refusal is Slack's code of an error, "" where it is another.
func refusal(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// readTries bounds what is tried while somebody waits.
const readTries = 6

// read tries a call that changes nothing, or the same if done twice, until it
// is done or refused.
func (c *caller) read(ctx context.Context, call func(context.Context) error) error {
	return c.repeat(ctx, readTries, call)
}

// insist is read for what must come about.
func (c *caller) insist(ctx context.Context, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return c.repeat(ctx, 1<<30, call)
}

func (c *caller) repeat(ctx context.Context, tries int, call func(context.Context) error) error {
	for n := 1; ; n++ {
		err := call(ctx)
		if err == nil || ctx.Err() != nil || n >= tries {
			return err
		}
		f, after := fateOf(err)
		if f == refused {
			return err
		}
		if c.clock.Wait(ctx, max(after, pause(n))) != nil {
			return err
		}
	}
}

// pause before the try after the nth.
func pause(n int) time.Duration {
	return min(100*time.Millisecond<<min(n-1, 20), mostWait)
}
