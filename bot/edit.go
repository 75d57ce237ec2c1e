package bot

import (
	"context"
	"database/sql"
	"errors"

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
	r, err := b.state.question(ctx, channel, m.TS)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	asked := b.questionText(m.Text)
	if asked == r.text && r.done || asked == "" {
		return nil
	}
	if err := b.state.reworded(ctx, r.id, asked); err != nil {
		return err
	}
	q := b.question(*m, "edit")
	q.thread, q.channel, q.id = r.thread, channel, r.id
	q.conversation = conversation{channel: channel, private: e.ChannelType == "im", external: e.external}
	q.text, q.language, q.mayBeAnswered = asked, lang.DetectQuestion(asked), true
	audience, _, ok, err := b.admitOrDeny(ctx, q)
	if err != nil || !ok {
		return err
	}
	return b.answer(ctx, q, wordsIn(q.language), audience)
}

// onDelete removes the answer to a deleted question.
func (b *Bot) onDelete(ctx context.Context, e event) error {
	r, err := b.state.question(ctx, string(e.Channel), e.deleted())
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return b.withdraw(ctx, question{record: r}, "")
}

// withdraw removes what there is of an answer.
func (b *Bot) withdraw(ctx context.Context, q question, streamed string) error {
	posts, err := b.state.posts(ctx, q.id)
	if err != nil {
		return err
	}
	if streamed != "" {
		posts[0] = streamed
	}
	if err := b.trim(ctx, q, posts, 0); err != nil {
		return err
	}
	if err := b.state.reworded(ctx, q.id, ""); err != nil {
		return err
	}
	return b.state.answered(ctx, q.id, q.language, "")
}
