package slacktest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// The identity of the one app that is installed, and of its workspace.
const (
	TeamID = "T0DOCENT"  // the home workspace
	AppID  = "A0DOCENT"  // the app
	botID  = "B0DOCENT"  // the app's bot, as messages name it
	botUID = "U0DOCENT"  // the bot's user
	domain = "docentest" // of the home workspace
)

// Options say how the workspace behaves; the zero value is a patient Slack on
// the system's clock.
type Options struct {
	// Clock is the workspace's time; nil is the system's.
	Clock Clock
	// Log hears of calls and deliveries at debug level; nil discards.
	Log *slog.Logger
	// Address to listen on; empty is a free port of 127.0.0.1.
	Address string
	// Scopes granted to the bot token; nil is AllScopes.
	Scopes []string
	// Events the app is subscribed to; nil is AllEvents.
	Events []string
	// RateLimits applies Slack's tiers; without it calls are counted only.
	RateLimits bool
	// AckDeadline is the time that an envelope may stay unacknowledged; 0 is
	// Slack's 3 s.
	AckDeadline time.Duration
	// Redelivery are the waits before an event is sent again; nil is at once,
	// after a minute and after five.
	Redelivery []time.Duration
	// PingEvery is the pace of WebSocket pings in real time, whatever Clock
	// says, because clients measure it so; 0 is 5 s.
	PingEvery time.Duration
	// TriggerLife is the time in which a trigger opens a view; 0 is Slack's 3 s.
	TriggerLife time.Duration
	// Seed decides which of several connections gets an envelope.
	Seed uint64
	// BotToken, AppToken and SigningSecret of the app; empty is made up.
	BotToken, AppToken, SigningSecret string
}

// Workspace is a Slack workspace with one app in it. Its methods may be called
// from any goroutine.
type Workspace struct {
	options Options
	server  *httptest.Server
	cancel  context.CancelFunc
	workers sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{} // closed at the next change
	closed   bool
	random   *rand.Rand
	serial   int       // of identifiers
	lastTS   time.Time // timestamps of messages are unique and rise
	scopes   map[string]bool
	broken   string // the error code of every call; see BreakAuth
	down     bool
	users    map[string]*User
	channels map[string]*conversation
	groups   map[string]*UserGroup
	files    map[string]*File
	views    map[string]*View
	homes    map[string]string // user -> id of the home view
	modals   map[string][]string
	triggers map[string]*trigger
	hooks    map[string]*responseHook
	sessions map[place]*Session
	prompts  map[string]Prompts // by DM channel
	buckets  map[string]*bucket
	faults   []*fault
	calls    callLog
	delivery deliveries
	sockets  socketSet
	posts    chan func(context.Context) // of HTTP deliveries
	http     *Endpoints
}

// New starts a workspace with the bot in it and nobody else. It panics when it
// cannot listen, as httptest does.
func New(options Options) *Workspace {
	w := &Workspace{
		options:  options.withDefaults(),
		changed:  make(chan struct{}),
		random:   rand.New(rand.NewPCG(options.Seed, 0)), //nolint:gosec // a test repeats itself
		scopes:   make(map[string]bool),
		users:    make(map[string]*User),
		channels: make(map[string]*conversation),
		groups:   make(map[string]*UserGroup),
		files:    make(map[string]*File),
		views:    make(map[string]*View),
		homes:    make(map[string]string),
		modals:   make(map[string][]string),
		triggers: make(map[string]*trigger),
		hooks:    make(map[string]*responseHook),
		sessions: make(map[place]*Session),
		prompts:  make(map[string]Prompts),
		buckets:  make(map[string]*bucket),
		calls:    callLog{counts: make(map[string]int)},
		posts:    make(chan func(context.Context), queueLimit),
	}
	w.delivery.pending = make(map[string]*envelope)
	w.sockets.tickets = make(map[string]bool)
	for _, s := range w.options.Scopes {
		w.scopes[s] = true
	}
	w.users[botUID] = &User{ID: botUID, Name: "docent", RealName: "docent", Team: TeamID, Bot: true, Locale: "en-US"}
	w.listen()
	w.startPosting()
	return w
}

