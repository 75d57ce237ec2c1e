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

// suspectToken has the token checked, once for all calls that raise suspicion.
func (b *Bot) suspectToken() {
	select {
	case b.suspected <- struct{}{}:
	default:
	}
}

// checkInterval is the least time between two checks of the token.
const checkInterval = time.Minute

// checkToken asks Slack about a suspected token. If it is refused, the transport
// sees that and fails the bot.
func (b *Bot) checkToken(ctx context.Context) {
	for {
		select {
		case <-b.suspected:
		case <-ctx.Done():
			return
		}
		if err := b.reach(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("the token is suspected and could not be checked", "error", err)
		}
		if b.opts.Clock.Wait(ctx, checkInterval) != nil {
			return
		}
	}
}

// asSetupError returns the SetupError that a refusal means, or the error itself.
func (b *Bot) asSetupError(err error) error {
	if f := tokenError("", errorCode(err), ""); errorCode(err) != "" && f != nil {
		return f
	}
	return err
}
