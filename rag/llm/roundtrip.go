package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"docent/rag"
)

// roundTrip is one request and its answer. It sends what the provider takes, waits
// no longer than the silence allowed, and keeps why a call failed.
type roundTrip struct {
	at *endpoint
	// end ends the call.
	end context.CancelFunc
	// clock runs while something is waited for, and ends the call as silent.
	clock  *time.Timer
	silent atomic.Bool
	usage  rag.Usage
}

// endpoint is where a model is called and as whom, with no default left open.
type endpoint struct {
	Config
	preset Preset
	learnt atomic.Pointer[unsupported]
}

func (e *endpoint) refused() unsupported {
	if learnt := e.learnt.Load(); learnt != nil {
		return *learnt
	}
	return nil
}

func (e *endpoint) roundTrip(end context.CancelFunc) *roundTrip {
	x := &roundTrip{at: e, end: end}
	x.clock = time.AfterFunc(time.Hour, func() {
		x.silent.Store(true)
		end()
	})
	x.clock.Stop()
	return x
}

// close stops what runs.
func (x *roundTrip) close() {
	x.clock.Stop()
	x.end()
}

// awaiting runs what waits for the provider, and ends the call where that takes
// too long.
func (x *roundTrip) awaiting(wait func() error) error {
	x.clock.Reset(x.at.Silence)
	defer x.clock.Stop()
	return wait()
}

// readAll reads a body of at most so many bytes.
func (x *roundTrip) readAll(body io.Reader, most int64) (data []byte, err error) {
	err = x.awaiting(func() (err error) {
		data, err = io.ReadAll(io.LimitReader(body, most))
		return err
	})
	return data, err
}

// negotiate sends a request and returns the answer, of status 200. Where the
// provider refuses a parameter that the request can do without, it is made again
// at once: to whoever waits for the answer, and to the policies, it is the same
// attempt.
func (x *roundTrip) negotiate(ctx context.Context, path string, write func(*request)) (*http.Response, error) {
	var learnt []string
	for refused := x.at.refused(); ; {
		r := &request{fields: fields{"model": x.at.Model}, refused: refused}
		write(r)
		resp, failure := x.send(ctx, http.MethodPost, x.at.BaseURL+path, r.fields)
		if failure == nil {
			if learnt != nil { // which the request bears out
				known := x.at.refused().and(learnt...)
				x.at.learnt.Store(&known)
			}
			return resp, nil
		}
		parameter, ofModel := failure.said.named(r)
		if failure.Kind == Refused && parameter == "" {
			parameter = r.form()
		}
		if failure.Kind != Refused && failure.Kind != Exceeded || parameter == "" {
			return nil, x.fail(failure)
		}
		refused = refused.and(parameter)
		if ofModel {
			learnt = append(learnt, parameter)
		}
	}
}

// fetch makes a request that has nothing to negotiate, and reads an answer of at most
// so many bytes.
func (x *roundTrip) fetch(ctx context.Context, method, url string, f fields, most int64) ([]byte, error) {
	resp, failure := x.send(ctx, method, url, f)
	if failure != nil {
		return nil, x.fail(failure)
	}
	defer resp.Body.Close()
	data, err := x.readAll(resp.Body, most)
	if err != nil {
		return nil, x.fail(x.broken(Cut, err))
	}
	return data, nil
}

// send makes a request; fields may be nil. What is not of status 200 is a failure.
func (x *roundTrip) send(ctx context.Context, method, url string, f fields) (resp *http.Response, _ *Error) {
	var body io.Reader = http.NoBody
	if f != nil {
		data, err := json.Marshal(f)
		if err != nil {
			return nil, &Error{Kind: Refused, Err: fmt.Errorf("write the request: %w", err)}
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, &Error{Kind: Refused, Err: err}
	}
	x.at.authorize(req)
	err = x.awaiting(func() (err error) {
		resp, err = x.at.Client.Do(req) //nolint:bodyclose // who reads the answer closes it
		return err
	})
	switch {
	case err != nil:
		return nil, x.broken(Unreachable, err)
	case resp.StatusCode != http.StatusOK:
		defer resp.Body.Close()
		return nil, x.errorOf(resp)
	}
	return resp, nil
}

// authorize says who asks. A server of one's own is sent no key where there is none.
func (e *endpoint) authorize(req *http.Request) {
	h := req.Header
	h.Set("User-Agent", "docent")
	h.Set("Content-Type", "application/json")
	switch {
	case e.preset.protocol == anthropicAPI:
		h.Set("Anthropic-Version", "2023-06-01")
		h.Set("X-Api-Key", string(e.Key))
	case e.Key != "":
		h.Set("Authorization", "Bearer "+string(e.Key))
	}
	if e.Organization != "" {
		h.Set("OpenAI-Organization", e.Organization)
	}
}

// fail names the model in a failure, and takes its key out.
func (x *roundTrip) fail(e *Error) error {
	e.Provider, e.Model = x.at.preset.Name, x.at.Model
	e.Message, e.said = oneLine(x.at.Key.redact(e.Message)), apiError{}
	return e
}

// broken is a failure of the connection, which silence and the caller end too.
func (x *roundTrip) broken(kind Kind, err error) *Error {
	if x.silent.Load() {
		return &Error{Kind: Silent, Message: fmt.Sprintf("nothing in %s", x.at.Silence)}
	}
	return &Error{Kind: kind, Message: reasonOf(err), Err: err}
}
