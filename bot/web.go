package bot

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/slack-go/slack"
)

// maxRequest bounds what is read of a request of Slack's, whose payloads are some
// kilobytes.
const maxRequest = 1 << 20

// maxBodies are read at once, of whoever knows how a signature looks; others wait.
const maxBodies = 64

// Handler takes what Slack delivers over HTTP: events, interactions and
// commands alike, each checked by its signature.
func (b *Bot) Handler() http.Handler {
	bodies := make(chan struct{}, maxBodies)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodPost:
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		case r.ContentLength > maxRequest:
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		// A signature that is missing, malformed or old is refused by its header,
		// before anything is read for it.
		v, unsigned := b.verifier(r.Header)
		var raw []byte
		if unsigned == nil {
			var err error
			bodies <- struct{}{}
			raw, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
			<-bodies
			if err != nil {
				http.Error(w, "unreadable", http.StatusBadRequest)
				return
			}
			_, _ = v.Write(raw) // into a hash
			unsigned = v.Ensure()
		}
		if unsigned != nil {
			b.metrics.problem("signature")
			w.Header().Set("Connection", "close") // with the body that nobody reads
			http.Error(w, "not signed by Slack", http.StatusUnauthorized)
			return
		}
		b.serveRequest(w, r, raw)
	})
}

// verifier checks the signature of a request by its headers as far as they say.
func (b *Bot) verifier(h http.Header) (slack.SecretsVerifier, error) {
	if b.opts.SigningSecret == "" {
		return slack.SecretsVerifier{}, errors.New("there is no signing secret")
	}
	return slack.NewSecretsVerifier(h, b.opts.SigningSecret)
}

func (b *Bot) serveRequest(w http.ResponseWriter, r *http.Request, raw []byte) {
	kind, payload := parseRequest(r, raw)
	var challenge struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if kind == kindEvent && json.Unmarshal(payload, &challenge) == nil && challenge.Type == "url_verification" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, challenge.Challenge) // Slack asks again
		return
	}
	if !b.serving.Load() {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	d, ok := newDelivery(kind, payload)
	if !ok {
		return
	}
	if err := b.accept(r.Context(), d); err != nil {
		b.log.Error("a delivery could not be kept", "error", err)
		http.Error(w, "not kept", http.StatusServiceUnavailable)
	}
}

// parseRequest returns a request as Socket Mode would deliver it.
func parseRequest(r *http.Request, raw []byte) (kind string, payload json.RawMessage) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return kindEvent, raw
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return "", nil
	}
	if p := form.Get("payload"); p != "" {
		return kindInteractive, json.RawMessage(p)
	}
	fields := make(map[string]string)
	for name := range form {
		if name != "is_enterprise_install" {
			fields[name] = form.Get(name)
		}
	}
	payload, err = json.Marshal(fields)
	if err != nil {
		return "", nil
	}
	return kindSlash, payload
}

// Probes answers /healthz while the program runs, /readyz while Slack can
// deliver, and /metrics. It is for a local address.
func (b *Bot) Probes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !b.Ready() {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(b.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

// Ready reports whether Slack can deliver.
func (b *Bot) Ready() bool {
	return b.serving.Load() && (b.opts.AppToken == "" || b.sockets.live.Load() > 0)
}
