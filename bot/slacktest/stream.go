package slacktest

import "time"

// StreamLife is how long a stream stays open, whatever is appended to it.
const StreamLife = 5 * time.Minute

// markdownLimit is the most characters of a call's markdown_text.
const markdownLimit = 12_000

// StreamState is where a streamed message stands.
type StreamState string

// The states of streams; a message that is not streamed has none.
const (
	Streaming     StreamState = "streaming"
	StreamDone    StreamState = "done"    // finished by chat.stopStream
	StreamExpired StreamState = "expired" // too old, and shown as broken until it is updated
	StreamStopped StreamState = "stopped" // by the user's Stop button
)

func (w *Workspace) startStream(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	root := c.Args["thread_ts"]
	switch {
	case to.MPIM:
		return nil, refuse("channel_type_not_supported")
	case to.byTS[root] == nil && (to.im == "" || root != ""):
		return nil, refuse("invalid_thread_ts")
	case to.im == "" && c.Args["recipient_team_id"] == "":
		return nil, refuse("missing_recipient_team_id")
	case to.im == "" && c.Args["recipient_user_id"] == "":
		return nil, refuse("missing_recipient_user_id")
	}
	m := &Message{User: botUID, BotID: botID, Stream: Streaming, ThreadTS: root, streamed: w.now()}
	if err := m.append(c); err != nil {
		return nil, err
	}
	w.put(to, m)
	w.emitPosted(to, m)
	return object{"channel": to.ID, "ts": m.TS}, nil
}

// expire ends a stream that has lived too long.
func (w *Workspace) expire(m *Message) {
	if m.Stream == Streaming && w.now().Sub(m.streamed) >= StreamLife {
		m.Stream = StreamExpired
	}
}

func (w *Workspace) appendStream(c Call) (object, error) { return w.stream(c, Streaming) }

func (w *Workspace) stopStream(c Call) (object, error) { return w.stream(c, StreamDone) }

// stream appends to a message and leaves it in a state.
func (w *Workspace) stream(c Call, state StreamState) (object, error) {
	to, m, err := w.own(c, "message_not_owned_by_app")
	switch {
	case err != nil:
		return nil, err
	case m.Stream == StreamStopped:
		return nil, refuse("stopped_by_user")
	case m.Stream != Streaming:
		return nil, refuse("message_not_in_streaming_state")
	case state == Streaming && c.Args["markdown_text"] == "":
		return nil, refuse("no_text")
	}
	previous := w.wire(m)
	if err := m.append(c); err != nil {
		return nil, err
	}
	m.Stream = state
	w.emitChanged(to, m, previous, w.nextTS())
	return object{"channel": to.ID, "ts": m.TS}, nil
}

// append takes the text of a call. Chunks, and blocks below them, are not known
// here.
func (m *Message) append(c Call) error {
	text := c.Args["markdown_text"]
	switch {
	case c.Args["chunks"] != "" || c.Args["blocks"] != "":
		return refuse("not_in_slacktest")
	case length(text) > markdownLimit:
		return refuse("msg_too_long")
	}
	m.Markdown += text
	return nil
}
