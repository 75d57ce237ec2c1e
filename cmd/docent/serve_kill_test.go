package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// TestKillServe ends docent serve at random moments while it is asked, as
// often as DOCENT_KILLS says (3 times without), and starts it again; meanwhile
// a tenth of its calls fail. Each of DOCENT_QUESTIONS (eight a kill without)
// must have exactly one answer in the end.
func TestKillServe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no kill -9 here")
	}
	kills := countOf("DOCENT_KILLS", 3)
	questions := countOf("DOCENT_QUESTIONS", 8*kills)
	d := newTeam(t, "", slacktest.Options{AckDeadline: 500 * time.Millisecond, Redelivery: slices.Repeat([]time.Duration{0, time.Second, 2 * time.Second}, 10)})
	d.Fault(slices.DeleteFunc(slacktest.Trouble(), func(f slacktest.Fault) bool {
		return f.Hang && questions < 200 // each takes its 15 seconds
	})...)
	asked := make(map[string]slacktest.Message)
	ask := func() {
		text := fmt.Sprintf("How many days a year may I work from abroad? (%d)", len(asked))
		asked[text] = d.mention(d.general, d.bob, text)
	}
	answers := func(s *slacktest.State) (n int) {
		for _, q := range asked {
			n += min(1, s.ReplyCount(d.general, q.TS))
		}
		return n
	}
	for killed := range kills {
		p := d.start()
		for len(asked) < questions*(killed+1)/kills {
			ask()
		}
		some := len(asked) - rand.IntN(max(1, questions/kills))
		d.waitFor("some answers", 2*time.Minute, func(s *slacktest.State) bool { return answers(s) >= some })
		t.Logf("killed when %d of %d were answered", some, len(asked))
		p.end(os.Kill)
	}
	p := d.start()
	d.waitFor("all answers", 5*time.Minute, func(s *slacktest.State) bool { return answers(s) == len(asked) })
	p.end(os.Interrupt) // what is on its way comes out, or would after the next start
	d.ClearFaults()
	p = d.start()
	last := d.mention(d.general, d.bob, "How many days?")
	d.replies(d.general, last.TS, 1)
	p.end(os.Kill)
	d.Look(func(s *slacktest.State) {
		for text, q := range asked {
			if answers := ownIn(s, d.general, q.TS); len(answers) != 1 || !strings.Contains(fmt.Sprint(answers[0].Blocks), "abroad") {
				t.Errorf("%q has %d answers: %v", text, len(answers), answers)
			}
		}
	})
	if strings.Contains(d.stderr.String(), "panic") {
		t.Error(d.stderr)
	}
}

// countOf is that of a variable.
func countOf(variable string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return n
	}
	return otherwise
}

// serving is docent serve in a process of its own.
type serving struct{ *exec.Cmd }

// start starts docent serve, with more variables, and waits until it is connected.
// A variable without a value takes that of its name away.
func (d *team) start(more ...string) serving {
	d.t.Helper()
	c := docent(d.t.Context(), "serve", "--config", filepath.Join(d.dir, "docent.yaml"), "--status", "off")
	for _, name := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "HOME", "XDG_CACHE_HOME"} {
		c.Env = append(c.Env, name+"="+d.env(name))
	}
	c.Env = append(c.Env, more...)
	c.Stderr = d.stderr
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { serving{c}.end(os.Kill) })
	d.wait("a connection", func(s *slacktest.State) bool { return s.Sockets() > 0 })
	return serving{c}
}

// end sends a signal and waits for the end.
func (s serving) end(signal os.Signal) {
	_ = s.Process.Signal(signal) // it may be over
	_ = s.Wait()
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
