package slacktest

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// Fault breaks calls of the Web API. Exactly one of Status, Error, Body, Drop,
// Hang or Truncate says how.
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
	Hang       bool          // no answer until the app gives up, or ClearFaults
}

type fault struct {
	Fault
	seen, done int
	cleared    chan struct{}
}

// Fault sets faults; several may stand, and the first that matches a call
// breaks it.
func (w *Workspace) Fault(faults ...Fault) {
	w.change(func() {
		for _, f := range faults {
			if f.Times == 0 && f.Nth > 0 {
				f.Times = 1
			}
			w.faults = append(w.faults, &fault{Fault: f, cleared: make(chan struct{})})
		}
	})
}

// ClearFaults ends all faults; calls that hang are let go.
func (w *Workspace) ClearFaults() { w.change(w.clearFaults) }

func (w *Workspace) clearFaults() {
	for _, f := range w.faults {
		close(f.cleared)
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

// serveFault answers a call as its fault says.
func (w *Workspace) serveFault(out http.ResponseWriter, r *http.Request, c Call, f *fault) {
	var answer []byte
	if f.After || f.Truncate {
		answer = w.run(r, c)
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
		case <-f.cleared:
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

func writeRaw(out http.ResponseWriter, status int, kind, body string) {
	out.Header().Set("Content-Type", kind)
	out.WriteHeader(status)
	if _, err := io.WriteString(out, body); err != nil { //nolint:gosec // the app is no browser
		return // the app has gone, which is its affair
	}
}

// Trouble is each way in which calls fail, together a tenth of all calls that
// are made but for apps.connections.open. A fiftieth hang, half of which take
// effect before.
func Trouble() []Fault {
	ways := []Fault{
		{Status: 429, RetryAfter: time.Second}, {Status: 500}, {Status: 503, After: true}, {Error: "internal_error"},
		{Drop: true}, {Drop: true, After: true}, {Hang: true}, {Hang: true, After: true}, {Truncate: true}, {Body: "<html>sorry</html>", After: true},
	}
	for i := range ways {
		ways[i].Every = 95 + i // no two in step
		ways[i].Match = func(c Call) bool { return c.Method != "apps.connections.open" }
	}
	return ways
}
