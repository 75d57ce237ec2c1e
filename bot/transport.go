package bot

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// transport stands between slack-go and the network. It keeps
// apps.connections.open, which slack-go calls as fast as it can where each new
// socket is closed at once, to a pace of its own, and it sees what no waiting
// cures. What is fetched from elsewhere than the Web API, as a file that
// somebody shared, is others' words and passes as it is.
type transport struct {
	base  http.RoundTripper
	clock Clock
	// api is the base of the Web API.
	api *url.URL
	// callTime is Options.CallTime.
	callTime time.Duration
	// failed is called with each SetupError. suspected is called when another
	// call is refused as if the token was bad: that may be true of that call
	// alone.
	failed    func(error)
	suspected func()
	metrics   *metrics

	mu sync.Mutex
	// opened are the times at which connections were last asked for, or will be,
	// oldest first and at most maxOpened.
	opened   []time.Time
	interval time.Duration
}

// Connections are asked for at most once per minOpenInterval. If maxOpened
// within a minute do not last, the interval doubles up to maxOpenInterval.
const (
	minOpenInterval = time.Second
	maxOpenInterval = 20 * time.Second
	maxOpened       = 10
)

// The methods that speak of a token and nothing else.
const (
	openMethod     = "apps.connections.open"
	identityMethod = "auth.test"
)

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if !t.isAPI(req.URL) {
		return t.callElsewhere(req)
	}
	method := strings.TrimPrefix(req.URL.Path, t.api.Path)
	if method == openMethod {
		return t.open(req)
	}
	return t.call(method, req)
}

func (t *transport) isAPI(u *url.URL) bool {
	return u.Scheme == t.api.Scheme && u.Host == t.api.Host && strings.HasPrefix(u.Path, t.api.Path)
}

// open asks for a connection until Slack answers. slack-go waits for up to
// five minutes between two tries, and with it would all who ask once the
// network is there again.
func (t *transport) open(req *http.Request) (*http.Response, error) {
	for ctx := req.Context(); ; {
		if err := t.clock.Wait(ctx, t.reserveOpen()); err != nil {
			return nil, err
		}
		body, err := req.GetBody()
		if err != nil {
			return nil, err
		}
		again := req.Clone(ctx)
		again.Body = body
		resp, err := t.call(openMethod, again)
		if ctx.Err() != nil || err == nil && resp.StatusCode < http.StatusInternalServerError {
			return resp, err
		}
		if err == nil {
			_ = resp.Body.Close() // it says no more than its status
		}
	}
}

func (t *transport) call(method string, req *http.Request) (*http.Response, error) {
	resp, err := t.roundTripWithTimeout(req, false)
	if err == nil {
		err = t.inspect(method, resp)
	}
	if err != nil {
		t.metrics.callRefused(method, "network")
		return nil, err
	}
	return resp, nil
}

// callElsewhere fetches a file or answers at a response_url, whose addresses
// name people's files and are secret.
func (t *transport) callElsewhere(req *http.Request) (*http.Response, error) {
	method := "response_url"
	if req.Method == http.MethodGet {
		method = "download"
	}
	resp, err := t.roundTripWithTimeout(req, method == "download")
	switch {
	case err != nil:
		t.metrics.callRefused(method, "network")
	case resp.StatusCode >= 400:
		t.metrics.callRefused(method, http.StatusText(resp.StatusCode))
	}
	return resp, err
}

// reserveOpen reserves a time to ask for the next connection and returns how
// long to wait for it. The first two come up together.
func (t *transport) reserveOpen() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	at := now
	if n := len(t.opened); n >= connections {
		switch {
		case n == maxOpened && now.Sub(t.opened[0]) < time.Minute:
			t.interval = min(2*t.interval, maxOpenInterval)
		default:
			t.interval = minOpenInterval
		}
		if next := t.opened[n-1].Add(t.interval); next.After(now) {
			spread := time.Duration(rand.Int64N(int64(t.interval) / 4)) //nolint:gosec // it spreads, it hides nothing
			at = next.Add(spread)
		}
	}
	t.opened = append(t.opened, at)
	t.opened = t.opened[max(0, len(t.opened)-maxOpened):]
	return at.Sub(now)
}
