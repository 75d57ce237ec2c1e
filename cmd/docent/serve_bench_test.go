package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// BenchmarkServe asks twenty questions at a time of a library of as many
// passages as DOCENT_PASSAGES says (2,000 without), and reports at the 95th
// percentile when the first sign is there (Slack's session is "processing")
// and when the answer is.
func BenchmarkServe(b *testing.B) {
	passages := 2000
	if n, err := strconv.Atoi(os.Getenv("DOCENT_PASSAGES")); err == nil {
		passages = n
	}
	dir := b.TempDir()
	mustBench(b, "ingest", "--library", filepath.Join(dir, "library.db"), records(b, dir, passages))
	w := slacktest.New(slacktest.Options{})
	b.Cleanup(w.Close)
	bob := w.AddUser(slacktest.User{Name: "bob"})
	var channels []string
	for i := range 20 {
		channels = append(channels, w.AddChannel(slacktest.Channel{Name: fmt.Sprint("channel-", i), Members: []string{bob, w.BotUserID()}}))
	}
	c := docent(b.Context(), "serve", "--library", filepath.Join(dir, "library.db"), "--status", "off")
	c.Env = append(os.Environ(), "HOME="+dir, "SLACK_BOT_TOKEN="+w.BotToken(), "SLACK_APP_TOKEN="+w.AppToken(), "SLACK_API_URL="+w.URL())
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	if err := w.Wait(b.Context(), func(s *slacktest.State) bool { return s.Sockets() > 0 }); err != nil {
		b.Fatal(err)
	}
	var signs, answers []time.Duration
	round := 0
	for b.Loop() {
		round++
		var mu sync.Mutex
		var all sync.WaitGroup
		for i, channel := range channels {
			all.Go(func() {
				asked := time.Now()
				m := w.Post(channel, bob, fmt.Sprintf("<@%s> How many lamps does the lighthouse of place %d have?", w.BotUserID(), (round*20+i)%passages))
				err := w.Wait(b.Context(), func(s *slacktest.State) bool { return s.Session(channel, m.TS).Status != "" })
				sign := time.Since(asked)
				if err == nil {
					err = w.Wait(b.Context(), func(s *slacktest.State) bool { return len(ownIn(s, channel, m.TS)) > 0 })
				}
				took := time.Since(asked)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					b.Error(err)
				}
				signs, answers = append(signs, sign), append(answers, took)
			})
		}
		all.Wait()
	}
	b.ReportMetric(p95(signs), "ms-to-sign-p95")
	b.ReportMetric(p95(answers), "ms-to-answer-p95")
}

func p95(d []time.Duration) float64 {
	slices.Sort(d)
	return float64(d[len(d)*95/100].Microseconds()) / 1000
}

func mustBench(b *testing.B, args ...string) {
	b.Helper()
	if out, err := docent(b.Context(), args...).CombinedOutput(); err != nil {
		b.Fatalf("docent %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// records are documents of one passage each.
func records(b *testing.B, dir string, n int) string {
	b.Helper()
	path := filepath.Join(dir, "records.jsonl")
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, `{"_id":"place-%d","title":"Lighthouse of place %d","text":"The lighthouse of place %d has %d lamps and a keeper who writes down the weather of each day. Boats of %d harbours steer by it."}`+"\n",
			i, i, i, i%7+2, i%11+1)
	}
	if err := os.WriteFile(path, []byte(s.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}
