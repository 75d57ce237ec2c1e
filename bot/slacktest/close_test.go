package slacktest_test

import (
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

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
