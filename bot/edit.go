package bot

import (
	"context"
	"errors"

	"docent/bot/render"
	"docent/bot/store"
	"docent/rag/lang"
)

// onEdit answers an edited question again, in the place of its answer. Slack
// tells of an edit also when a link in it unfolds.
func (b *Bot) onEdit(ctx context.Context, e event) error {
	m := e.Message
	if m.Edited == nil || e.Previous != nil && e.Previous.Text == m.Text || !m.isWritten() {
		return nil
	}
	channel := string(e.Channel)
	r, err := b.store.Question(ctx, channel, m.TS)
	if err != nil {
		return unlessUnknown(err)
	}
	asked := b.questionText(m.Text)
	if asked == r.Text && r.Done || asked == "" {
		return nil
	}
	if err := b.store.SetText(ctx, r.ID, asked); err != nil {
		return err
	}
	q := b.newQuestion(*m, "edit")
	q.Thread, q.Channel, q.ID = r.Thread, channel, r.ID
	q.conversation = conversation{channel: channel, private: e.ChannelType == "im", external: e.external}
	q.Text, q.Language, q.mayBeAnswered = asked, lang.DetectQuestion(asked), true
	audience, user, ok, err := b.admitOrDeny(ctx, q)
	if err != nil || !ok {
		return err
	}
	q.locale = render.LanguageOf(user.Locale)
	return b.answer(ctx, q, render.CatalogueFor(q.Language), audience)
}

// onDelete removes the answer to a deleted question.
func (b *Bot) onDelete(ctx context.Context, e event) error {
	r, err := b.store.Question(ctx, string(e.Channel), e.deleted())
	if err != nil {
		return unlessUnknown(err)
	}
	return b.withdraw(ctx, question{Question: r}, "")
}

// unlessUnknown is no error for what was never asked.
func unlessUnknown(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// withdraw removes what there is of an answer.
func (b *Bot) withdraw(ctx context.Context, q question, streamed string) error {
	posts, err := b.store.Posts(ctx, q.ID)
	if err != nil {
		return err
	}
	if streamed != "" {
		posts[0] = streamed
	}
	if err := b.trim(ctx, q, posts, 0); err != nil {
		return err
	}
	if err := b.store.SetText(ctx, q.ID, ""); err != nil {
		return err
	}
	return b.store.SetAnswer(ctx, q.ID, q.Language, "")
}
