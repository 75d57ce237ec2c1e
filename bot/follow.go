package bot

import (
	"context"
	"errors"
	"strings"

	"docent/bot/store"
)

// A thread is followed, so that its asker need not mention the bot again,
// while nobody but the asker and the bot has spoken in it: it begins with the
// question. As soon as somebody else speaks, or the asker speaks to somebody
// else, it is theirs.

// follow decides whether the thread of a question that was asked in a channel
// is followed, and reports whether it is and was not before: then there is to
// be a button to stop it.
func (b *Bot) follow(ctx context.Context, q question) (first bool, err error) {
	if q.conversation.private {
		return false, nil // everything there is said to the bot
	}
	if q.TS == q.Thread {
		return true, b.store.Follow(ctx, q.Channel, q.Thread, q.asker.user, b.opts.Clock.Now())
	}
	asker, _, err := b.store.Thread(ctx, q.Channel, q.Thread)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && asker != q.asker.user:
		// Somebody else began the thread, or was asked into it.
		return false, b.store.Unfollow(ctx, q.Channel, q.Thread, b.opts.Clock.Now())
	}
	return false, err
}

// followUp reports whether a message in a followed thread is said to the bot,
// and stops following where it is not.
func (b *Bot) followUp(ctx context.Context, e event) (bool, error) {
	channel := string(e.Channel)
	asker, following, err := b.store.Thread(ctx, channel, e.ThreadTS)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil || !following:
		return false, err
	case string(e.User) != asker || e.BotID != "" || strings.Contains(e.Text, "<@"):
		return false, b.store.Unfollow(ctx, channel, e.ThreadTS, b.opts.Clock.Now())
	}
	return true, nil
}
