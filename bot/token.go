package bot

import (
	"context"
	"time"
)

// fail ends Run.
func (b *Bot) fail(err error) {
	select {
	case b.fatal <- err:
	default:
	}
}

// doubt has the token checked, soon and once for all who doubt it.
func (b *Bot) doubt() {
	select {
	case b.doubts <- struct{}{}:
	default:
	}
}

// checkEvery is how often Slack is asked about the token at most.
const checkEvery = time.Minute

// checkToken asks Slack about the token where there is doubt. The transport
// hears it where it is refused.
func (b *Bot) checkToken(ctx context.Context) {
	for {
		select {
		case <-b.doubts:
		case <-ctx.Done():
			return
		}
		if err := b.reach(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("the token is in doubt and could not be checked", "error", err)
		}
		if b.Clock.Wait(ctx, checkEvery) != nil {
			return
		}
	}
}

// named is the SetupError of a refusal, or the error itself.
func (b *Bot) named(err error) error {
	if f := fatal("", refusal(err), ""); refusal(err) != "" && f != nil {
		return f
	}
	return err
}
