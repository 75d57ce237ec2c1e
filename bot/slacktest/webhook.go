package slacktest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Endpoints are the request URLs of an app that is reached over HTTP; an empty
// one is the same as Events.
type Endpoints struct {
	Events, Interactivity, Commands string
}

// UseHTTP has everything delivered by signed HTTP requests from now on instead
// of over Socket Mode.
func (w *Workspace) UseHTTP(to Endpoints) {
	to.Interactivity = orDefault(to.Interactivity, to.Events)
	to.Commands = orDefault(to.Commands, to.Events)
	w.change(func() { w.http = &to })
}

// VerifyURL sends url_verification to an endpoint, as Slack does when it is
// entered, and checks that the challenge comes back.
func (w *Workspace) VerifyURL(ctx context.Context, endpoint string) error {
	const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
	body := encode(object{"token": "verification", "challenge": challenge, "type": "url_verification"})
	status, reply, _, err := w.request(ctx, endpoint, "application/json", body, nil)
	switch {
	case err != nil:
		return fmt.Errorf("verify %s: %w", endpoint, err)
	case status != http.StatusOK:
		return fmt.Errorf("verify %s: status %d", endpoint, status)
	}
	var asJSON struct{ Challenge string }
	if strings.TrimSpace(string(reply)) == challenge || json.Unmarshal(reply, &asJSON) == nil && asJSON.Challenge == challenge {
		return nil
	}
	return fmt.Errorf("verify %s: answered %q", endpoint, reply)
}

// Sign returns the headers X-Slack-Request-Timestamp and X-Slack-Signature of a
// body that is sent now.
func (w *Workspace) Sign(body []byte) http.Header {
	at := strconv.FormatInt(w.now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(w.options.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", at, body)
	h := make(http.Header)
	h.Set("X-Slack-Request-Timestamp", at)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return h
}

// postEnvelope hands an envelope to a worker; when all are busy the attempt
// ends by its deadline, as it would at an app that does not answer.
func (w *Workspace) postEnvelope(e *envelope) {
	endpoint, kind, body := w.asRequest(e)
	extra := make(http.Header)
	if e.Attempts > 1 {
		extra.Set("X-Slack-Retry-Num", strconv.Itoa(e.Attempts-1))
		extra.Set("X-Slack-Retry-Reason", e.retry)
	}
	select {
	case w.posts <- func(ctx context.Context) { w.postNow(ctx, e, endpoint, kind, body, extra) }:
	default:
	}
}

func (w *Workspace) asRequest(e *envelope) (endpoint, kind string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	switch e.kind {
	case "events_api":
		return w.http.Events, "application/json", e.body
	case "slash_commands":
		values := make(url.Values)
		for key, value := range e.payload {
			values.Set(key, fmt.Sprint(value))
		}
		return w.http.Commands, form, []byte(values.Encode())
	}
	return w.http.Interactivity, form, []byte(url.Values{"payload": {string(e.body)}}.Encode())
}

func (w *Workspace) postNow(ctx context.Context, e *envelope, endpoint, kind string, body []byte, extra http.Header) {
	ctx, cancel := context.WithTimeout(ctx, max(w.options.AckDeadline, time.Second))
	defer cancel()
	status, reply, header, err := w.request(ctx, endpoint, kind, body, extra)
	w.change(func() {
		switch {
		case err != nil && ctx.Err() != nil:
			w.late(e, "http_timeout")
		case err != nil:
			w.late(e, "connection_failed")
		case status == http.StatusOK:
			w.acked(e.ID, jsonOrNil(reply))
		case header.Get("X-Slack-No-Retry") == "1" && w.delivery.pending[e.ID] != nil:
			w.fail(e, "gave_up")
		default:
			w.late(e, "http_error")
		}
	})
}

// jsonOrNil is the body of a response as a payload; plain text is a message, as
// Slack takes it.
func jsonOrNil(body []byte) json.RawMessage {
	text := strings.TrimSpace(string(body))
	switch {
	case text == "":
		return nil
	case json.Valid(body):
		return body
	}
	return encode(object{"text": text})
}

func (w *Workspace) request(ctx context.Context, endpoint, kind string, body []byte, extra http.Header) (status int, reply []byte, header http.Header, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(string(body)))
	if err != nil {
		return 0, nil, nil, err
	}
	r.Header = w.Sign(body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	for name, values := range extra {
		r.Header[name] = values
	}
	response, err := w.server.Client().Do(r)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	reply, err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, reply, response.Header, err
}
