package slacktest

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
func look[T any](w *Workspace, f func(*State) T) (value T) {
	w.Look(func(s *State) { value = f(s) })
	return value
}

// Messages is State.Messages, now.
func (w *Workspace) Messages(channel string) []Message {
	return look(w, func(s *State) []Message { return s.Messages(channel) })
}

// Thread is State.Thread, now.
func (w *Workspace) Thread(channel, root string) []Message {
	return look(w, func(s *State) []Message { return s.Thread(channel, root) })
}

// Ephemerals is State.Ephemerals, now.
func (w *Workspace) Ephemerals(user string) []Message {
	return look(w, func(s *State) []Message { return s.Ephemerals(user) })
}

// Home is State.Home, now.
func (w *Workspace) Home(user string) View {
	return look(w, func(s *State) View { return s.Home(user) })
}

// OpenView is State.OpenView, now.
func (w *Workspace) OpenView(user string) View {
	return look(w, func(s *State) View { return s.OpenView(user) })
}

// Session is State.Session, now.
func (w *Workspace) Session(channel, root string) Session {
	return look(w, func(s *State) Session { return s.Session(channel, root) })
}

// Prompts is State.Prompts, now.
func (w *Workspace) Prompts(user string) Prompts {
	return look(w, func(s *State) Prompts { return s.Prompts(user) })
}

// Calls is State.Calls, now.
func (w *Workspace) Calls(method string) []Call {
	return look(w, func(s *State) []Call { return s.Calls(method) })
}

// Deliveries is State.Deliveries, now.
func (w *Workspace) Deliveries() Counts { return look(w, (*State).Deliveries) }

// Messages are the messages of a channel itself, oldest first.
func (s *State) Messages(channel string) []Message {
	return s.some(channel, func(m *Message) bool { return m.EphemeralTo == "" && !m.isThreadReply() })
}

// Thread is a root and its replies, oldest first.
func (s *State) Thread(channel, root string) []Message {
	c := s.w.channel(channel)
	all := c.replies(root)
	if m := c.byTS[root]; m != nil {
		all = slices.Insert(all, 0, m)
	}
	return s.copies(all)
}

// ReplyCount is the number of replies below a root, without copying them.
func (s *State) ReplyCount(channel, root string) int { return len(s.w.channel(channel).replies(root)) }

func (s *State) some(channel string, wanted func(*Message) bool) []Message {
	var found []*Message
	for _, m := range s.w.channel(channel).messages {
		if wanted(m) {
			found = append(found, m)
		}
	}
	return s.copies(found)
}

func (s *State) copies(all []*Message) []Message {
	copies := make([]Message, len(all))
	for i, m := range all {
		s.w.expire(m)
		copies[i] = m.copied()
	}
	return copies
}

// Message returns one message; false if it is not there.
func (s *State) Message(channel, ts string) (Message, bool) {
	m := s.w.channel(channel).byTS[ts]
	if m == nil {
		return Message{}, false
	}
	s.w.expire(m)
	return m.copied(), true
}

// Ephemerals are the messages that a user alone sees, oldest first.
func (s *State) Ephemerals(user string) []Message {
	var found []Message
	for id := range s.w.channels {
		found = append(found, s.some(id, func(m *Message) bool { return m.EphemeralTo == user })...)
	}
	slices.SortFunc(found, func(a, b Message) int { return strings.Compare(a.TS, b.TS) })
	return found
}

// Home is the home tab that a user sees; without one its ID is empty.
func (s *State) Home(user string) View { return s.w.homes[user] }

// OpenView is the modal that a user has open; without one its ID is empty.
func (s *State) OpenView(user string) View { return s.w.modals[user] }

// Session is the agent's session in a thread.
func (s *State) Session(channel, root string) Session { return s.w.sessions[thread{channel, root}] }

// Prompts are those suggested to a user.
func (s *State) Prompts(user string) Prompts { return s.w.prompts[s.w.dm(user).ID] }

// Calls are the last calls of a method, oldest first.
func (s *State) Calls(method string) []Call {
	var some []Call
	for _, c := range s.w.calls.recent {
		if c.Method == method {
			some = append(some, c)
		}
	}
	return some
}

// CallCount is how often a method was called.
func (s *State) CallCount(method string) int { return s.w.calls.counts[method] }

// Deliveries are the sums of what was sent to the app.
func (s *State) Deliveries() Counts {
	counts := s.w.delivery.counts
	counts.Waiting = len(s.w.delivery.queue)
	counts.Pending = len(s.w.delivery.pending)
	return counts
}

// Sockets is the number of connections that take envelopes.
func (s *State) Sockets() int { return len(s.w.sockets.ready()) }