func (o Options) withDefaults() Options {
	o.Clock = orDefault(o.Clock, Clock(systemClock{}))
	o.AckDeadline = orDefault(o.AckDeadline, 3*time.Second)
	o.TriggerLife = orDefault(o.TriggerLife, 3*time.Second)
	o.PingEvery = orDefault(o.PingEvery, 5*time.Second)
	o.BotToken = orDefault(o.BotToken, "xoxb-1-slacktest")
	o.AppToken = orDefault(o.AppToken, "xapp-1-slacktest")
	o.SigningSecret = orDefault(o.SigningSecret, "8f742231b10e8888abcd99yyyzzz85a5")
	o.Log = orDefault(o.Log, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if o.Scopes == nil {
		o.Scopes = AllScopes()
	}
	if o.Events == nil {
		o.Events = AllEvents()
	}
	if o.Redelivery == nil {
		o.Redelivery = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	return o
}

func orDefault[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func (w *Workspace) listen() {
	w.server = httptest.NewUnstartedServer(http.HandlerFunc(w.serve))
	if w.options.Address != "" {
		var config net.ListenConfig
		//nolint:forbidigo // listening ends with Close, and no caller's context ends it
		listener, err := config.Listen(context.Background(), "tcp", w.options.Address)
		if err != nil {
			panic(fmt.Sprintf("slacktest: listen on %s: %v", w.options.Address, err))
		}
		_ = w.server.Listener.Close() // the one that httptest chose
		w.server.Listener = listener
	}
	w.server.Start()
}

// startPosting starts the workers that make the requests of HTTP mode.
func (w *Workspace) startPosting() {
	//nolint:forbidigo // a workspace lives until Close, and no caller's context ends it
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	for range 8 {
		w.workers.Go(func() {
			for {
				select {
				case post := <-w.posts:
					post(ctx)
				case <-ctx.Done():
					return
				}
			}
		})
	}
}

// Close ends all connections and waits for all that the workspace started.
func (w *Workspace) Close() {
	w.mu.Lock()
	w.closed = true
	w.delivery.stopAll()
	w.liftHangs()
	open := w.sockets.all()
	w.note()
	w.mu.Unlock()
	for _, s := range open {
		s.kill()
	}
	w.cancel()
	w.server.CloseClientConnections()
	w.server.Close()
	w.workers.Wait()
}

// URL is the base of the Web API, ending in "/api/".
func (w *Workspace) URL() string { return w.server.URL + "/api/" }

// BotToken is the token of the Web API.
func (w *Workspace) BotToken() string { return w.options.BotToken }

// AppToken is the token that opens connections of Socket Mode.
func (w *Workspace) AppToken() string { return w.options.AppToken }

// SigningSecret signs the requests of HTTP mode.
func (w *Workspace) SigningSecret() string { return w.options.SigningSecret }

// BotUserID is the user whom people mention to ask.
func (w *Workspace) BotUserID() string { return botUID }

// BreakAuth has every call answered with an error code such as "token_revoked";
// an empty code mends it.
func (w *Workspace) BreakAuth(code string) { w.change(func() { w.broken = code }) }

// SetScopes replaces what the bot token may do.
func (w *Workspace) SetScopes(scopes ...string) {
	w.change(func() {
		clear(w.scopes)
		for _, s := range scopes {
			w.scopes[s] = true
		}
	})
}

// Down takes the network away, or gives it back: requests end without an
// answer, and connections break.
func (w *Workspace) Down(down bool) {
	w.mu.Lock()
	w.down = down
	var open []*socket
	if down {
		open = w.sockets.all()
	}
	w.note()
	w.mu.Unlock()
	for _, s := range open {
		s.kill()
	}
}

// change runs f with the lock and tells those who wait.
func (w *Workspace) change(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
	w.note()
}

// note tells those who wait that something changed; the lock is held.
func (w *Workspace) note() {
	close(w.changed)
	w.changed = make(chan struct{})
}

func (w *Workspace) now() time.Time { return w.options.Clock.Now() }

// nextID returns an identifier with Slack's prefix for its kind.
func (w *Workspace) nextID(prefix string) string {
	w.serial++
	return fmt.Sprintf("%s%08X", prefix, w.serial)
}

// nextTS returns a timestamp that is later than all before.
func (w *Workspace) nextTS() string {
	t := w.now().Truncate(time.Microsecond)
	if !t.After(w.lastTS) {
		t = w.lastTS.Add(time.Microsecond)
	}
	w.lastTS = t
	return formatTS(t)
}

func formatTS(t time.Time) string {
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}
