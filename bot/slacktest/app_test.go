package slacktest_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"docent/bot/slacktest"
)

// world is a workspace with people and two channels.
type world struct {
	*slacktest.Workspace
	claire, bob, general, private string
	api                           *slack.Client
}

func newWorld(t *testing.T, options slacktest.Options) world {
	t.Helper()
	w := slacktest.New(options)
	t.Cleanup(w.Close)
	claire := w.AddUser(slacktest.User{Name: "claire", RealName: "Claire Martin", Locale: "fr-FR"})
	bob := w.AddUser(slacktest.User{Name: "bob"})
	general := w.AddChannel(slacktest.Channel{Name: "general", Members: []string{claire, bob, w.BotUserID()}})
	private := w.AddChannel(slacktest.Channel{Name: "board", Private: true, Members: []string{claire}})
	return world{w, claire, bob, general, private, client(w)}
}

func client(w *slacktest.Workspace) *slack.Client {
	return slack.New(w.BotToken(), slack.OptionAPIURL(w.URL()), slack.OptionAppLevelToken(w.AppToken()),
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}), slack.OptionLog(quiet()))
}

// quiet is a logger that nobody hears.
func quiet() interface{ Output(int, string) error } {
	return slog.NewLogLogger(slog.NewTextHandler(io.Discard, nil), slog.LevelDebug)
}

// mention is a text that mentions the bot.
func (w world) mention(text string) string { return "<@" + w.BotUserID() + "> " + text }

// app is a program on Socket Mode that acknowledges everything and keeps it.
type app struct {
	client *socketmode.Client
	reply  func(socketmode.Event) any // payload of the acknowledgement

	mu   sync.Mutex
	seen []socketmode.Event
	news chan struct{}
}

// run connects an app and waits for its hello.
func (w world) run(t *testing.T, reply func(socketmode.Event) any) *app {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	a := &app{
		client: socketmode.New(w.api, socketmode.OptionLog(quiet())), reply: reply,
		news: make(chan struct{}, 1),
	}
	var done sync.WaitGroup
	done.Go(func() { _ = a.client.RunContext(ctx) })
	done.Go(func() { a.pump(ctx) })
	t.Cleanup(func() { cancel(); done.Wait() })
	a.until(t, func(seen []socketmode.Event) bool {
		return slices.ContainsFunc(seen, func(e socketmode.Event) bool { return e.Type == socketmode.EventTypeHello })
	})
	return a
}

func (a *app) pump(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-a.client.Events:
			a.take(ctx, e)
		}
	}
}

// take keeps an event before it acknowledges it, so that what is acknowledged
// was seen.
func (a *app) take(ctx context.Context, e socketmode.Event) {
	a.mu.Lock()
	a.seen = append(a.seen, e)
	a.mu.Unlock()
	select {
	case a.news <- struct{}{}:
	default:
	}
	if e.Request == nil || e.Request.EnvelopeID == "" {
		return
	}
	var payload any
	if a.reply != nil {
		payload = a.reply(e)
	}
	if payload != skip {
		_ = a.client.AckCtx(ctx, e.Request.EnvelopeID, payload)
	}
}

// skip as a reply leaves an envelope unacknowledged.
var skip = &struct{ int }{}

// until waits for what the app has seen.
func (a *app) until(t *testing.T, met func([]socketmode.Event) bool) {
	t.Helper()
	over := time.After(20 * time.Second)
	for {
		a.mu.Lock()
		ok := met(a.seen)
		a.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-a.news:
		case <-over:
			t.Fatalf("the app has seen %v", a.kinds())
		}
	}
}

func (a *app) kinds() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var kinds []string
	for _, e := range a.seen {
		kinds = append(kinds, string(e.Type))
	}
	return kinds
}

// events are those of the Events API that the app has seen.
func (a *app) events() []socketmode.Event {
	a.mu.Lock()
	defer a.mu.Unlock()
	return eventsOf(a.seen)
}

func eventsOf(seen []socketmode.Event) []socketmode.Event {
	return slices.DeleteFunc(slices.Clone(seen), func(e socketmode.Event) bool { return e.Type != socketmode.EventTypeEventsAPI })
}

// until waits for the workspace.
func (w world) until(t *testing.T, met func(*slacktest.State) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.Wait(ctx, met); err != nil {
		t.Fatalf("%v; deliveries %+v", err, w.Deliveries())
	}
}

// message is one message as it is now.
func (w world) message(channel, ts string) (m slacktest.Message) {
	w.Look(func(s *slacktest.State) { m, _ = s.Message(channel, ts) })
	return m
}

// settled waits until everything is acknowledged.
func (w world) settled(t *testing.T) {
	t.Helper()
	w.until(t, func(s *slacktest.State) bool { d := s.Deliveries(); return d.Pending == 0 && d.Waiting == 0 })
}

// code is Slack's error code.
func code(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimSpace(err.Error())
}
