package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// place is a thread.
type place struct{ channel, thread string }

// Session is the agent's session in a thread, with the older status line.
type Session struct {
	Status string // active, processing, suspended or closed; empty is none
	Title  string
	// Line is the status of assistant.threads.setStatus, such as "is reading…".
	Line    string
	Loading []string // its loading messages

	statusAt, lineAt time.Time
}

// Prompts are those suggested in a user's direct messages.
type Prompts struct {
	Title   string
	Prompts []Prompt
}

// Prompt is one suggestion: what is shown, and what is said when it is clicked.
type Prompt struct {
	Title   string `json:"title"`
	Message string `json:"message"`
}

const (
	processingLife = time.Hour       // of the status processing
	lineLife       = 2 * time.Minute // of a status line
)

func (w *Workspace) session(channel, thread string) *Session {
	at := place{channel, thread}
	s := w.sessions[at]
	if s == nil {
		s = &Session{}
		w.sessions[at] = s
	}
	if s.Status == "processing" && w.age(s.statusAt) > processingLife {
		s.Status = "active"
	}
	if s.Line != "" && w.age(s.lineAt) > lineLife {
		s.Line, s.Loading = "", nil
	}
	return s
}

// clearStatus takes the status line away, as an answer does.
func (w *Workspace) clearStatus(channel, thread string) {
	if s := w.sessions[place{channel, thread}]; s != nil {
		s.Line, s.Loading = "", nil
	}
}

// thread returns the session that a call is about.
func (w *Workspace) thread(c Call) (*Session, error) {
	to := w.channels[c.Args["channel_id"]]
	switch thread := c.Args["thread_ts"]; {
	case to == nil || !to.has(botUID):
		return nil, refuse("channel_not_found")
	case thread == "" && to.im == "":
		return nil, refuse("invalid_arguments")
	case thread != "" && to.byTS[thread] == nil:
		return nil, refuse("thread_not_found")
	default:
		return w.session(to.ID, thread), nil
	}
}

func (w *Workspace) threadStatus(c Call) (object, error) {
	s, err := w.thread(c)
	if err != nil {
		return nil, err
	}
	var loading []string
	if raw := c.Args["loading_messages"]; raw != "" {
		loading = strings.Split(raw, ",") // as slack-go sends them
	}
	if len(loading) > 10 || slices.ContainsFunc(loading, func(m string) bool { return length(m) > 50 }) {
		return nil, refuse("invalid_arguments")
	}
	s.Line, s.Loading, s.lineAt = c.Args["status"], loading, w.now()
	return nil, nil
}

func (w *Workspace) threadTitle(c Call) (object, error) {
	s, err := w.thread(c)
	if err != nil {
		return nil, err
	}
	s.Title = c.Args["title"]
	return nil, nil
}

func (w *Workspace) suggestPrompts(c Call) (object, error) {
	to := w.channels[c.Args["channel_id"]]
	if to == nil || to.im == "" {
		return nil, refuse("channel_not_found")
	}
	var prompts []Prompt
	if err := json.Unmarshal([]byte(c.Args["prompts"]), &prompts); err != nil || len(prompts) == 0 || len(prompts) > 4 {
		return nil, refuse("invalid_arguments")
	}
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, refuse("invalid_arguments")
		}
	}
	if c.Args["thread_ts"] == "" { // with it the call does nothing, and says so to nobody
		w.prompts[to.ID] = Prompts{Title: c.Args["title"], Prompts: prompts}
	}
	return nil, nil
}

func (w *Workspace) sessionStatus(c Call) (object, error) {
	s, err := w.thread(c)
	if err != nil {
		return nil, err
	}
	status := c.Args["status"]
	if !slices.Contains([]string{"active", "processing", "suspended", "closed"}, status) {
		return nil, refuse("invalid_arguments")
	}
	if title := c.Args["title"]; title != "" {
		if length(title) > 200 {
			return nil, refuse("invalid_arguments")
		}
		s.Title = title
	}
	s.Status, s.statusAt = status, w.now()
	answer := object{"status": status, "agent_status": status, "title": s.Title}
	if !slices.Contains(w.options.Events, "agent_session_stopped") {
		answer["warning"] = "missing_agent_session_stopped_event_subscription"
	}
	return answer, nil
}

func (w *Workspace) renameSession(c Call) (object, error) {
	s, err := w.thread(c)
	switch title := c.Args["title"]; {
	case err != nil:
		return nil, err
	case s.Status == "":
		return nil, refuse("not_authorized")
	case title == "" || length(title) > 200:
		return nil, refuse("invalid_arguments")
	default:
		s.Title = title
		return object{"title": title}, nil
	}
}
