package slacktest

import "slices"

const (
	textLimit   = 40_000 // of a post, where Slack cuts
	updateLimit = 4_000  // of chat.update
)

// target returns the channel that the app may write to.
func (w *Workspace) target(c Call) (*conversation, error) {
	to := w.channels[c.Args["channel"]]
	switch {
	case to == nil || !to.hasBot() && to.Private:
		return nil, refuse("channel_not_found")
	case !to.hasBot():
		return nil, refuse("not_in_channel")
	}
	return to, nil
}

// posted is where the app writes, and what.
func (w *Workspace) posted(c Call) (*conversation, content, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, content{}, err
	}
	t, err := contentOf(c.Args)
	return to, t, err
}

func (w *Workspace) postMessage(c Call) (object, error) {
	to, t, err := w.posted(c)
	root := c.Args["thread_ts"]
	switch {
	case err != nil:
		return nil, err
	case root != "" && to.byTS[root] == nil:
		return nil, refuse("thread_not_found")
	}
	m := t.message()
	m.ThreadTS = root
	w.put(to, m)
	w.emitPosted(to, m)
	return object{"channel": to.ID, "ts": m.TS, "message": w.wire(m)}, nil
}

// own returns a message of the bot.
func (w *Workspace) own(c Call, denied string) (*conversation, *Message, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, nil, err
	}
	m := to.byTS[c.Args["ts"]]
	switch {
	case m == nil || m.EphemeralTo != "" || m.Subtype == "tombstone":
		return nil, nil, refuse("message_not_found")
	case m.BotID != botID:
		return nil, nil, refuse(denied)
	}
	w.expire(m)
	return to, m, nil
}

func (w *Workspace) updateMessage(c Call) (object, error) {
	to, m, err := w.own(c, "cant_update_message")
	if err != nil {
		return nil, err
	}
	if m.Stream == Streaming {
		return nil, refuse("streaming_state_conflict")
	}
	t, err := contentOf(c.Args)
	switch {
	case err != nil:
		return nil, err
	case length(t.text) > updateLimit:
		return nil, refuse("msg_too_long")
	}
	previous := w.wire(m)
	m.apply(t)
	w.edited(to, m, previous)
	return object{"channel": to.ID, "ts": m.TS, "text": m.Text, "message": w.wire(m)}, nil
}

// apply replaces the content of a message. Text alone takes the blocks away.
func (m *Message) apply(t content) {
	m.Text, m.Markdown, m.Blocks, m.Parsed = t.text, "", t.blocks, t.parsed
	if t.metadata != nil {
		m.Metadata = t.metadata
	}
	if m.Stream == StreamExpired {
		m.Stream = StreamDone
	}
}

func (w *Workspace) deleteMessage(c Call) (object, error) {
	to, m, err := w.own(c, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	w.delete(to, m.TS)
	return object{"channel": to.ID, "ts": m.TS}, nil
}

func (w *Workspace) postEphemeral(c Call) (object, error) {
	to, t, err := w.posted(c)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(to.Members, c.Args["user"]):
		return nil, refuse("user_not_in_channel")
	}
	m := t.message()
	m.EphemeralTo, m.ThreadTS = c.Args["user"], c.Args["thread_ts"]
	w.put(to, m)
	return object{"message_ts": m.TS}, nil
}
