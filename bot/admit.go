package bot

import (
	"cmp"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"docent/rag"
)

// admits is admit for a question, whose asker is told when it is denied. What
// could not be looked up because Slack was out of reach is looked up again
// once it is not: an accepted question outlives an outage.
func (b *Bot) admits(ctx context.Context, q question) (rag.Audience, slack.User, bool, error) {
	audience, user, why := b.admit(ctx, q.place, q.asker)
	for try := 0; why == deniedUnknown && try < 3; try++ {
		if err := b.reach(ctx); err != nil {
			return audience, user, false, err
		}
		audience, user, why = b.admit(ctx, q.place, q.asker)
	}
	if why == admitted {
		return audience, user, true, nil
	}
	b.deny(ctx, q, wordsIn(cmp.Or(q.language, localeLanguage(user.Locale))), why)
	return audience, user, false, b.state.answered(ctx, q.id, q.language, "")
}

// reach returns once Slack can be reached.
func (b *Bot) reach(ctx context.Context) error {
	err := b.calls.insist(ctx, func(ctx context.Context) error {
		_, err := b.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("reach Slack: %w", err)
	}
	return nil
}

// deny says so to the asker alone, and looks nothing up.
func (b *Bot) deny(ctx context.Context, q question, w words, why denial) {
	b.metrics.denied(why)
	line := w.denied[why]
	if line == "" {
		return
	}
	thread := q.thread
	if q.thread == q.ts {
		thread = "" // nobody has opened that thread, so nobody would see it there
	}
	b.whisper(ctx, q.channel, thread, q.asker.user, notice(line))
}
