package slacktest_test

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

// A day in which connections break every ten minutes and people talk leaves the
// workspace as it was. DOCENT_SLACK_HOURS makes it a longer one.
func TestDay(t *testing.T) {
	hours := 2
	if n, err := strconv.Atoi(os.Getenv("DOCENT_SLACK_HOURS")); err == nil {
		hours = n
	}
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	w.run(t, nil)
	calm := runtime.NumGoroutine()
	for i := range hours * 6 {
		w.Sockets().RefreshRequested()
		for j := range 5 {
			w.Post(w.DM(w.bob), w.bob, fmt.Sprint(i, j))
		}
		w.settled(t)
		w.until(t, func(s *slacktest.State) bool { return s.Sockets() == 1 })
		clock.Advance(10 * time.Minute)
		w.Forget()
	}
	fewGoroutines(t, calm+2)
	if d := w.Deliveries(); d.Acked != hours*30 || d.Lost != 0 {
		t.Errorf("deliveries %+v", d)
	}
}

// Close waits for all that a workspace started.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 5 {
		w := slacktest.New(slacktest.Options{})
		transport := &http.Transport{}
		api := slack.New(w.BotToken(), slack.OptionAPIURL(w.URL()), slack.OptionAppLevelToken(w.AppToken()),
			slack.OptionHTTPClient(&http.Client{Transport: transport}))
		world{Workspace: w, api: api}.dial(t)
		w.Close()
		transport.CloseIdleConnections()
	}
	fewGoroutines(t, before)
}

// fewGoroutines waits until no more than so many are left.
func fewGoroutines(t *testing.T, most int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > most; runtime.Gosched() {
		if time.Now().After(end) {
			t.Errorf("%d goroutines, want %d", runtime.NumGoroutine(), most)
			return
		}
	}
}

// Two clients, as a careful bot has them, lose nothing when one is sent away.
func TestTwoClients(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	first, second := w.run(t, nil), w.run(t, nil)
	for i := range 20 {
		if i%5 == 0 {
			w.until(t, func(s *slacktest.State) bool { return s.Sockets() == 2 })
			w.settled(t) // slack-go may lose the acknowledgements that are under way
			w.Sockets().Disconnect("warning")
		}
		w.Post(w.DM(w.bob), w.bob, fmt.Sprint(i))
	}
	w.settled(t)
	count := func(a *app) int { return len(a.events()) }
	if n := count(first) + count(second); n != 20 || w.Deliveries().Sent != 20 {
		t.Errorf("%d events arrived, %+v", n, w.Deliveries())
	}
	w.until(t, func(s *slacktest.State) bool { return s.Sockets() == 2 })
	if n := w.Sockets().Opened(); n != 6 {
		t.Errorf("%d connections", n)
	}
}
