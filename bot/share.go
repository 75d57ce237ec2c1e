package bot

import (
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
	p := c.conversation
	p.private = false
	audience, user, why := b.admit(ctx, p, c.asker)
	if why != admitted {
		return b.denyClick(ctx, c, render.CatalogueFor(render.LanguageOf(user.Locale)), why)
	}
	r, err := b.store.QuestionByID(ctx, c.action.Value)
	if err != nil {
		return err
	}
	if r.Asker != c.asker.user || r.Channel != p.channel {
		return nil // the button is shown to nobody else
	}
	cat := render.CatalogueFor(r.Language)
	answer, err := b.opts.Answerer.Answer(ctx, rag.SearchRequest{Question: r.Text, Language: r.Language, Audience: audience})
	if err != nil {
		return fmt.Errorf("answer for a channel: %w", err)
	}
	id := store.QuestionID(r.Channel, "share "+r.TS)
	view := render.Answer{Catalogue: cat, Answer: answer, Question: id, Indexed: b.lastIndexed(ctx),
		SharedBy: nameOf(user), Asked: r.Text}
	q := question{Question: store.Question{ID: id, Channel: r.Channel, Text: r.Text, Language: r.Language}, conversation: p, asker: c.asker, mayBeAnswered: true}
	if err := b.publish(ctx, q, "", view.Messages()); err != nil {
		return err
	}
	if err := b.respond(ctx, c.ResponseURL, render.Notice(cat.Shared), true); err != nil {
		b.log.Warn("that an answer was shared was not said", "error", err)
	}
	return nil
}

func nameOf(u slack.User) string {
	for _, name := range []string{u.Profile.DisplayName, u.RealName, u.Name} {
		if render.OneLine(name) != "" {
			return name
		}
	}
	return u.ID
}
