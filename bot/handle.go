package bot

import (
	"context"
	"fmt"
	"runtime/debug"

	"docent/bot/store"
)

// handle does what a delivery asks for, and then forgets it. What the end of
// the program cuts short is done after the next start.
func (b *Bot) handle(ctx context.Context, d store.Delivery, again bool) {
	if again {
		if pending, err := b.store.IsPending(ctx, d.ID); err != nil || !pending {
			return
		}
	}
	b.dispatch(ctx, d)
	if ctx.Err() != nil {
		return
	}
	if err := b.store.Finish(ctx, d.ID); err != nil {
		b.log.Error("a delivery will come up again", "error", err)
	}
}

// dispatch handles a delivery by its kind. A panic is confined to it.
func (b *Bot) dispatch(ctx context.Context, d store.Delivery) {
	defer func() {
		if p := recover(); p != nil {
			b.metrics.problem("panic")
			b.log.Error("panic", "value", fmt.Sprint(p), "delivery", d.ID, "stack", string(debug.Stack()))
		}
	}()
	var err error
	switch d.Kind {
	case kindEvent:
		err = b.onEvent(ctx, d)
	case kindSlash:
		err = b.onCommand(ctx, d)
	case kindInteractive:
		err = b.onInteraction(ctx, d)
	}
	if err != nil && ctx.Err() == nil {
		b.metrics.problem("failed")
		b.log.Error("a delivery failed", "delivery", d.ID, "error", err)
	}
}

func (b *Bot) onEvent(ctx context.Context, d store.Delivery) error {
	e, err := eventOf(d)
	if err != nil {
		return err
	}
	switch e.Type {
	case "app_mention":
		return b.onMention(ctx, e)
	case "message":
		return b.onMessage(ctx, e)
	case "app_home_opened":
		return b.onHome(ctx, e)
	case "user_change":
		b.directory.invalidate(string(e.User))
	case "channel_shared", "channel_unshared", "member_joined_channel", "member_left_channel":
		b.directory.invalidate(string(e.Channel))
	}
	return nil
}

func (b *Bot) onMention(ctx context.Context, e event) error {
	if !e.isWritten() && e.BotID == "" {
		return nil
	}
	if len(e.Files) > 0 && asksToAdd(e.Text) {
		return b.offer(ctx, b.newQuestion(e, "upload"), e.Files)
	}
	return b.ask(ctx, b.newQuestion(e, "mention"))
}

func (b *Bot) onMessage(ctx context.Context, e event) error {
	switch {
	case e.deleted() != "":
		return b.onDelete(ctx, e)
	case e.Subtype == "message_changed":
		return b.onEdit(ctx, e)
	case len(e.Files) > 0 && asksToAdd(e.Text):
		return b.offer(ctx, b.newQuestion(e, "upload"), e.Files)
	case e.ChannelType == "im":
		return b.ask(ctx, b.newQuestion(e, "direct"))
	}
	follow, err := b.followUp(ctx, e)
	if err != nil || !follow {
		return err
	}
	return b.ask(ctx, b.newQuestion(e, "follow-up"))
}
