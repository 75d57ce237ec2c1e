package slacktest

import (
	"context"
	"fmt"
	"slices"
)

// State is what readers see, and what happened, at one moment. It is valid
// while the function that it is passed to runs.
type State struct{ w *Workspace }

// Wait returns when the condition holds, which is asked now and after every
// change, or with the error of ctx.
func (w *Workspace) Wait(ctx context.Context, condition func(*State) bool) error {
	for {
		w.mu.Lock()
		met, changed := condition(&State{w}), w.changed
		w.mu.Unlock()
		if met {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for the workspace: %w", ctx.Err())
		}
	}
}

// Look calls f with the state as it is now.
func (w *Workspace) Look(f func(*State)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f(&State{w})
}

// look reads one value of the state.
func look[T any](w *Workspace, f func(*State) T) T {
	w.mu.Lock()
	defer w.mu.Unlock()
	return f(&State{w})
}

// Forget drops what was said and done so far, files, sessions and the log of
// calls among it; people, channels, homes and what is under way stay. It keeps
// the memory of a long test level.
func (w *Workspace) Forget() {
	w.change(func() {
		for _, c := range w.channels {
			c.messages = nil
			clear(c.byTS)
			clear(c.below)
		}
		clear(w.sessions)
		clear(w.files)
		clear(w.hooks)
		w.calls.recent = nil
		w.delivery.history, w.delivery.byID = nil, nil
		for _, e := range w.delivery.pending {
			w.delivery.remember(e)
		}
	})
}

// Changed returns a channel that is closed at the next change.
func (w *Workspace) Changed() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.changed
}

// Messages are the messages of a channel itself, oldest first, with replies
// that were broadcast.
func (w *Workspace) Messages(channel string) []Message {
	return look(w, func(s *State) []Message { return s.Messages(channel) })
}

// Thread is a root and its replies, oldest first.
func (w *Workspace) Thread(channel, root string) []Message {
	return look(w, func(s *State) []Message { return s.Thread(channel, root) })
}

// Message returns one message; false if it is not there.
func (w *Workspace) Message(channel, ts string) (Message, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return (&State{w}).Message(channel, ts)
}

// Ephemerals are the messages that a user alone sees, oldest first.
func (w *Workspace) Ephemerals(user string) []Message {
	return look(w, func(s *State) []Message { return s.Ephemerals(user) })
}

// Home is the home tab that a user sees; without one its ID is empty.
func (w *Workspace) Home(user string) View {
	return look(w, func(s *State) View { return s.Home(user) })
}

// OpenView is the modal that a user has on top; without one its ID is empty.
func (w *Workspace) OpenView(user string) View {
	return look(w, func(s *State) View { return s.OpenView(user) })
}

// Session is the agent's session in a thread.
func (w *Workspace) Session(channel, thread string) Session {
	return look(w, func(s *State) Session { return s.Session(channel, thread) })
}

// Prompts are those suggested to a user.
func (w *Workspace) Prompts(user string) Prompts {
	return look(w, func(s *State) Prompts { return s.Prompts(user) })
}

// Calls are the last calls of a method, oldest first; of all when it is empty.
func (w *Workspace) Calls(method string) []Call {
	return look(w, func(s *State) []Call { return s.Calls(method) })
}

// Deliveries are the sums of what was sent to the app.
func (w *Workspace) Deliveries() Counts {
	return look(w, func(s *State) Counts { return s.Deliveries() })
}

// Messages is Workspace.Messages.
func (s *State) Messages(channel string) []Message {
	return s.some(channel, func(m *Message) bool {
		return m.Only == "" && (!m.isThreadReply() || m.broadcast)
	})
}

// Thread is Workspace.Thread.
func (s *State) Thread(channel, root string) []Message {
	c := s.w.channel(channel)
	all := c.replies(root)
	if m := c.byTS[root]; m != nil {
		all = slices.Insert(all, 0, m)
	}
	return s.copies(all, func(*Message) bool { return true })
}

// ReplyCount is the number of replies below a root, without copying them.
func (s *State) ReplyCount(channel, root string) int { return len(s.w.channel(channel).replies(root)) }

// All are all messages of a channel, replies and ephemeral ones among them.
func (s *State) All(channel string) []Message {
	return s.some(channel, func(*Message) bool { return true })
}

func (s *State) some(channel string, wanted func(*Message) bool) []Message {
	return s.copies(s.w.channel(channel).messages, wanted)
}

func (s *State) copies(all []*Message, wanted func(*Message) bool) []Message {
	var found []Message
	for _, m := range all {
		if s.w.expire(m); wanted(m) {
			found = append(found, m.copied())
		}
	}
	return found
}

// Message is Workspace.Message.
func (s *State) Message(channel, ts string) (Message, bool) {
	m := s.w.channel(channel).byTS[ts]
	if m == nil {
		return Message{}, false
	}
	s.w.expire(m)
	return m.copied(), true
}

// Ephemerals is Workspace.Ephemerals.
func (s *State) Ephemerals(user string) []Message {
	var found []Message
	for _, c := range s.w.sorted() {
		found = append(found, s.some(c.ID, func(m *Message) bool { return m.Only == user })...)
	}
	slices.SortStableFunc(found, func(a, b Message) int {
		if a.TS < b.TS {
			return -1
		}
		return 1
	})
	return found
}

// Home is Workspace.Home.
func (s *State) Home(user string) View { return s.view(s.w.homes[user]) }

// OpenView is Workspace.OpenView.
func (s *State) OpenView(user string) View {
	open := s.w.modals[user]
	if len(open) == 0 {
		return View{}
	}
	return s.view(open[len(open)-1])
}

func (s *State) view(id string) View {
	if v := s.w.views[id]; v != nil {
		return *v
	}
	return View{}
}

// Session is Workspace.Session.
func (s *State) Session(channel, thread string) Session { return *s.w.session(channel, thread) }

// Prompts is Workspace.Prompts.
func (s *State) Prompts(user string) Prompts { return s.w.prompts[s.w.dm(user).ID] }

// Calls is Workspace.Calls.
func (s *State) Calls(method string) []Call {
	var some []Call
	for _, c := range s.w.calls.recent {
		if method == "" || c.Method == method {
			some = append(some, c)
		}
	}
	return some
}

// CallCount is how often a method was called; of all methods when it is empty.
func (s *State) CallCount(method string) int {
	if method == "" {
		return s.w.calls.total
	}
	return s.w.calls.counts[method]
}

// Deliveries is Workspace.Deliveries.
func (s *State) Deliveries() Counts {
	counts := s.w.delivery.counts
	counts.Waiting = len(s.w.delivery.queue)
	counts.Pending = len(s.w.delivery.pending)
	return counts
}

// Delivery is what became of one envelope; false when it is forgotten.
func (s *State) Delivery(id string) (Delivery, bool) {
	e := s.w.delivery.byID[id]
	if e == nil {
		return Delivery{}, false
	}
	return e.Delivery, true
}

// Sockets is the number of connections that take envelopes.
func (s *State) Sockets() int { return len(s.w.sockets.ready()) }

// Channel is a channel as it is now; false if it is not there.
func (s *State) Channel(id string) (Channel, bool) {
	c := s.w.channels[id]
	if c == nil {
		return Channel{}, false
	}
	copied := c.Channel
	copied.Members = slices.Clone(c.Members)
	return copied, true
}
