package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"path"
	"sync"
	"time"
)

// transport stands between slack-go and the network. It keeps
// apps.connections.open, which slack-go calls as fast as it can where each new
// socket is closed at once, to a pace of its own, and it sees what no waiting
// cures.
type transport struct {
	base  http.RoundTripper
	clock Clock
	// failed is called with each SetupError.
	failed  func(error)
	metrics *metrics

	mu sync.Mutex
	// opened is when a connection was last asked for; pace doubles while they
	// do not last.
	opened time.Time
	pace   time.Duration
}

// Connections are asked for at most once in firstPace, and at most once in
// lastPace where they do not last.
const (
	firstPace = time.Second
	lastPace  = time.Minute
)

const openMethod = "apps.connections.open"

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	if method == openMethod {
		if err := t.clock.Wait(req.Context(), t.turn()); err != nil {
			return nil, err
		}
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		t.metrics.called(method, "network")
		return nil, err
	}
	return resp, t.examine(method, resp)
}

// turn is how long to wait before the next connection is asked for. Two that
// come up together at the start do not wait.
func (t *transport) turn() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	since := now.Sub(t.opened)
	switch {
	case t.opened.IsZero():
		t.pace, t.opened = 0, now
		return 0
	case t.pace == 0:
		t.pace, t.opened = firstPace, now
		return 0
	case since > 2*lastPace:
		t.pace = firstPace
	case since > 0:
		t.pace = min(2*t.pace, lastPace)
	}
	at := now
	if next := t.opened.Add(firstPace); next.After(at) {
		at = next
	}
	at = at.Add(time.Duration(rand.Int64N(int64(t.pace)/2 + 1))) //nolint:gosec // it spreads, it hides nothing
	t.opened = at
	return at.Sub(now)
}

// mostBody bounds what is read of an answer of the Web API.
const mostBody = 16 << 20

// examine looks for Slack's refusals and leaves the body as it was. Files are
// passed on unread.
func (t *transport) examine(method string, resp *http.Response) error {
	if resp.Header.Get("Content-Type") == "" || resp.StatusCode != http.StatusOK || !isJSON(resp) {
		if resp.StatusCode >= 400 {
			t.metrics.called(method, http.StatusText(resp.StatusCode))
		}
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, mostBody))
	closed := resp.Body.Close()
	resp.Body = &body{Reader: bytes.NewReader(data), err: err}
	if closed != nil {
		return closed
	}
	var answer struct {
		OK     *bool  `json:"ok"`
		Error  string `json:"error"`
		Needed string `json:"needed"`
	}
	if json.Unmarshal(data, &answer) != nil || answer.OK == nil || *answer.OK {
		return nil
	}
	t.metrics.called(method, answer.Error)
	if err := fatal(method, answer.Error, answer.Needed); err != nil {
		t.failed(err)
	}
	return nil
}

func isJSON(resp *http.Response) bool {
	return bytes.HasPrefix([]byte(resp.Header.Get("Content-Type")), []byte("application/json"))
}

// body is what was read, and then the error that ended the reading.
type body struct {
	*bytes.Reader
	err error
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF && b.err != nil { //nolint:errorlint // a Reader's own
		err = b.err
	}
	return n, err
}

func (b *body) WriteTo(w io.Writer) (int64, error) {
	n, err := b.Reader.WriteTo(w)
	if err == nil {
		err = b.err
	}
	return n, err
}

func (*body) Close() error { return nil }

// client is the http.Client of slack-go, which by itself has no timeout.
func (t *transport) client() *http.Client {
	return &http.Client{Transport: t, Timeout: 30 * time.Second}
}
