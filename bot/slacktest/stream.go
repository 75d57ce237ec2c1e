package slacktest

import (
	"encoding/json"
	"time"
)

// StreamLife is how long a stream stays open, whatever is appended to it.
const StreamLife = 5 * time.Minute

// taskField is the most characters of a field of a task or plan chunk.
const taskField = 256

// stream is what a message knows while it is streamed.
type stream struct {
	started time.Time
	blocks  int // of chunks
}

func (w *Workspace) startStream(c Call) (object, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, err
	}
	if err := streamPlace(to, c); err != nil {
		return nil, err
	}
	m := &Message{
		User: botUID, BotID: botID, Stream: Streaming, ThreadTS: c.Args["thread_ts"], stream: &stream{started: w.now()},
	}
	if err := m.append(c); err != nil {
		return nil, err
	}
	w.say(to, m, false)
	return object{"channel": to.ID, "ts": m.TS}, nil
}

// streamPlace checks that a stream goes into a thread and names its reader.
func streamPlace(to *conversation, c Call) error {
	thread := c.Args["thread_ts"]
	switch {
	case to.MPIM:
		return refuse("channel_type_not_supported")
	case to.im == "" && to.byTS[thread] == nil, thread != "" && to.byTS[thread] == nil:
		return refuse("invalid_thread_ts")
	case to.im == "" && c.Args["recipient_team_id"] == "":
		return refuse("missing_recipient_team_id")
	case to.im == "" && c.Args["recipient_user_id"] == "":
		return refuse("missing_recipient_user_id")
	}
	if mode := c.Args["task_display_mode"]; mode != "" && mode != "timeline" && mode != "plan" {
		return refuse("invalid_arguments")
	}
	return nil
}

// streaming returns a message that may be appended to.
func (w *Workspace) streaming(c Call) (*conversation, *Message, error) {
	to, err := w.target(c)
	if err != nil {
		return nil, nil, err
	}
	m, err := w.own(to, c.Args["ts"], "message_not_owned_by_app")
	if err != nil {
		return nil, nil, err
	}
	w.expire(m)
	switch m.Stream {
	case Streaming:
		return to, m, nil
	case StreamStopped:
		return nil, nil, refuse("stopped_by_user")
	}
	return nil, nil, refuse("message_not_in_streaming_state")
}

// expire ends a stream that has lived too long.
func (w *Workspace) expire(m *Message) {
	if m.Stream == Streaming && w.age(m.stream.started) >= StreamLife {
		m.Stream = StreamExpired
	}
}

func (w *Workspace) appendStream(c Call) (object, error) {
	to, m, err := w.streaming(c)
	if err != nil {
		return nil, err
	}
	if c.Args["markdown_text"] == "" && c.Args["chunks"] == "" {
		return nil, refuse("no_text")
	}
	previous := w.wire(m, false)
	if err := m.append(c); err != nil {
		return nil, err
	}
	w.altered(to, m, previous, w.nextTS())
	return object{"channel": to.ID, "ts": m.TS}, nil
}

func (w *Workspace) stopStream(c Call) (object, error) {
	to, m, err := w.streaming(c)
	if err != nil {
		return nil, err
	}
	blocks, err := parseBlocks(c.Args["blocks"])
	if err != nil {
		return nil, err
	}
	if err := checkBlocks(blocks, inStream); err != nil {
		return nil, err
	}
	if raw := c.Args["metadata"]; raw != "" {
		if err := checkMetadata(raw); err != nil {
			return nil, err
		}
		m.Metadata = json.RawMessage(raw)
	}
	if err := m.append(c); err != nil {
		return nil, err
	}
	previous := w.wire(m, false)
	m.Blocks = append(m.Blocks, blocks...)
	name(m.Blocks)
	m.Stream = StreamDone
	if status := c.Args["session_status"]; status != "" {
		w.session(to.ID, m.ThreadTS).Status = status
	}
	w.clearStatus(to.ID, m.ThreadTS)
	w.altered(to, m, previous, w.nextTS())
	return object{"channel": to.ID, "ts": m.TS, "message": w.wire(m, true)}, nil
}

// chunk is one step of a stream.
type chunk struct {
	Type    string            `json:"type"`
	Text    string            `json:"text"`
	ID      string            `json:"id"`
	Title   string            `json:"title"`
	Status  string            `json:"status"`
	Details string            `json:"details"`
	Output  string            `json:"output"`
	Blocks  []Block           `json:"blocks"`
	Sources []json.RawMessage `json:"sources"`
}

// append takes the text or the chunks of a call.
func (m *Message) append(c Call) error {
	text, raw := c.Args["markdown_text"], c.Args["chunks"]
	switch {
	case text != "" && raw != "":
		return refuse("markdown_text_conflict")
	case length(text) > markdownLimit:
		return refuse("msg_too_long")
	}
	m.Markdown += text
	if raw == "" {
		return nil
	}
	var chunks []chunk
	if err := json.Unmarshal([]byte(raw), &chunks); err != nil {
		return refuse("invalid_chunks")
	}
	for _, one := range chunks {
		if err := m.chunk(one); err != nil {
			return err
		}
	}
	return nil
}

func (m *Message) chunk(c chunk) error {
	switch c.Type {
	case "markdown_text":
		if length(c.Text) > markdownLimit {
			return refuse("msg_too_long")
		}
		m.Markdown += c.Text
	case "task_update":
		if c.ID == "" || c.Title == "" || length(c.Title) > taskField || length(c.Details) > taskField || length(c.Output) > taskField {
			return refuse("invalid_chunks")
		}
		m.task(c)
	case "plan_update":
		if c.Title == "" || length(c.Title) > taskField {
			return refuse("invalid_chunks")
		}
	case "blocks":
		if err := checkBlocks(c.Blocks, inStream); err != nil {
			return err
		}
		if m.stream.blocks += len(c.Blocks); m.stream.blocks > messageBlocks {
			return refuse("invalid_blocks")
		}
		m.Blocks = append(m.Blocks, c.Blocks...)
	default:
		return refuse("invalid_chunks")
	}
	return nil
}

// task starts a task or changes it: title and status are replaced, details are
// added to.
func (m *Message) task(c chunk) {
	for i := range m.Tasks {
		if t := &m.Tasks[i]; t.ID == c.ID {
			t.Title, t.Status, t.Details, t.Output = c.Title, orDefault(c.Status, t.Status), t.Details+c.Details, t.Output+c.Output
			return
		}
	}
	m.Tasks = append(m.Tasks, Task{ID: c.ID, Title: c.Title, Status: c.Status, Details: c.Details, Output: c.Output})
}
