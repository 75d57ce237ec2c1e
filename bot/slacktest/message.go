package slacktest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

type object = map[string]any

// Block is one Block Kit block or element, as JSON decodes it.
type Block map[string]any

// Message is a message as the workspace keeps it. What a reader sees of it is
// told by Workspace.Render.
type Message struct {
	Channel  string
	TS       string
	ThreadTS string // of the root; empty outside threads
	User     string
	BotID    string // of an app's message
	Subtype  string
	Text     string // mrkdwn
	Markdown string // of markdown_text and of streams, which has no Text
	Blocks   []Block
	Metadata json.RawMessage
	Files    []File
	// Reactions are the users by name of the emoji.
	Reactions map[string][]string
	Edited    string // time of the last edit, as a timestamp
	// Unfurls says that links and media may be unfurled.
	Unfurls bool
	// Parsed says that bare names and @channel count, by parse or link_names.
	Parsed bool
	// Only is the user who alone sees an ephemeral message.
	Only string
	// Stream is the state of a streamed message.
	Stream StreamState
	// Tasks are those that a stream told of, in the order of their start.
	Tasks []Task

	broadcast bool
	team      string
	clientID  string
	stream    *stream
}

// StreamState is where a streamed message stands.
type StreamState string

// The states of streams; a message that is not streamed has none.
const (
	Streaming     StreamState = "streaming"
	StreamDone    StreamState = "done"    // finished by chat.stopStream
	StreamExpired StreamState = "expired" // too old, and shown as broken until it is updated
	StreamStopped StreamState = "stopped" // by the user's Stop button
)

// Task is a step that a stream shows.
type Task struct {
	ID, Title, Status, Details, Output string
}

// isThreadReply says that the message hangs below another.
func (m *Message) isThreadReply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// copied is a message that later changes do not reach.
func (m *Message) copied() Message {
	c := *m
	c.Blocks, c.Files, c.Tasks = slices.Clone(m.Blocks), slices.Clone(m.Files), slices.Clone(m.Tasks)
	c.Reactions = maps.Clone(m.Reactions)
	for name, users := range c.Reactions {
		c.Reactions[name] = slices.Clone(users)
	}
	c.stream = nil
	return c
}

// put adds a message to its channel.
func (w *Workspace) put(c *conversation, m *Message) {
	m.Channel = c.ID
	m.TS = w.nextTS()
	m.team = orDefault(m.team, TeamID)
	c.messages = append(c.messages, m)
	c.byTS[m.TS] = m
	if m.isThreadReply() {
		c.below[m.ThreadTS] = append(c.below[m.ThreadTS], m)
	}
}

func (c *conversation) remove(m *Message) {
	same := func(other *Message) bool { return other == m }
	delete(c.byTS, m.TS)
	c.messages = slices.DeleteFunc(c.messages, same)
	c.below[m.ThreadTS] = slices.DeleteFunc(c.below[m.ThreadTS], same)
}

// replies are the messages below a root, oldest first.
func (c *conversation) replies(root string) []*Message {
	return slices.DeleteFunc(slices.Clone(c.below[root]), func(m *Message) bool { return m.Only != "" })
}

// wire is the message as the Web API and events show it.
func (w *Workspace) wire(m *Message, metadata bool) object {
	o := object{"type": "message", "ts": m.TS, "text": m.text(), "team": m.team}
	set := func(key, value string) {
		if value != "" {
			o[key] = value
		}
	}
	set("user", m.User)
	set("subtype", m.Subtype)
	set("client_msg_id", m.clientID)
	set("thread_ts", m.ThreadTS)
	if m.BotID != "" {
		o["bot_id"], o["app_id"] = m.BotID, AppID
		o["bot_profile"] = object{"id": m.BotID, "app_id": AppID, "name": "docent", "team_id": TeamID}
	}
	if len(m.Blocks) > 0 {
		o["blocks"] = m.Blocks
	}
	if len(m.Files) > 0 {
		o["files"], o["upload"] = w.wireFiles(m.Files), true
	}
	if m.Edited != "" {
		o["edited"] = object{"user": m.User, "ts": m.Edited}
	}
	if metadata && m.Metadata != nil {
		o["metadata"] = m.Metadata
	}
	if m.Stream == Streaming {
		o["streaming_state"] = "in_progress"
	}
	w.wireThread(m, o)
	return o
}

// wireThread adds what a root knows of its replies, and a reply of its root.
func (w *Workspace) wireThread(m *Message, o object) {
	c := w.channels[m.Channel]
	if c == nil || m.ThreadTS == "" {
		return
	}
	if m.isThreadReply() {
		if root := c.byTS[m.ThreadTS]; root != nil {
			o["parent_user_id"] = root.User
		}
		return
	}
	replies := c.replies(m.TS)
	var users []string
	for _, r := range replies {
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	o["reply_count"], o["reply_users"], o["reply_users_count"] = len(replies), users, len(users)
	if len(replies) > 0 {
		o["latest_reply"] = replies[len(replies)-1].TS
	}
	if len(m.Reactions) > 0 {
		o["reactions"] = wireReactions(m.Reactions)
	}
}

func wireReactions(reactions map[string][]string) []object {
	var all []object
	for _, name := range slices.Sorted(maps.Keys(reactions)) {
		all = append(all, object{"name": name, "users": reactions[name], "count": len(reactions[name])})
	}
	return all
}

// text is what the text field shows: of Markdown, the Markdown.
func (m *Message) text() string {
	if m.Text == "" {
		return m.Markdown
	}
	return m.Text
}

// age is the time since a timestamp.
func (w *Workspace) age(at time.Time) time.Duration { return w.now().Sub(at) }
