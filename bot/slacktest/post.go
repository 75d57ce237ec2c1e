package slacktest

// In says where and how a person's message is posted.
type In struct {
	Thread string // timestamp of the root; empty is the channel itself
	BotID  string // of another app that posts
}

// Post has a person say something; mentions are written as <@U…>. The app hears
// of it by the events that it may see.
func (w *Workspace) Post(channel, user, text string, in ...In) Message {
	return w.post(channel, user, text, nil, in)
}

// Share has a person say something with files.
func (w *Workspace) Share(channel, user, text string, files ...File) Message {
	w.change(func() {
		for i := range files {
			w.storeFile(&files[i], user, channel)
		}
	})
	return w.post(channel, user, text, files, nil)
}

func (w *Workspace) post(channel, user, text string, files []File, in []In) (posted Message) {
	var where In
	if len(in) > 0 {
		where = in[0]
	}
	w.change(func() {
		c := w.channel(channel)
		m := &Message{User: user, Text: text, ThreadTS: where.Thread, Files: files, BotID: where.BotID, team: w.user(user).Team}
		if len(files) > 0 {
			m.Subtype = "file_share"
		}
		w.put(c, m)
		w.emitPosted(c, m)
		posted = m.copied()
	})
	return posted
}

// Edit changes a person's message, which tells the app with message_changed,
// and with app_mention where the new text mentions the bot.
func (w *Workspace) Edit(channel, ts, text string) {
	w.change(func() {
		c := w.channel(channel)
		m := c.byTS[ts]
		previous := w.wire(m)
		m.Text = text
		w.edited(c, m, previous)
		w.emitMention(c, m, m.Edited)
	})
}

// edited marks a message as edited and tells the app.
func (w *Workspace) edited(c *conversation, m *Message, previous object) {
	m.Edited = w.nextTS()
	w.emitChanged(c, m, previous, m.Edited)
}

// emitChanged tells the app that a message is another than before.
func (w *Workspace) emitChanged(c *conversation, m *Message, previous object, at string) {
	w.emitMessage(c, object{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID, "channel_type": c.kind(),
		"ts": at, "event_ts": at, "message": w.wire(m), "previous_message": previous,
	})
}

// Delete removes a message; of a root that has replies a tombstone stays, as in
// Slack.
func (w *Workspace) Delete(channel, ts string) {
	w.change(func() { w.delete(w.channel(channel), ts) })
}

func (w *Workspace) delete(c *conversation, ts string) {
	m := c.byTS[ts]
	previous := w.wire(m)
	at := w.nextTS()
	if len(c.replies(ts)) > 0 {
		*m = Message{
			Channel: m.Channel, TS: ts, ThreadTS: ts, User: "USLACKBOT", Subtype: "tombstone",
			Text: "This message was deleted.", team: m.team,
		}
		w.emitChanged(c, m, previous, at)
		return
	}
	c.remove(m)
	w.emitMessage(c, object{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID, "channel_type": c.kind(),
		"ts": at, "event_ts": at, "deleted_ts": ts, "previous_message": previous,
	})
}
