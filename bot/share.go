package bot

import (
	"cmp"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/bot/store"
	"docent/rag"
)

// share answers the question again for the whole channel, from what everyone
// there may see, and posts that: what one person saw is not shown to others.
func (b *Bot) share(ctx context.Context, c click) error {
	c.conversation.private = false
	audience, user, _, ok := b.admitClick(ctx, c)
	if !ok {
		return nil
	}
	r, err := b.store.QuestionByID(ctx, c.action.Value)
	if err != nil {
		return err
	}
	if r.Asker != c.asker.user || r.Channel != c.conversation.channel {
		return nil // the button is shown to nobody else
	}
	cat := render.CatalogueFor(r.Language)
	answer, err := b.opts.Answerer.Answer(ctx, rag.SearchRequest{Question: r.Text, Language: r.Language, Audience: audience})
	if err != nil {
		return fmt.Errorf("answer for a channel: %w", err)
	}
	id := store.QuestionID(r.Channel, "share "+r.TS)
	view := b.view(ctx, cat, answer, id)
	view.SharedBy, view.Asked, view.CanAdd = nameOf(user), r.Text, false
	q := question{Question: store.Question{ID: id, Channel: r.Channel, Text: r.Text, Language: r.Language}, conversation: c.conversation, asker: c.asker, mayBeAnswered: true}
	if err := b.publish(ctx, q, "", view.Messages()); err != nil {
		return err
	}
	if err := b.respond(ctx, c.ResponseURL, render.Notice(cat.Shared), true); err != nil {
		b.log.Warn("that an answer was shared was not said", "error", err)
	}
	return nil
}

func nameOf(u slack.User) string {
	return cmp.Or(render.OneLine(u.Profile.DisplayName), render.OneLine(u.RealName), render.OneLine(u.Name), u.ID)
}
