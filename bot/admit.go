package bot

import (
	"cmp"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

// admitOrDeny is admit for a question: an asker who is denied is told so. While
// Slack is unreachable the lookup is repeated, so that an accepted question
// outlives an outage.
func (b *Bot) admitOrDeny(ctx context.Context, q question) (rag.Audience, slack.User, bool, error) {
	audience, user, why := b.admit(ctx, q.conversation, q.asker)
	for try := 0; why == deniedUnknown && try < 3; try++ {
		if err := b.reach(ctx); err != nil {
			return audience, user, false, err
		}
		audience, user, why = b.admit(ctx, q.conversation, q.asker)
	}
	if why == admitted {
		return audience, user, true, nil
	}
	b.deny(ctx, q, render.CatalogueFor(cmp.Or(q.Language, render.LanguageOf(user.Locale))), why)
	return audience, user, false, b.store.SetAnswer(ctx, q.ID, q.Language, "")
}

// reach returns once Slack can be reached.
func (b *Bot) reach(ctx context.Context) error {
	err := b.retry.untilDone(ctx, func(ctx context.Context) error {
		_, err := b.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("reach Slack: %w", err)
	}
	return nil
}

// deny says so to the asker alone, and looks nothing up.
func (b *Bot) deny(ctx context.Context, q question, cat render.Catalogue, why denial) {
	b.metrics.denied(why)
	line := why.text(cat)
	if line == "" {
		return
	}
	thread := q.Thread
	if q.Thread == q.TS {
		thread = "" // nobody has opened that thread, so nobody would see it there
	}
	b.postEphemeral(ctx, q.Channel, thread, q.asker.user, render.Notice(line))
}
