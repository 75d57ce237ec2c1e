package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// TestKillServe ends docent serve at random moments while it is asked, as
// often as DOCENT_KILLS says (3 times without), and starts it again. Each
// question must have exactly one answer in the end.
func TestKillServe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no kill -9 here")
	}
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("DOCENT_KILLS")); err == nil {
		kills = n
	}
	d := newTeam(t, "", slacktest.Options{AckDeadline: 500 * time.Millisecond, Redelivery: []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}})
	asked := make(map[string]slacktest.Message)
	ask := func() {
		text := fmt.Sprintf("How many days a year may I work from abroad? (%d)", len(asked))
		asked[text] = d.mention(d.general, d.bob, text)
	}
	start := func() func() {
		c := docent(t.Context(), "serve", "--config", filepath.Join(d.dir, "docent.yaml"), "--status", "off")
		for _, name := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "HOME", "XDG_CACHE_HOME"} {
			c.Env = append(c.Env, name+"="+d.env(name))
		}
		c.Stderr = d.stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		d.wait("a connection", func(s *slacktest.State) bool { return s.Sockets() > 0 })
		return func() {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	}
	for range kills {
		kill := start()
		for range 8 {
			ask()
		}
		after := time.NewTimer(time.Duration(rand.Int64N(int64(150 * time.Millisecond))))
		<-after.C
		kill()
	}
	kill := start()
	defer kill()
	ask()
	d.wait("all answers", func(s *slacktest.State) bool {
		for _, q := range asked {
			if len(ownIn(s, d.general, q.TS)) == 0 {
				return false
			}
		}
		return true
	})
	last := d.mention(d.general, d.bob, "How many days?")
	d.replies(d.general, last.TS, 1)
	d.Look(func(s *slacktest.State) {
		for text, q := range asked {
			if answers := ownIn(s, d.general, q.TS); len(answers) != 1 {
				t.Errorf("%q has %d answers", text, len(answers))
			}
		}
	})
	if strings.Contains(d.stderr.String(), "panic") {
		t.Error(d.stderr)
	}
}

// ownIn are the bot's messages in a thread.
func ownIn(s *slacktest.State, channel, root string) []slacktest.Message {
	var own []slacktest.Message
	for _, m := range s.Thread(channel, root) {
		if m.BotID != "" {
			own = append(own, m)
		}
	}
	return own
}
