package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// Counts are the sums of what was sent to the app.
type Counts struct {
	Envelopes   int // different ones
	Sent        int // attempts, duplicates included
	Redelivered int
	Acked       int // envelopes
	Stray       int // acknowledgements of what is not waited for
	Lost        int // events after the last attempt, and interactions that were not acknowledged in time
	Waiting     int // for a connection
	Pending     int // sent, not acknowledged
}

// envelope is one thing that the app must acknowledge.
type envelope struct {
	id       string
	kind     string // events_api, slash_commands or interactive
	payload  object
	body     json.RawMessage // the payload as it was when it happened
	attempts int
	onAck    func()
	stop     func() // of the running deadline
	retry    string // reason of the redelivery
	waiting  bool   // for a connection
}

type deliveries struct {
	pending map[string]*envelope
	queue   []*envelope // wait for a connection, oldest first
	counts  Counts
}

// deliver sends an envelope to the app, over HTTP or over a connection.
func (w *Workspace) deliver(e *envelope) {
	e.id, e.body = w.nextID("env-"), encode(e.payload)
	w.delivery.counts.Envelopes++
	w.delivery.pending[e.id] = e
	w.attempt(e)
}

// attempt sends an envelope once, or queues it until there is a connection.
func (w *Workspace) attempt(e *envelope) {
	if w.closed || w.delivery.pending[e.id] == nil {
		return
	}
	if w.endpoint != "" {
		w.attempted(e)
		w.postEnvelope(e)
		return
	}
	if !w.sockets.send(w, e) {
		w.enqueue(e)
	}
}

func (w *Workspace) enqueue(e *envelope) {
	e.waiting = true
	w.delivery.queue = append(w.delivery.queue, e)
	if e.kind != "events_api" {
		w.armDeadline(e) // the user waits, but not for long
	}
}

// flush sends what waited for a connection.
func (w *Workspace) flush() {
	waiting := w.delivery.queue
	w.delivery.queue = nil
	for _, e := range waiting {
		e.waiting = false
		w.attempt(e)
	}
}

// attempted counts an attempt and starts its deadline.
func (w *Workspace) attempted(e *envelope) {
	e.attempts++
	w.delivery.counts.Sent++
	if e.attempts > 1 {
		w.delivery.counts.Redelivered++
	}
	w.armDeadline(e)
}

func (w *Workspace) armDeadline(e *envelope) {
	if e.stop != nil {
		e.stop()
	}
	e.stop = w.options.Clock.AfterFunc(w.options.AckDeadline, func() {
		w.change(func() { w.late(e, "timeout") })
	})
}

// late has an event that was not acknowledged sent again, or gives it up.
func (w *Workspace) late(e *envelope, reason string) {
	switch {
	case w.closed || w.delivery.pending[e.id] == nil:
	case e.kind == "events_api" && e.waiting:
	case e.kind != "events_api", e.attempts > len(w.options.Redelivery):
		e.done(&w.delivery)
		w.delivery.counts.Lost++
	default:
		e.retry = reason
		w.after(w.options.Redelivery[e.attempts-1], func() { w.attempt(e) })
	}
}

// after calls f with the lock once d has passed.
func (w *Workspace) after(d time.Duration, f func()) {
	if d == 0 {
		f()
		return
	}
	w.options.Clock.AfterFunc(d, func() { w.change(f) })
}

// done takes an envelope out of all that waits.
func (e *envelope) done(d *deliveries) {
	delete(d.pending, e.id)
	if e.stop != nil {
		e.stop()
	}
	d.queue = slices.DeleteFunc(d.queue, func(q *envelope) bool { return q == e })
}

// acked takes an acknowledgement, on whichever connection it came.
func (w *Workspace) acked(id string) {
	e := w.delivery.pending[id]
	if e == nil {
		w.delivery.counts.Stray++
		return
	}
	e.done(&w.delivery)
	w.delivery.counts.Acked++
	if e.onAck != nil {
		e.onAck()
	}
}

func (d *deliveries) stopAll() {
	for _, e := range d.pending {
		if e.stop != nil {
			e.stop()
		}
	}
}

// frame is the envelope as a connection carries it.
func (e *envelope) frame() []byte {
	return encode(object{
		"envelope_id": e.id, "type": e.kind, "accepts_response_payload": e.kind != "events_api", "payload": e.body,
		"retry_attempt": max(e.attempts-1, 0), "retry_reason": e.retry,
	})
}
