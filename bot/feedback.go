package bot

import (
	"context"

	"docent/bot/render"
)

// rate notes what somebody thinks of an answer, and asks why it is bad.
func (b *Bot) rate(ctx context.Context, c click) error {
	_, _, cat, ok := b.admitClick(ctx, c)
	if !ok {
		return nil
	}
	question, good := render.ParseRating(c.action.Value)
	if err := b.store.Rate(ctx, question, c.asker.user, good, b.opts.Clock.Now()); err != nil {
		return err
	}
	if !good {
		b.metrics.rated("bad")
		return b.openModal(ctx, c, render.ReasonModal(cat, question, c.conversation.channel))
	}
	b.metrics.rated("good")
	if !c.Container.IsEphemeral { // beside what only that person sees a line would take its place
		b.tell(ctx, c, cat.Thanks)
	}
	return nil
}

// reason keeps why an answer was bad.
func (b *Bot) reason(ctx context.Context, c click) error {
	question, channel, reason := render.ParseReason(c.View)
	c.conversation.channel = channel
	if _, _, why := b.admit(ctx, c.conversation, c.asker); why != admitted {
		b.metrics.denied(why)
		return nil
	}
	return b.store.SetReason(ctx, question, c.asker.user, reason)
}
