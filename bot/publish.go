package bot

import "context"

// publish posts the messages of an answer in order, each once. The first takes
// the place of what was streamed.
func (b *Bot) publish(ctx context.Context, q question, streamed string, messages []message) error {
	there, err := b.state.posts(ctx, q.id)
	if err != nil {
		return err
	}
	if streamed == "" && q.again && there[0] == "" {
		streamed = b.leftover(ctx, q)
	}
	if streamed != "" {
		there[0] = streamed
	}
	for part, m := range messages {
		p := post{channel: q.channel, thread: q.thread, question: q.id, part: part, message: m}
		ts, err := b.place(ctx, p, there[part], q.again)
		if err != nil {
			return err
		}
		if err := b.state.posted(ctx, q.id, part, q.channel, ts); err != nil {
			return err
		}
	}
	return b.trim(ctx, q, there, len(messages))
}

// leftover is the message of a stream that an earlier run left, ended.
func (b *Bot) leftover(ctx context.Context, q question) string {
	s := stream{bot: b, question: q, ts: b.unnamed(ctx, q, b.calls.insist)}
	s.stop(ctx)
	return s.ts
}

// place puts the message in the place of the one that is there, or posts it.
func (b *Bot) place(ctx context.Context, p post, there string, again bool) (string, error) {
	if there == "" {
		return b.deliver(ctx, p, again)
	}
	err := b.update(ctx, p.channel, there, p.named())
	if err == nil || ctx.Err() != nil {
		return there, err
	}
	b.log.Warn("an answer is posted anew", "error", err)
	if err := b.remove(ctx, p.channel, there); err != nil {
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
		if err := b.remove(ctx, q.channel, ts); err != nil {
			return err
		}
		if err := b.state.unposted(ctx, q.id, part); err != nil {
			return err
		}
	}
	return nil
}
