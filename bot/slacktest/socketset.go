package slacktest

import (
	"slices"
	"time"
)

// socketSet is all connections and what is to go wrong with them.
type socketSet struct {
	open    []*socket
	tickets map[string]bool
	opened  int

	duplicate, loseAcks int
	reorder             int
	held                []*envelope
	refuse              int
	refuseReason        string
}

func (s *socketSet) all() []*socket { return slices.Clone(s.open) }

// ready are the connections that take envelopes.
func (s *socketSet) ready() []*socket {
	var ready []*socket
	for _, one := range s.open {
		if !one.leaving {
			ready = append(ready, one)
		}
	}
	return ready
}

// send gives an envelope to one of the connections; false when there is none.
func (s *socketSet) send(w *Workspace, e *envelope) bool {
	if len(s.ready()) == 0 {
		return false
	}
	if s.reorder > 0 {
		s.hold(w, e)
		return true
	}
	return s.sendNow(w, e)
}

func (s *socketSet) sendNow(w *Workspace, e *envelope) bool {
	ready := s.ready()
	if len(ready) == 0 {
		return false
	}
	to := ready[w.random.IntN(len(ready))]
	w.attempted(e)
	frame := e.frame()
	to.write(frame)
	if s.duplicate > 0 {
		s.duplicate--
		w.delivery.counts.Sent++
		ready[w.random.IntN(len(ready))].write(frame)
	}
	return true
}

// hold keeps an envelope back until as many are there as are to be reordered;
// they leave in reverse. What does not fill up leaves after a moment.
func (s *socketSet) hold(w *Workspace, e *envelope) {
	s.held = append(s.held, e)
	if len(s.held) == 1 {
		time.AfterFunc(50*time.Millisecond, func() { w.change(func() { s.release(w) }) })
	}
	if len(s.held) >= s.reorder {
		s.release(w)
	}
}

func (s *socketSet) release(w *Workspace) {
	s.reorder = 0
	held := s.held
	s.held = nil
	for _, e := range slices.Backward(held) {
		if !s.sendNow(w, e) {
			w.enqueue(e)
		}
	}
}
