package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"docent/bot/store"
)

// newDelivery gives what came its ID: that of an event, or the trigger of one
// click or one command. It returns false if that is nothing to act on.
func newDelivery(kind string, payload json.RawMessage) (store.Delivery, bool) {
	d := store.Delivery{Kind: kind, Payload: payload}
	var named struct {
		Event   string `json:"event_id"`
		Trigger string `json:"trigger_id"`
		Type    string `json:"type"`
	}
	_ = json.Unmarshal(payload, &named) // what has no name is named by its content
	switch kind {
	case kindEvent:
		d.ID = named.Event
	case kindSlash, kindInteractive:
		if named.Trigger != "" {
			d.ID = kind + ":" + named.Type + ":" + named.Trigger
		}
	default:
		return d, false
	}
	if d.ID == "" {
		sum := sha256.Sum256(payload)
		d.ID = kind + ":" + hex.EncodeToString(sum[:])
	}
	return d, len(payload) > 0
}

// accept keeps a delivery and has it done. An error means that it is not kept
// and should come again. Nothing goes back with the acknowledgement: it could
// be shown after what is answered meanwhile.
func (b *Bot) accept(ctx context.Context, d store.Delivery) error {
	if d.Kind == kindEvent && !b.concerns(ctx, d) {
		b.metrics.received(d.Kind, "ignored")
		return nil
	}
	fresh, err := b.store.Receive(ctx, d, b.opts.Clock.Now())
	if err != nil {
		return err
	}
	if !fresh {
		b.metrics.received(d.Kind, "again")
		return nil
	}
	b.metrics.received(d.Kind, "new")
	b.interrupt(d)
	b.schedule(d, false)
	return nil
}

// concerns keeps out what is said in channels and not to the bot, before
// anything of it is written down.
func (b *Bot) concerns(ctx context.Context, d store.Delivery) bool {
	e, err := eventOf(d)
	if err != nil {
		b.metrics.problem("unreadable")
		b.log.Warn("an event cannot be read", "error", err)
		return false
	}
	if e.BotID != "" && string(e.User) == b.self.UserID || e.AppID != "" && e.BotID == b.self.BotID {
		return false
	}
	switch e.Type {
	case "message":
		return b.concernsMessage(ctx, e)
	case "app_mention", "app_home_opened", "agent_session_stopped", "user_change",
		"channel_shared", "channel_unshared", "member_joined_channel", "member_left_channel":
		return true
	}
	return false
}

func (b *Bot) concernsMessage(ctx context.Context, e event) bool {
	channel := string(e.Channel)
	switch {
	case e.Subtype == "message_changed" && e.Message != nil:
		return b.queue.busy(e.queueKey()) || b.store.HasQuestion(ctx, channel, e.Message.TS)
	case e.Subtype == "message_deleted":
		return b.queue.busy(e.queueKey()) || b.store.HasQuestion(ctx, channel, e.DeletedTS)
	case !e.isWritten():
		return false
	case e.ChannelType == "im":
		return true
	case b.mentioned(e.Text):
		return false // comes as an app_mention too
	case len(e.Files) > 0 && b.opts.Access.AddTo[channel] != "" && asksToAdd(e.Text):
		return true
	}
	return e.ThreadTS != "" && b.store.Follows(ctx, channel, e.ThreadTS)
}

// schedule enqueues a delivery once. When the queue is full it stays in the
// state, from which it is loaded once there is room.
func (b *Bot) schedule(d store.Delivery, again bool) {
	if _, there := b.scheduled.LoadOrStore(d.ID, true); there {
		return
	}
	do := func(ctx context.Context) {
		defer b.scheduled.Delete(d.ID)
		b.handle(ctx, d, again)
	}
	if !b.queue.push(b.queueKey(d), do) {
		b.scheduled.Delete(d.ID)
		b.overflow.Store(true)
	}
}

// queueKey is the thread that a delivery belongs to, or the delivery itself.
func (b *Bot) queueKey(d store.Delivery) string {
	if d.Kind != kindEvent {
		return d.ID
	}
	e, err := eventOf(d)
	if err != nil || e.Channel == "" {
		return d.ID
	}
	return e.queueKey()
}

// queueKey is the thread that an event is of.
func (e event) queueKey() string {
	of := e
	switch {
	case e.Message != nil:
		of = *e.Message
	case e.Previous != nil:
		of = *e.Previous
	}
	return fmt.Sprintf("%s %s", e.Channel, of.root())
}
