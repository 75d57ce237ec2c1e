package llm_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// TestKill kills the server in the middle of 100 calls at once: each ends in
// its text or in an error, in its time, and nothing is left running.
func TestKill(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			const calls, timeout = 100, 20 * time.Second
			s := llmtest.New(t)
			// Some were answered, some are in the middle of it, some wait.
			reached := make(chan struct{}, calls)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				reached <- struct{}{}
				switch len(r.Last()) % 3 {
				case 0:
					return llmtest.Reply{Text: "one two three"}
				case 1:
					return llmtest.Reply{Text: "one two three", Fault: llmtest.Stall}
				}
				return llmtest.Reply{Fault: llmtest.Hang}
			})
			m := open(t, s, provider, func(c *llm.Config) { c.Attempts, c.Timeout, c.Concurrency = 2, timeout, 60 })
			began := time.Now()
			var all sync.WaitGroup
			ended := make([]string, calls)
			for i := range calls {
				all.Go(func() {
					g, _, err := ask(t, m, strings.Repeat("?", i+1))
					ended[i] = ending(g, err)
				})
			}
			for range 50 {
				<-reached
			}
			s.Kill()
			all.Wait()
			took := time.Since(began)
			count := map[string]int{}
			for _, e := range ended {
				count[e]++
			}
			t.Logf("%v in %s", count, took)
			if count["text"]+count["error"] != calls || count["error"] == 0 || took > timeout+time.Second {
				t.Errorf("%v in %s", count, took)
			}
			if err := m.Close(); err != nil {
				t.Error(err)
			}
			nothingLeft(t)
		})
	}
}

func ending(g rag.Generation, err error) string {
	var failed *llm.Error
	switch {
	case err == nil && g.Text == "one two three":
		return "text"
	case errors.As(err, &failed) && errors.Is(err, rag.ErrModelUnavailable):
		return "error"
	}
	return fmt.Sprintf("%q, %v", g.Text, err)
}

// nothingLeft waits until no goroutine is in langchaingo, in a model, or holds
// a connection to a server.
func nothingLeft(t *testing.T) {
	t.Helper()
	var left []string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); runtime.Gosched() {
		left = nil
		buffer := make([]byte, 4<<20)
		for stack := range strings.SplitSeq(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
			for _, of := range []string{"github.com/tmc/langchaingo", "docent/rag/llm.", "net/http.(*persistConn)"} {
				if strings.Contains(stack, of) {
					left = append(left, stack)
					break
				}
			}
		}
		if len(left) == 0 {
			return
		}
	}
	t.Errorf("%d goroutines are left, one of them:\n%s", len(left), left[0])
}

// TestNothingLeft: nor is anything left by the faults of a single call.
func TestNothingLeft(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		m := open(t, s, provider, func(c *llm.Config) { c.Silence = 30 * time.Millisecond })
		for fault := llmtest.None; fault <= llmtest.Extras; fault++ {
			s.Script(llmtest.Reply{Text: "one two three four", Fault: fault})
			if _, _, err := ask(t, m, "?"); err != nil && !errors.Is(err, rag.ErrModelUnavailable) {
				t.Errorf("%s, fault %d: %v", provider, fault, err)
			}
		}
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	}
	nothingLeft(t)
}
