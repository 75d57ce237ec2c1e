package bot

import (
	"context"

	"docent/bot/render"
)

// publish posts the messages of an answer in order, each once. The first takes
// the place of what was streamed.
func (b *Bot) publish(ctx context.Context, q question, streamed string, messages []render.Message) error {
	there, err := b.store.Posts(ctx, q.ID)
	if err != nil {
		return err
	}
	if streamed == "" && q.mayBeAnswered && there[0] == "" {
		streamed = b.stopLeftover(ctx, q)
	}
	if streamed != "" {
		there[0] = streamed
	}
	for part, m := range messages {
		p := post{channel: q.Channel, thread: q.Thread, question: q.ID, part: part, Message: m}
		ts, err := b.putMessage(ctx, p, there[part], q.mayBeAnswered)
		if err != nil {
			return err
		}
		if err := b.store.AddPost(ctx, q.ID, part, q.Channel, ts); err != nil {
			return err
		}
	}
	return b.trim(ctx, q, there, len(messages))
}

// stopLeftover ends a stream that an earlier run left and returns its message.
func (b *Bot) stopLeftover(ctx context.Context, q question) string {
	s := stream{bot: b, question: q, ts: b.findStream(ctx, q, b.retry.untilDone)}
	s.stop(ctx)
	return s.ts
}

// putMessage replaces the message that is there, or posts a new one.
func (b *Bot) putMessage(ctx context.Context, p post, there string, again bool) (string, error) {
	if there == "" {
		return b.deliver(ctx, p, again)
	}
	err := b.replaceMessage(ctx, p.channel, there, p.options())
	if err == nil || ctx.Err() != nil {
		return there, err
	}
	b.log.Warn("an answer is posted anew", "error", err)
	if err := b.deleteMessage(ctx, p.channel, there); err != nil {
		b.log.Warn("what it replaces stays", "error", err)
	}
	return b.deliver(ctx, p, again)
}

// trim removes messages of an earlier and longer answer.
func (b *Bot) trim(ctx context.Context, q question, there map[int]string, parts int) error {
	for part, ts := range there {
		if part < parts {
			continue
		}
		if err := b.deleteMessage(ctx, q.Channel, ts); err != nil {
			return err
		}
		if err := b.store.RemovePost(ctx, q.ID, part); err != nil {
			return err
		}
	}
	return nil
}
