package slacktest

// Sockets are the app's connections, to be counted and broken.
type Sockets struct{ w *Workspace }

// Sockets returns the connections of Socket Mode.
func (w *Workspace) Sockets() Sockets { return Sockets{w} }

// Count is the number of connections that take envelopes.
func (s Sockets) Count() int { return look(s.w, (*State).Sockets) }

// Opened is the number of connections that there ever were.
func (s Sockets) Opened() int {
	return look(s.w, func(s *State) int { return s.w.sockets.opened })
}

// Disconnect warns the oldest connection that it will be closed, with Slack's
// reason: "warning", "refresh_requested", "link_disabled" or
// "too_many_websockets". It is closed 10 s later, or when the app leaves; until
// then it takes acknowledgements and gets no more envelopes.
func (s Sockets) Disconnect(reason string) {
	s.oldest(func(one *socket) { s.w.warn(one, reason) })
}

// Drop breaks the oldest connection without a word.
func (s Sockets) Drop() { s.oldest((*socket).kill) }

// DropAll breaks every connection.
func (s Sockets) DropAll() {
	s.w.change(func() {
		for _, one := range s.w.sockets.all() {
			one.kill()
		}
	})
}

// Duplicate sends each of the next n envelopes twice.
func (s Sockets) Duplicate(n int) { s.w.change(func() { s.w.sockets.duplicate += n }) }

// Reorder holds the next n envelopes back and sends them in reverse. Fewer
// leave in reverse after 50 ms.
func (s Sockets) Reorder(n int) { s.w.change(func() { s.w.sockets.reorder = n }) }

// LoseAcks ignores the next n acknowledgements, so that what they belong to
// comes again after the deadline.
func (s Sockets) LoseAcks(n int) { s.w.change(func() { s.w.sockets.loseAcks += n }) }

// Refuse disconnects the next n connections with a reason right after they
// were made.
func (s Sockets) Refuse(n int, reason string) {
	s.w.change(func() { s.w.sockets.refuse, s.w.sockets.refuseReason = n, reason })
}

func (s Sockets) oldest(f func(*socket)) {
	s.w.change(func() {
		if ready := s.w.sockets.ready(); len(ready) > 0 {
			f(ready[0])
		}
	})
}
