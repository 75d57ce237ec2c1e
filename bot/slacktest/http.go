package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// UseHTTP has everything delivered by signed requests to an address from now on
// instead of over Socket Mode.
func (w *Workspace) UseHTTP(endpoint string) {
	w.change(func() { w.endpoint = endpoint })
}

// VerifyURL sends url_verification to an address, as Slack does when it is
// entered, and checks that the challenge comes back.
func (w *Workspace) VerifyURL(ctx context.Context, endpoint string) error {
	const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
	body := encode(object{"token": "verification", "challenge": challenge, "type": "url_verification"})
	status, reply, err := w.request(ctx, endpoint, jsonType, body, nil)
	switch {
	case err != nil:
		return fmt.Errorf("verify %s: %w", endpoint, err)
	case status != http.StatusOK || strings.TrimSpace(string(reply)) != challenge:
		return fmt.Errorf("verify %s: status %d, answered %q", endpoint, status, reply)
	}
	return nil
}

// postEnvelope makes one attempt; the lock is held.
func (w *Workspace) postEnvelope(e *envelope) {
	kind, body := e.request()
	extra := make(http.Header)
	if e.attempts > 1 {
		extra.Set("X-Slack-Retry-Num", strconv.Itoa(e.attempts-1))
		extra.Set("X-Slack-Retry-Reason", e.retry)
	}
	endpoint := w.endpoint
	w.posting.Go(func() {
		ctx, cancel := context.WithTimeout(w.life, max(w.options.AckDeadline, time.Second))
		defer cancel()
		status, _, err := w.request(ctx, endpoint, kind, body, extra)
		w.change(func() {
			switch {
			case err != nil && ctx.Err() != nil:
				w.late(e, "http_timeout")
			case err != nil:
				w.late(e, "connection_failed")
			case status != http.StatusOK:
				w.late(e, "http_error")
			default:
				w.acked(e.id)
			}
		})
	})
}

// request is the envelope as a request carries it.
func (e *envelope) request() (kind string, body []byte) {
	const form = "application/x-www-form-urlencoded"
	switch e.kind {
	case "events_api":
		return jsonType, e.body
	case "slash_commands":
		values := make(url.Values)
		for key, value := range e.payload {
			values.Set(key, fmt.Sprint(value))
		}
		return form, []byte(values.Encode())
	}
	return form, []byte(url.Values{"payload": {string(e.body)}}.Encode())
}

func (w *Workspace) request(ctx context.Context, endpoint, kind string, body []byte, extra http.Header) (status int, reply []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	w.sign(r.Header, body)
	r.Header.Set("Content-Type", kind)
	for name, values := range extra {
		r.Header[name] = values
	}
	response, err := w.server.Client().Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	reply, err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, reply, err
}

// sign sets X-Slack-Request-Timestamp and X-Slack-Signature for a body that is
// sent now.
func (w *Workspace) sign(h http.Header, body []byte) {
	at := strconv.FormatInt(w.now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(w.SigningSecret()))
	fmt.Fprintf(mac, "v0:%s:%s", at, body)
	h.Set("X-Slack-Request-Timestamp", at)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}
