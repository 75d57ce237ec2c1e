package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"docent/rag"
)

// roundTrip is one request and its answer: the HTTP client that langchaingo is
// given for one call. What langchaingo does not tell of the call is read here
// afterwards.
//
// It sends what the provider takes, waits no longer than the silence allowed,
// keeps why a call failed, and reads the answer itself, so that nothing is left
// that langchaingo would skip or take for an end.
type roundTrip struct {
	at *endpoint
	// end ends the call.
	end context.CancelFunc
	// emit takes the text of an answer as it comes.
	emit func(string) error
	// clock runs while something is waited for, and ends the call as silent.
	clock  *time.Timer
	silent atomic.Bool

	mu sync.Mutex
	// failed is what went wrong first; completed, that all came.
	failed    *Error
	completed bool
	usage     rag.Usage
}

// endpoint is where a model is called and as whom.
type endpoint struct {
	preset       Preset
	model        string
	baseURL      string
	key          Secret
	organization string
	silence      time.Duration
	temperature  *float64
	support      parameterSupport
	client       *http.Client
	dialect      dialect
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
	x.clock.Reset(x.at.silence)
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

// Do implements the client that langchaingo asks for. Where the provider refuses
// a parameter that a request can do without, it makes the request again at once:
// to whoever waits for the answer, and to the policies, it is the same attempt.
func (x *roundTrip) Do(req *http.Request) (*http.Response, error) {
	fields, err := x.prepare(req)
	if err != nil {
		return nil, x.fail(&Error{Kind: Refused, Err: err})
	}
	learnt := x.at.support.now()
	for refused := learnt; ; {
		sent := refused.without(fields)
		resp, err := x.send(req, sent)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK {
			x.at.support.learn(learnt)
			return x.receive(resp)
		}
		said, err := x.readAPIError(resp)
		if err != nil {
			return nil, err
		}
		failure := errorOf(resp, said)
		parameter, ofModel := said.named(x.at.dialect.optional(), sent)
		if failure.Kind != Refused || parameter == "" {
			return nil, x.fail(failure)
		}
		refused = refused.and(unsupported{parameter: true})
		if ofModel {
			learnt = learnt.and(unsupported{parameter: true})
		}
	}
}

// receive reads an answer, and returns it as langchaingo is to see it.
func (x *roundTrip) receive(resp *http.Response) (*http.Response, error) {
	defer resp.Body.Close()
	data, err := x.at.dialect.receive(x, resp)
	if err != nil {
		return nil, err
	}
	seen := *resp
	seen.Body = io.NopCloser(bytes.NewReader(data))
	return &seen, nil
}

// setTemperature replaces the temperature that langchaingo sends with the one that is
// configured, if any.
func (e *endpoint) setTemperature(fields map[string]json.RawMessage) {
	delete(fields, "temperature")
	if e.temperature != nil {
		fields["temperature"] = fmt.Append(nil, *e.temperature)
	}
}

// prepare makes langchaingo's request one that the provider takes.
func (x *roundTrip) prepare(req *http.Request) (fields map[string]json.RawMessage, err error) {
	req.Header.Set("User-Agent", "docent")
	if x.at.key == "" {
		req.Header.Del("Authorization")
		req.Header.Del("X-Api-Key")
	}
	if err := json.NewDecoder(req.Body).Decode(&fields); err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	x.at.dialect.edit(x.at, fields)
	return fields, nil
}

// send makes the request with these fields.
func (x *roundTrip) send(req *http.Request, fields map[string]json.RawMessage) (resp *http.Response, err error) {
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, x.fail(&Error{Kind: Refused, Err: fmt.Errorf("write the request: %w", err)})
	}
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	err = x.awaiting(func() (err error) {
		resp, err = x.at.client.Do(req) //nolint:bodyclose // receive and readAPIError close it
		return err
	})
	if err != nil {
		return nil, x.broken(Unreachable, err)
	}
	return resp, nil
}

// fail keeps the first failure, and returns it.
func (x *roundTrip) fail(e *Error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failed == nil {
		e.Provider, e.Model = x.at.preset.Name, x.at.model
		e.Message = oneLine(x.at.key.redact(e.Message))
		x.failed = e
	}
	return x.failed
}

// broken is a failure of the connection, which silence and the caller end too.
func (x *roundTrip) broken(kind Kind, err error) error {
	if x.silent.Load() {
		return x.fail(&Error{Kind: Silent, Message: fmt.Sprintf("nothing in %s", x.at.silence)})
	}
	return x.fail(&Error{Kind: kind, Message: reasonOf(err), Err: err})
}
