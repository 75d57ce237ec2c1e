package bot

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/slack-go/slack"
)

// retrier repeats calls of the Web API as far as that is safe.
type retrier struct {
	clock Clock
}

// outcome is what is known of a failed call's effect.
type outcome int

const (
	// outcomeRefused: Slack did not do it, and will not.
	outcomeRefused outcome = iota
	// outcomeRateLimited: Slack did not do it, and will later.
	outcomeRateLimited
	// outcomeUnknown: Slack may have done it.
	outcomeUnknown
)

// maxBackoff bounds the wait between two tries, maxElapsed all of them: a
// network that is down for an hour ends nothing.
const (
	maxBackoff = 30 * time.Second
	maxElapsed = 2 * time.Hour
)

// outcomeOf classifies the error of a call. The duration is how long Slack asks
// to wait before the next try, 0 if it does not say.
func outcomeOf(err error) (outcome, time.Duration) {
	var rate *slack.RateLimitedError
	var status slack.StatusCodeError
	var answer slack.SlackErrorResponse
	switch {
	case errors.As(err, &rate):
		return outcomeRateLimited, rate.RetryAfter
	case errors.As(err, &status):
		if status.Code == http.StatusTooManyRequests {
			return outcomeRateLimited, 0
		}
		return outcomeUnknown, 0
	case errors.As(err, &answer):
		switch answer.Err {
		case "ratelimited", "rate_limited":
			return outcomeRateLimited, 0
		case "internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org":
			return outcomeUnknown, 0
		}
		return outcomeRefused, 0
	case errors.Is(err, errNoAccess):
		return outcomeRefused, 0
	}
	return outcomeUnknown, 0
}

// errorCode is Slack's code of an error, "" if the error is not Slack's.
func errorCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// maxTries bounds what is tried while somebody waits.
const maxTries = 6

// do makes an idempotent call, up to maxTries times, until it succeeds or is
// refused.
func (c *retrier) do(ctx context.Context, call func(context.Context) error) error {
	return c.upTo(ctx, maxTries, call)
}

// untilDone is do without a bound on the tries, for up to maxElapsed.
func (c *retrier) untilDone(ctx context.Context, call func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, maxElapsed)
	defer cancel()
	return c.upTo(ctx, 1<<30, call)
}

func (c *retrier) upTo(ctx context.Context, tries int, call func(context.Context) error) error {
	for n := 1; ; n++ {
		err := call(ctx)
		if err == nil || ctx.Err() != nil || n >= tries {
			return err
		}
		f, after := outcomeOf(err)
		if f == outcomeRefused {
			return err
		}
		if c.clock.Wait(ctx, max(after, backoff(n))) != nil {
			return err
		}
	}
}

// backoff is the wait after the nth try.
func backoff(n int) time.Duration {
	return min(100*time.Millisecond<<min(n-1, 20), maxBackoff)
}
