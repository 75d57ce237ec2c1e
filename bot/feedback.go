package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"
)

// rate notes what somebody thinks of an answer, and asks why it is bad.
func (b *Bot) rate(ctx context.Context, c click) error {
	_, user, why := b.admit(ctx, c.conversation, c.asker)
	w := wordsIn(localeLanguage(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, w, why)
	}
	question, rating, _ := strings.Cut(c.action.Value, ":")
	good := rating == "+"
	if err := b.store.Rate(ctx, question, c.asker.user, good, b.Clock.Now()); err != nil {
		return err
	}
	if good {
		b.metrics.rated("good")
		b.thank(ctx, c, w)
		return nil
	}
	b.metrics.rated("bad")
	input := slack.NewPlainTextInputBlockElement(label(w.whyHint, 150), "reason").WithMultiline(true).WithMaxLength(2000)
	return b.openModal(ctx, c, slack.ModalViewRequest{Type: slack.VTModal, CallbackID: callbackReason, PrivateMetadata: question + " " + c.conversation.channel,
		Title: label(w.whyTitle, 24), Submit: label(w.send, 24), Close: label(w.cancel, 24),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("why", label(w.why, 150), nil, input)}}})
}

func (b *Bot) thank(ctx context.Context, c click, w words) {
	if c.Container.IsEphemeral {
		return // a line beside what only that person sees would take its place
	}
	b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, notice(w.thanks))
}

// reason keeps why an answer was bad.
func (b *Bot) reason(ctx context.Context, c click) error {
	question, channel, _ := strings.Cut(c.View.PrivateMetadata, " ")
	c.conversation.channel = channel
	if _, _, why := b.admit(ctx, c.conversation, c.asker); why != admitted {
		b.metrics.denied(why)
		return nil
	}
	if c.View.State == nil {
		return nil
	}
	return b.store.SetReason(ctx, question, c.asker.user, cut(plain(c.View.State.Values["why"]["reason"].Value), 2000))
}
