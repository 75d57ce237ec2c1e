package llm

import (
	"cmp"
	"context"
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
	// MaxTokens bounds an answer where a request does not; 0 leaves it to the
	// provider.
	MaxTokens int
	// Timeout bounds a call with all its attempts and waits; 0 means 2 minutes.
	Timeout time.Duration
	// Silence is how long nothing may come from the provider; 0 means 60
	// seconds. A model of one's own may read a long question for as long.
	Silence time.Duration
	// Attempts is how often a call is made while it fails for reasons that may
	// pass; 0 means 3.
	Attempts int
	// Concurrency is how many calls are made at once, while others wait for
	// their turn; 0 means 8.
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

// caller makes calls of one endpoint, each past its guards.
type caller struct {
	at     *endpoint
	guards guards
	meter  meter
	spent  func(rag.Usage)
}

func newCaller(c Config, d func(protocol) (dialect, error)) (*caller, error) {
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
	at := &endpoint{preset: preset, model: c.Model, key: c.Key, organization: c.Organization, client: c.Client}
	if at.baseURL, err = preset.Address(c.BaseURL); err != nil {
		return nil, err
	}
	if at.dialect, err = d(preset.protocol); err != nil {
		return nil, err
	}
	at.silence = cmp.Or(c.Silence, time.Minute)
	concurrency := cmp.Or(c.Concurrency, 8)
	if at.client == nil {
		at.client = newClient(concurrency)
	}
	return &caller{at: at, spent: c.Spent, guards: guards{
		timeout{at: at, limit: cmp.Or(c.Timeout, 2*time.Minute)},
		make(limit, concurrency),
		&breaker{at: at},
		retry{attempts: cmp.Or(c.Attempts, 3), log: cmp.Or(c.Log, slog.New(slog.DiscardHandler))},
	}}, nil
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

// error is a failure that is not of an exchange.
func (e *endpoint) error(kind Kind, message string) *Error {
	return &Error{Kind: kind, Provider: e.preset.Name, Model: e.model, Message: message}
}

// call makes an exchange past the guards, and counts it. The function returns
// what langchaingo says of it, and whether something of it was shown.
func (c *caller) call(ctx context.Context, make func(context.Context, *exchange) (shown bool, err error)) (rag.Usage, error) {
	var usage rag.Usage
	err := c.guards.do(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		x := c.at.exchange(cancel)
		defer x.close()
		shown, err := make(ctx, x)
		used, err := x.outcome(err)
		usage.InputTokens += used.InputTokens
		usage.OutputTokens += used.OutputTokens
		if err != nil && shown {
			return &shownError{err}
		}
		return err
	})
	var shown *shownError
	if errors.As(err, &shown) {
		err = shown.error
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	c.meter.count(usage, err)
	if c.spent != nil && usage != (rag.Usage{}) {
		c.spent(usage)
	}
	return usage, err
}

// outcome is how an exchange ended. What the exchange knows goes before what
// langchaingo says.
func (x *exchange) outcome(said error) (rag.Usage, error) {
	x.mu.Lock()
	failed, whole, usage := x.failed, x.whole, x.usage
	x.mu.Unlock()
	var own *Error
	switch {
	case failed != nil:
		return usage, failed
	case errors.As(said, &own):
		return usage, own
	case said != nil:
		return usage, x.fail(&Error{Kind: Garbled, Message: said.Error(), Err: said})
	case !whole:
		return usage, x.fail(&Error{Kind: Cut})
	}
	return usage, nil
}

// Totals count what the model did since it was opened.
func (c *caller) Totals() Totals { return c.meter.now() }

// Name is the provider's name of the model.
func (c *caller) Name() string { return c.at.model }

// Close lets go of the connections that are kept for further calls.
func (c *caller) Close() error {
	c.at.client.CloseIdleConnections()
	return nil
}
