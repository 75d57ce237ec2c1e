package llm

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"docent/rag"
)

// Config says which model answers, and what is expected of it. Provider and
// Model must be set, all else has a default.
type Config struct {
	// Provider is the name of a Preset.
	Provider string
	// Model is the provider's name of the model.
	Model string
	// BaseURL is where the provider is, if not at its preset's address; see
	// Preset.Address.
	BaseURL string
	Key     Secret
	// Organization is OpenAI's, for who has several.
	Organization string
	// MaxTokens bounds what each call writes, the thought before it included, and
	// goes before what a request asks for; 0 leaves it to the request.
	MaxTokens int
	// Context is how much evidence the model is given, in tokens; 0 is by what its
	// server says, see Model.Evidence.
	Context int
	// NoTools has it asked in one round, without tools.
	NoTools bool
	// Temperature is sent with each request for a text; nil sends none, which
	// leaves it to the provider: many models refuse a request that has one.
	Temperature *float64
	// ReasoningEffort is how long the model thinks first, in the provider's words,
	// such as low; "" leaves it to the provider.
	ReasoningEffort string
	// Timeout bounds a call with all its attempts and waits; 0 is
	// the provider's, as for those below: see Preset.Defaults.
	Timeout time.Duration
	// Silence is how long nothing may come from the provider.
	Silence time.Duration
	// Attempts is how often a call is made while it fails for reasons that may
	// pass.
	Attempts int
	// Concurrency is how many calls are made at once, while others wait for
	// their turn.
	Concurrency int
	// Client is what requests are made with; nil means one of its own, with the
	// proxies of the environment.
	Client *http.Client
	// Spent is told what each call used, failed ones too, from the goroutine of
	// its caller; nil tells nobody.
	Spent func(rag.Usage)
	// Log is for operators; nil discards. Neither keys nor texts go there.
	Log *slog.Logger
}

func newCaller(c Config) (*caller, error) {
	preset, err := FindPreset(c.Provider)
	if err != nil {
		return nil, err
	}
	if c.Model == "" {
		return nil, fmt.Errorf("no model of %s is named", c.Provider)
	}
	if preset.NeedsKey && c.Key == "" {
		return nil, fmt.Errorf("%w of %s", ErrNoKey, c.Provider)
	}
	if c.BaseURL, err = preset.Address(c.BaseURL); err != nil {
		return nil, err
	}
	usual := preset.Defaults()
	c.Timeout, c.Silence = cmp.Or(c.Timeout, usual.Timeout), cmp.Or(c.Silence, usual.Silence)
	c.Attempts, c.Concurrency = cmp.Or(c.Attempts, usual.Attempts), cmp.Or(c.Concurrency, usual.Concurrency)
	c.Client, c.Log = cmp.Or(c.Client, newClient(c.Concurrency)), cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	at := &endpoint{Config: c, preset: preset}
	return &caller{at: at, limit: make(limit, c.Concurrency), breaker: breaker{at: at}}, nil
}

// ErrNoKey says that a provider lets nobody in without a key.
var ErrNoKey = errors.New("there is no key")

// newClient follows no redirection: where a key goes is said by its owner.
func newClient(concurrency int) *http.Client {
	dialer := net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 10 * time.Second, MaxIdleConnsPerHost: concurrency, IdleConnTimeout: 90 * time.Second,
		},
	}
}
