package slacktest

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// Fault breaks calls of the Web API. Exactly one of Status, Error, Body, Drop,
// Hang or Truncate says how; Delay may stand alone or beside them.
type Fault struct {
	// Method to break; empty is any. Beside Slack's there are "download", of a
	// file, and "response_url".
	Method string
	// Nth breaks the nth call from now on, Every each of so many; both 0 is
	// every call. They count the calls that Method and Match let through.
	Nth, Every int
	// Times ends the fault after so many; 0 is 1 for Nth and no end otherwise.
	Times int
	// Match narrows the calls further; nil is all.
	Match func(Call) bool

	// After lets the call take effect before the app is told otherwise: the
	// write that nobody knows to have happened.
	After bool

	Status     int           // of HTTP, with a page of HTML
	RetryAfter time.Duration // its header, in whole seconds; 0 leaves it out
	Error      string        // Slack's code, with ok false
	Body       string        // instead of JSON, with status 200
	Drop       bool          // the connection ends without an answer
	Truncate   bool          // the answer breaks off in the middle
	Hang       bool          // no answer until the app gives up, or LiftFaults
	Delay      time.Duration // by the workspace's clock, before all else
}

type fault struct {
	Fault
	seen, done int
	lifted     chan struct{}
}

// Fault sets faults; several may stand, and the first that matches a call
// breaks it.
func (w *Workspace) Fault(faults ...Fault) {
	w.change(func() {
		for _, f := range faults {
			if f.Times == 0 && f.Nth > 0 {
				f.Times = 1
			}
			w.faults = append(w.faults, &fault{Fault: f, lifted: make(chan struct{})})
		}
	})
}

// LiftFaults ends all faults; calls that hang are let go.
func (w *Workspace) LiftFaults() { w.change(w.liftHangs) }

func (w *Workspace) liftHangs() {
	for _, f := range w.faults {
		close(f.lifted)
	}
	w.faults = nil
}

// faultFor returns the fault of a call, if there is one.
func (w *Workspace) faultFor(c Call) *fault {
	for _, f := range w.faults {
		if f.Method != "" && f.Method != c.Method || f.Match != nil && !f.Match(c) {
			continue
		}
		f.seen++
		spent := f.Times > 0 && f.done >= f.Times
		if spent || f.Nth > 0 && f.seen < f.Nth || f.Every > 0 && f.seen%f.Every != 0 {
			continue
		}
		f.done++
		return f
	}
	return nil
}

// misbehave answers a call as its fault says.
func (w *Workspace) misbehave(out http.ResponseWriter, r *http.Request, c Call, f *fault) {
	if f.Delay > 0 && !w.wait(r, f) {
		hangUp(out)
		return
	}
	if f.plain() {
		w.answer(out, r, c)
		return
	}
	var answer []byte
	if f.After || f.Truncate {
		answer, _ = w.run(r, c)
	} else {
		c.Error = "fault"
		w.change(func() { w.calls.add(c) })
	}
	switch {
	case f.Drop:
		hangUp(out)
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-f.lifted:
		}
		hangUp(out)
	case f.Truncate:
		writeRaw(out, http.StatusOK, jsonType, string(answer[:len(answer)/2]))
	case f.Status != 0:
		if f.RetryAfter > 0 {
			out.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
		}
		writeRaw(out, f.Status, "text/html", "<html><body>"+http.StatusText(f.Status)+"</body></html>")
	case f.Error != "":
		reply(out, object{"ok": false, "error": f.Error})
	default:
		writeRaw(out, http.StatusOK, "text/html", f.Body)
	}
}

// plain says that nothing is wrong but the delay.
func (f *fault) plain() bool {
	return !f.Drop && !f.Hang && !f.Truncate && f.Status == 0 && f.Error == "" && f.Body == ""
}

// wait waits for the delay; false when the app has gone meanwhile.
func (w *Workspace) wait(r *http.Request, f *fault) bool {
	over := make(chan struct{})
	stop := w.options.Clock.AfterFunc(f.Delay, func() { close(over) })
	defer stop()
	select {
	case <-over:
		return true
	case <-f.lifted:
		return true
	case <-r.Context().Done():
		return false
	}
}

func writeRaw(out http.ResponseWriter, status int, kind, body string) {
	out.Header().Set("Content-Type", kind)
	out.WriteHeader(status)
	if _, err := io.WriteString(out, body); err != nil { //nolint:gosec // the app is no browser
		return // the app has gone, which is its affair
	}
}
