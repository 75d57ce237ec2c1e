package slacktest

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
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
	// AckDeadline is the time that an envelope may stay unacknowledged; 0 is
	// Slack's 3 s.
	AckDeadline time.Duration
	// Redelivery are the waits before an event is sent again; nil is at once,
	// after a minute and after five.
	Redelivery []time.Duration
	// PingEvery is the pace of WebSocket pings in real time, whatever Clock
	// says, because clients measure it so; 0 is 5 s.
	PingEvery time.Duration
}

// Workspace is a Slack workspace with one app in it. Its methods may be called
// from any goroutine.
type Workspace struct {
	options Options
	server  *httptest.Server
	life    context.Context //nolint:containedctx // of the requests that deliver, until Close
	cancel  context.CancelFunc
	posting sync.WaitGroup // requests that deliver

	mu        sync.Mutex
	changed   chan struct{} // closed at the next change
	closed    bool
	random    *rand.Rand
	serial    int       // of identifiers
	lastTS    time.Time // timestamps of messages are unique and rise
	scopes    map[string]bool
	broken    string // the error code of every call; see BreakAuth
	down      bool
	users     map[string]*User
	channels  map[string]*conversation
	groups    map[string]*UserGroup
	files     map[string]*File
	homes     map[string]View // by user
	modals    map[string]View // by user
	triggers  map[string]*trigger
	responses map[string]*responseURL
	sessions  map[thread]Session
	prompts   map[string]Prompts // by DM channel
	faults    []*fault
	calls     callLog
	delivery  deliveries
	sockets   socketSet
	endpoint  string // of HTTP deliveries
}

// New starts a workspace with the bot in it and nobody else. It panics when it
// cannot listen, as httptest does.
func New(options Options) *Workspace {
	w := &Workspace{
		options:   options.withDefaults(),
		changed:   make(chan struct{}),
		random:    rand.New(rand.NewPCG(0, 0)), //nolint:gosec // a test repeats itself
		scopes:    make(map[string]bool),
		users:     make(map[string]*User),
		channels:  make(map[string]*conversation),
		groups:    make(map[string]*UserGroup),
		files:     make(map[string]*File),
		homes:     make(map[string]View),
		modals:    make(map[string]View),
		triggers:  make(map[string]*trigger),
		responses: make(map[string]*responseURL),
		sessions:  make(map[thread]Session),
		prompts:   make(map[string]Prompts),
		calls:     callLog{counts: make(map[string]int)},
		delivery:  deliveries{pending: make(map[string]*envelope)},
		sockets:   socketSet{tickets: make(map[string]bool)},
	}
	w.SetScopes(AllScopes()...)
	w.users[botUID] = &User{ID: botUID, Name: "docent", RealName: "docent", Team: TeamID, Bot: true, Locale: "en-US"}
	w.life, w.cancel = context.WithCancel(context.Background()) //nolint:forbidigo // no caller's context ends it
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	return w
}

func (o Options) withDefaults() Options {
	o.Clock = cmp.Or[Clock](o.Clock, systemClock{})
	o.AckDeadline = cmp.Or(o.AckDeadline, 3*time.Second)
	o.PingEvery = cmp.Or(o.PingEvery, 5*time.Second)
	if o.Redelivery == nil {
		o.Redelivery = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	return o
}

// Close ends all connections and waits for all that the workspace started.
func (w *Workspace) Close() {
	w.mu.Lock()
	w.closed = true
	w.delivery.stopAll()
	w.clearFaults()
	open := w.sockets.all()
	w.note()
	w.mu.Unlock()
	for _, s := range open {
		s.kill()
	}
	w.cancel()
	w.server.CloseClientConnections()
	w.server.Close()
	w.posting.Wait()
}

// URL is the base of the Web API, ending in "/api/".
func (w *Workspace) URL() string { return w.server.URL + "/api/" }

// BotToken is the token of the Web API.
func (*Workspace) BotToken() string { return "xoxb-1-slacktest" }

// AppToken is the token that opens connections of Socket Mode.
func (*Workspace) AppToken() string { return "xapp-1-slacktest" }

// SigningSecret signs the requests of HTTP mode.
func (*Workspace) SigningSecret() string { return "8f742231b10e8888abcd99yyyzzz85a5" }

// BotUserID is the user whom people mention to ask.
func (*Workspace) BotUserID() string { return botUID }

// BreakAuth has every call answered with an error code such as "token_revoked".
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
	w.change(func() { w.down = down })
	if down {
		w.Sockets().DropAll()
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
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}
