package slacktest

import (
	"encoding/json"
	"time"
)

// Delivery tells what became of an envelope that was sent to the app.
type Delivery struct {
	ID       string // of the envelope
	Kind     string // events_api, slash_commands or interactive
	Attempts int
	Acked    bool
	// Error is empty, "operation_timeout" for an interaction that was not
	// acknowledged in time, "gave_up" for an event after its last attempt,
	// or "dropped" for one more than the queue holds.
	Error string
	Reply json.RawMessage // the payload of the acknowledgement
}

// Counts are the sums of all deliveries.
type Counts struct {
	Envelopes    int // different ones
	Sent         int // attempts, duplicates included
	Redelivered  int
	Acked        int // envelopes
	AckedAgain   int // acknowledgements of what was acknowledged before
	UnknownAcked int // acknowledgements of what was never sent
	Lost         int // see Delivery.Error
	Waiting      int // for a connection
	Pending      int // sent, not acknowledged
}

// envelope is one thing that the app must acknowledge.
type envelope struct {
	Delivery
	kind    string
	eventID string
	payload object
	body    json.RawMessage // the payload as it was when it happened
	asks    bool            // accepts a response payload
	onAck   func(reply json.RawMessage)
	onFail  func()
	stop    func() // of the running deadline
	retry   string // reason of the redelivery
	waiting bool
}

const (
	queueLimit  = 10_000 // envelopes that wait for a connection
	historySize = 2_000  // deliveries that are remembered
	replyLimit  = 20_480 // bytes of an acknowledgement that Slack takes
)

type deliveries struct {
	pending map[string]*envelope
	queue   []*envelope // wait for a connection, oldest first
	history []*envelope
	byID    map[string]*envelope
	counts  Counts
}

// deliver sends an envelope to the app, over HTTP or over a connection.
func (w *Workspace) deliver(e *envelope) *envelope {
	e.ID, e.Kind, e.body = w.nextID("env-"), e.kind, encode(e.payload)
	w.delivery.counts.Envelopes++
	w.delivery.remember(e)
	w.delivery.pending[e.ID] = e
	w.attempt(e)
	return e
}

func (d *deliveries) remember(e *envelope) {
	if d.byID == nil {
		d.byID = make(map[string]*envelope)
	}
	d.history = append(d.history, e)
	d.byID[e.ID] = e
	if len(d.history) > historySize {
		delete(d.byID, d.history[0].ID)
		d.history[0] = nil
		d.history = d.history[1:]
	}
}

// attempt sends an envelope once, or queues it until there is a connection.
func (w *Workspace) attempt(e *envelope) {
	if w.closed || w.delivery.pending[e.ID] == nil {
		return
	}
	if w.http != nil {
		w.attempted(e)
		w.postEnvelope(e)
		return
	}
	if !w.sockets.send(w, e) {
		w.enqueue(e)
	}
}

func (w *Workspace) enqueue(e *envelope) {
	d := &w.delivery
	e.waiting = true
	d.queue = append(d.queue, e)
	if e.kind != "events_api" {
		w.armDeadline(e) // the user waits, but not for long
	}
	if len(d.queue) > queueLimit {
		w.fail(d.queue[0], "dropped")
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
	e.Attempts++
	w.delivery.counts.Sent++
	if e.Attempts > 1 {
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

// late has an envelope that was not acknowledged sent again, or gives it up.
func (w *Workspace) late(e *envelope, reason string) {
	if w.closed || w.delivery.pending[e.ID] == nil {
		return
	}
	switch {
	case e.kind != "events_api":
		w.fail(e, "operation_timeout")
	case e.waiting:
	case e.Attempts > len(w.options.Redelivery):
		w.fail(e, "gave_up")
	default:
		e.retry = reason
		w.after(w.options.Redelivery[e.Attempts-1], func() { w.attempt(e) })
	}
}

// after calls f with the lock once d has passed.
func (w *Workspace) after(d time.Duration, f func()) {
	if d == 0 {
		f()
		return
	}
	w.options.Clock.AfterFunc(d, func() {
		w.change(func() {
			if !w.closed {
				f()
			}
		})
	})
}

func (w *Workspace) fail(e *envelope, code string) {
	d := &w.delivery
	e.done(d)
	e.Error = code
	d.counts.Lost++
	if e.onFail != nil {
		e.onFail()
	}
}

// done takes an envelope out of all that waits.
func (e *envelope) done(d *deliveries) {
	delete(d.pending, e.ID)
	e.payload, e.body = nil, nil
	if e.stop != nil {
		e.stop()
	}
	if e.waiting {
		e.waiting = false
		for i, q := range d.queue {
			if q == e {
				d.queue = append(d.queue[:i:i], d.queue[i+1:]...)
				break
			}
		}
	}
}

// acked takes an acknowledgement, on whichever connection it came.
func (w *Workspace) acked(id string, reply json.RawMessage) {
	d := &w.delivery
	e := d.pending[id]
	switch {
	case e == nil && d.byID[id] == nil:
		d.counts.UnknownAcked++
		return
	case e == nil:
		d.counts.AckedAgain++
		return
	case len(reply) >= replyLimit:
		w.options.Log.Debug("acknowledgement dropped: too large", "envelope", id, "bytes", len(reply))
		return
	}
	e.done(d)
	e.Acked, e.Reply = true, reply
	d.counts.Acked++
	if e.onAck != nil && e.asks {
		e.onAck(reply)
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
		"envelope_id": e.ID, "type": e.kind, "accepts_response_payload": e.asks, "payload": e.body,
		"retry_attempt": max(e.Attempts-1, 0), "retry_reason": e.retry,
	})
}
