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

// maxRequest bounds what is read of a request of Slack's.
const maxRequest = 4 << 20

// Handler takes what Slack delivers over HTTP: events, interactions and
// commands alike, each checked by its signature.
func (b *Bot) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		switch {
		case r.Method != http.MethodPost:
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
		case err != nil:
			http.Error(w, "unreadable", http.StatusBadRequest)
		case b.verifySignature(r.Header, raw) != nil:
			b.metrics.problem("signature")
			http.Error(w, "not signed by Slack", http.StatusUnauthorized)
		default:
			b.serveRequest(w, r, raw)
		}
	})
}

func (b *Bot) verifySignature(h http.Header, raw []byte) error {
	if b.opts.SigningSecret == "" {
		return errors.New("there is no signing secret")
	}
	v, err := slack.NewSecretsVerifier(h, b.opts.SigningSecret)
	if err != nil {
		return err
	}
	if _, err := v.Write(raw); err != nil {
		return err
	}
	return v.Ensure()
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
