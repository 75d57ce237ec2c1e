package slacktest

import (
	"slices"
	"strings"
)

const (
	textLimit     = 40_000 // of a post, where Slack cuts
	updateLimit   = 4_000  // of chat.update
	markdownLimit = 12_000 // of markdown_text, and of all markdown blocks together
)

// target returns the channel that the app may write to.
func (w *Workspace) target(c Call) (*conversation, error) {
	name := c.Args["channel"]
	if u := w.users[name]; u != nil && !u.Bot {
		return w.dm(name), nil
	}
	to := w.channels[name]
	switch {
	case name == "" || to == nil:
		return nil, refuse("channel_not_found")
	case !to.has(botUID) && to.Private:
		return nil, refuse("channel_not_found")
	case !to.has(botUID):
		return nil, refuse("not_in_channel")
	case to.Archived:
		return nil, refuse("is_archived")
	case to.ReadOnly:
		return nil, refuse("restricted_action_read_only_channel")
	}
	return to, nil
}

// threadOf checks that a reply has a root to hang below.
func threadOf(to *conversation, thread string) (string, error) {
	if thread == "" {
		return "", nil
	}
	root := to.byTS[thread]
	if root == nil {
		return "", refuse("thread_not_found")
	}
	if root.isThreadReply() { // Slack moves it up
		return root.ThreadTS, nil
	}
	return thread, nil
}

func (w *Workspace) postMessage(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	t, err := contentOf(c.Args)
	if err != nil {
		return nil, err
	}
	if t.empty() && c.Args["attachments"] == "" {
		return nil, refuse("no_text")
	}
	thread, err := threadOf(to, c.Args["thread_ts"])
	if err != nil {
		return nil, err
	}
	m := t.message()
	m.ThreadTS = thread
	w.say(to, m, c.flag("reply_broadcast"))
	return object{"channel": to.ID, "ts": m.TS, "message": w.wire(m, true)}, nil
}

// say adds a message of the bot, which clears the status of its thread.
func (w *Workspace) say(to *conversation, m *Message, broadcast bool) {
	m.broadcast = broadcast && m.ThreadTS != ""
	if m.broadcast {
		m.Subtype = "thread_broadcast"
	}
	w.put(to, m)
	w.rooted(to, m)
	w.clearStatus(to.ID, m.ThreadTS)
	w.told(to, m, "")
}

// own returns a message of the bot.
func (w *Workspace) own(to *conversation, ts, denied string) (*Message, error) {
	m := to.byTS[ts]
	switch {
	case ts == "" || m == nil || m.Only != "" || m.Subtype == "tombstone":
		return nil, refuse("message_not_found")
	case m.BotID != botID:
		return nil, refuse(denied)
	}
	return m, nil
}

func (w *Workspace) updateMessage(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	m, err := w.own(to, c.Args["ts"], "cant_update_message")
	if err != nil {
		return nil, err
	}
	w.expire(m)
	if m.Stream == Streaming {
		return nil, refuse("streaming_state_conflict")
	}
	t, err := contentOf(c.Args)
	switch {
	case err != nil:
		return nil, err
	case length(t.text) > updateLimit:
		return nil, refuse("msg_too_long")
	case t.empty() && !t.hasBlocks:
		return nil, refuse("no_text")
	}
	previous := w.wire(m, false)
	m.apply(t)
	w.edited(to, m, previous)
	return object{"channel": to.ID, "ts": m.TS, "text": m.text(), "message": w.wire(m, true)}, nil
}

// apply replaces the content of a message. Text alone takes the blocks away.
func (m *Message) apply(t content) {
	if t.text != "" || t.markdown != "" || t.hasBlocks {
		m.Text, m.Markdown, m.Blocks, m.Tasks = t.text, t.markdown, t.blocks, nil
	}
	if t.metadata != nil {
		m.Metadata = t.metadata
	}
	m.Parsed = t.parsed
	if m.Stream == StreamExpired {
		m.Stream = StreamDone
	}
}

func (w *Workspace) deleteMessage(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	m, err := w.own(to, c.Args["ts"], "cant_delete_message")
	if err != nil {
		return nil, err
	}
	w.delete(to, m.TS)
	return object{"channel": to.ID, "ts": m.TS}, nil
}

func (w *Workspace) postEphemeral(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	t, err := contentOf(c.Args)
	switch {
	case err != nil:
		return nil, err
	case t.empty():
		return nil, refuse("no_text")
	case !slices.Contains(to.Members, c.Args["user"]):
		return nil, refuse("user_not_in_channel")
	}
	m := t.message()
	m.Only = c.Args["user"]
	m.ThreadTS = c.Args["thread_ts"]
	w.put(to, m)
	return object{"message_ts": m.TS}, nil
}

func (w *Workspace) getPermalink(c Call) (object, error) {
	in, err := w.readable(c, "read")
	if err != nil {
		return nil, err
	}
	ts := c.Args["message_ts"]
	m := in.byTS[ts]
	if m == nil {
		return nil, refuse("message_not_found")
	}
	link := "https://" + domain + ".slack.com/archives/" + in.ID + "/p" + strings.Replace(ts, ".", "", 1)
	if m.isThreadReply() {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + in.ID
	}
	return object{"channel": in.ID, "permalink": link}, nil
}
