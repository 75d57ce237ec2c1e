package slacktest

import (
	"encoding/json"
	"slices"
)

// thread is where an agent works.
type thread struct{ channel, root string }

// Session is the agent's session in a thread.
type Session struct {
	Status string // active, processing, suspended or closed; empty is none
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

func (w *Workspace) suggestPrompts(c Call) (object, error) {
	to := w.channels[c.Args["channel_id"]]
	if to == nil || to.im == "" {
		return nil, refuse("channel_not_found")
	}
	var prompts []Prompt
	if err := json.Unmarshal([]byte(c.Args["prompts"]), &prompts); err != nil || len(prompts) == 0 || len(prompts) > 4 {
		return nil, refuse("invalid_arguments")
	}
	if slices.ContainsFunc(prompts, func(p Prompt) bool { return p.Title == "" || p.Message == "" }) {
		return nil, refuse("invalid_arguments")
	}
	if c.Args["thread_ts"] == "" { // with it the call does nothing, and says so to nobody
		w.prompts[to.ID] = Prompts{Title: c.Args["title"], Prompts: prompts}
	}
	return nil, nil
}

func (w *Workspace) setSessionStatus(c Call) (object, error) {
	to, root, status := w.channels[c.Args["channel_id"]], c.Args["thread_ts"], c.Args["status"]
	switch {
	case to == nil || !to.hasBot():
		return nil, refuse("channel_not_found")
	case to.byTS[root] == nil:
		return nil, refuse("thread_not_found")
	case !slices.Contains([]string{"active", "processing", "suspended", "closed"}, status):
		return nil, refuse("invalid_arguments")
	}
	w.sessions[thread{to.ID, root}] = Session{Status: status}
	return object{"status": status, "agent_status": status}, nil
}
