package slacktest

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

type object = map[string]any

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
	Markdown string // of streams, which have no Text
	Blocks   []Block
	Metadata json.RawMessage
	Files    []File
	Edited   string // time of the last edit, as a timestamp
	// Unfurls says that links and media may be unfurled.
	Unfurls bool
	// Parsed says that bare names and @channel count, by parse or link_names.
	Parsed bool
	// EphemeralTo is the user who alone sees an ephemeral message.
	EphemeralTo string
	// Stream is the state of a streamed message.
	Stream StreamState

	team     string
	streamed time.Time // when the stream began
}

// isThreadReply says that the message hangs below another.
func (m *Message) isThreadReply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// copied is a message that later changes do not reach.
func (m *Message) copied() Message {
	c := *m
	c.Blocks, c.Files = slices.Clone(m.Blocks), slices.Clone(m.Files)
	return c
}

// put adds a message to its channel, and makes the one above a reply the root
// of a thread.
func (w *Workspace) put(c *conversation, m *Message) {
	m.Channel = c.ID
	m.TS = w.nextTS()
	m.team = cmp.Or(m.team, TeamID)
	c.messages = append(c.messages, m)
	c.byTS[m.TS] = m
	if !m.isThreadReply() {
		return
	}
	c.below[m.ThreadTS] = append(c.below[m.ThreadTS], m)
	if root := c.byTS[m.ThreadTS]; root != nil && m.EphemeralTo == "" {
		root.ThreadTS = root.TS
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
	return slices.DeleteFunc(slices.Clone(c.below[root]), func(m *Message) bool { return m.EphemeralTo != "" })
}

// wire is the message as the Web API and events show it.
func (w *Workspace) wire(m *Message) object {
	o := object{"type": "message", "ts": m.TS, "text": cmp.Or(m.Text, m.Markdown), "team": m.team, "user": m.User}
	if m.Subtype != "" {
		o["subtype"] = m.Subtype
	}
	if m.ThreadTS != "" {
		o["thread_ts"] = m.ThreadTS
	}
	if m.BotID != "" {
		o["bot_id"], o["app_id"] = m.BotID, AppID
		o["bot_profile"] = object{"id": m.BotID, "app_id": AppID, "name": "docent", "team_id": TeamID}
	}
	if len(m.Blocks) > 0 {
		o["blocks"] = m.Blocks
	}
	if len(m.Files) > 0 {
		var files []object
		for _, f := range m.Files {
			files = append(files, w.wireFile(&f))
		}
		o["files"], o["upload"] = files, true
	}
	if m.Edited != "" {
		o["edited"] = object{"user": m.User, "ts": m.Edited}
	}
	if m.Metadata != nil {
		o["metadata"] = m.Metadata
	}
	if m.Stream == Streaming {
		o["streaming_state"] = "in_progress"
	}
	return o
}
