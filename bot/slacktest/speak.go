package slacktest

import (
	"fmt"
	"strings"
)

// In says where and how a person's message is posted.
type In struct {
	Thread    string // timestamp of the root; empty is the channel itself
	Broadcast bool   // also show a reply in the channel
	Subtype   string // such as "bot_message" or "me_message"
	BotID     string // of another app that posts
	// Viewing is the channel that the user has open beside the agent's view.
	Viewing string
}

// Post has a person say something; mentions are written as <@U…>. The app hears
// of it by the events that it is subscribed to.
func (w *Workspace) Post(channel, user, text string, in ...In) Message {
	return w.post(channel, user, text, nil, in)
}

func (w *Workspace) post(channel, user, text string, files []File, in []In) Message {
	var where In
	if len(in) > 0 {
		where = in[0]
	}
	var copied Message
	w.change(func() {
		c := w.channel(channel)
		m := &Message{
			User: user, Text: text, ThreadTS: where.Thread, Files: files, Subtype: where.Subtype, BotID: where.BotID,
			team: w.user(user).Team, clientID: fmt.Sprintf("client-%d", w.serial), broadcast: where.Broadcast,
		}
		w.serial++
		if len(files) > 0 {
			m.Subtype = "file_share"
		}
		if where.Broadcast && where.Thread != "" {
			m.Subtype = "thread_broadcast"
		}
		w.put(c, m)
		w.rooted(c, m)
		w.told(c, m, where.Viewing)
		copied = m.copied()
	})
	return copied
}

// rooted makes the message above a reply the root of a thread.
func (w *Workspace) rooted(c *conversation, m *Message) {
	if root := c.byTS[m.ThreadTS]; root != nil {
		root.ThreadTS = root.TS
	}
}

// told tells the app of a new message.
func (w *Workspace) told(c *conversation, m *Message, viewing string) {
	body := w.eventBody(c, m)
	if c.im != "" && viewing != "" {
		body["app_context"] = object{"entities": []object{
			{"type": "slack#/types/channel_id", "value": viewing, "team_id": TeamID},
		}}
	}
	w.emitMessage(c, body)
	if m.BotID != botID && c.im == "" && mentionsBot(m.Text) {
		mention := w.eventBody(c, m)
		mention["type"] = "app_mention"
		delete(mention, "channel_type")
		delete(mention, "subtype")
		w.emitTo(c, "app_mention", mention)
	}
}

func mentionsBot(text string) bool {
	return strings.Contains(text, "<@"+botUID+">") || strings.Contains(text, "<@"+botUID+"|")
}

// Edit changes a person's message, which tells the app with message_changed,
// and with app_mention where the new text mentions the bot.
func (w *Workspace) Edit(channel, ts, text string) {
	w.change(func() {
		c := w.channel(channel)
		m := c.byTS[ts]
		previous := w.wire(m, false)
		m.Text = text
		w.edited(c, m, previous)
		if c.im == "" && mentionsBot(text) {
			mention := w.eventBody(c, m)
			mention["type"], mention["event_ts"] = "app_mention", m.Edited
			delete(mention, "channel_type")
			w.emitTo(c, "app_mention", mention)
		}
	})
}

// Unfurl has Slack show a preview below a message, which the app hears of as a
// message_changed whose text is the same and which nobody edited.
func (w *Workspace) Unfurl(channel, ts string) {
	w.change(func() {
		c := w.channel(channel)
		m := c.byTS[ts]
		w.altered(c, m, w.wire(m, false), w.nextTS())
	})
}

// edited marks a message as edited and tells the app.
func (w *Workspace) edited(c *conversation, m *Message, previous object) {
	m.Edited = w.nextTS()
	w.altered(c, m, previous, m.Edited)
}

// altered tells the app that a message is another than before.
func (w *Workspace) altered(c *conversation, m *Message, previous object, at string) {
	w.emitMessage(c, object{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID, "channel_type": c.kind(),
		"ts": at, "event_ts": at, "message": w.wire(m, true), "previous_message": previous,
	})
}

// Delete removes a message; of a root that has replies a tombstone stays, as in
// Slack.
func (w *Workspace) Delete(channel, ts string) {
	w.change(func() { w.delete(w.channel(channel), ts) })
}

func (w *Workspace) delete(c *conversation, ts string) {
	m := c.byTS[ts]
	previous := w.wire(m, false)
	at := w.nextTS()
	if len(c.replies(ts)) > 0 {
		*m = Message{
			Channel: m.Channel, TS: ts, ThreadTS: ts, User: "USLACKBOT", Subtype: "tombstone",
			Text: "This message was deleted.", team: m.team,
		}
		w.altered(c, m, previous, at)
		return
	}
	c.remove(m)
	w.emitMessage(c, object{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID, "channel_type": c.kind(),
		"ts": at, "event_ts": at, "deleted_ts": ts, "previous_message": previous,
	})
}
