package bot

import (
	"cmp"
	"context"

	"github.com/slack-go/slack"

	"docent/rag"
)

// admits is admit for a question, whose asker is told when it is denied. Where
// Slack can be reached for neither, as with the network down, it goes on
// trying: what was accepted is not lost.
func (b *Bot) admits(ctx context.Context, q question) (rag.Audience, slack.User, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		audience, user, why := b.admit(ctx, q.place, q.asker)
		if why == admitted {
			return audience, user, true, nil
		}
		untold := b.deny(ctx, q, wordsIn(cmp.Or(q.language, localeLanguage(user.Locale))), why)
		if f, _ := fateOf(untold); untold == nil || why != deniedUnknown || f == refused {
			b.metrics.denied(why)
			if untold != nil {
				b.log.Warn("a denial was not shown", "question", q.id, "error", untold)
			}
			return audience, user, false, b.state.answered(ctx, q.id, q.language, "")
		}
		if b.Clock.Wait(ctx, mostWait) != nil {
			return audience, user, false, untold
		}
	}
}

// deny says so to the asker alone, and looks nothing up.
func (b *Bot) deny(ctx context.Context, q question, w words, why denial) error {
	line := w.denied[why]
	if line == "" {
		return nil
	}
	thread := q.thread
	if q.thread == q.ts {
		thread = "" // nobody has opened that thread, so nobody would see it there
	}
	return b.tryWhisper(ctx, q.channel, thread, q.asker.user, notice(line))
}
