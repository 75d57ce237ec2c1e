package bot

import (
	"context"

	"docent/bot/render"
)

// rate notes what somebody thinks of an answer, and asks why it is bad.
func (b *Bot) rate(ctx context.Context, c click) error {
	_, user, why := b.admit(ctx, c.conversation, c.asker)
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, cat, why)
	}
	question, good := render.ParseRating(c.action.Value)
	if err := b.store.Rate(ctx, question, c.asker.user, good, b.opts.Clock.Now()); err != nil {
		return err
	}
	if good {
		b.metrics.rated("good")
		b.thank(ctx, c, cat)
		return nil
	}
	b.metrics.rated("bad")
	return b.openModal(ctx, c, render.ReasonModal(cat, question, c.conversation.channel))
}

func (b *Bot) thank(ctx context.Context, c click, cat render.Catalogue) {
	if c.Container.IsEphemeral {
		return // a line beside what only that person sees would take its place
	}
	b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, render.Notice(cat.Thanks))
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
