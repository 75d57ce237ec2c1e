package llm_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// Here time is faked: a wait takes no time, and all of it is counted.

func TestRetry(t *testing.T) {
	busy := llmtest.Reply{Status: 503}
	good := llmtest.Reply{Text: "Good."}
	for name, c := range map[string]struct {
		script      []llmtest.Reply
		kind        llm.Kind
		least, most time.Duration
		asked       int
	}{
		"at once":                {[]llmtest.Reply{good}, 0, 0, 0, 1},
		"the second time":        {[]llmtest.Reply{busy, good}, 0, 250 * time.Millisecond, 500 * time.Millisecond, 2},
		"the third time":         {[]llmtest.Reply{busy, busy, good}, 0, 750 * time.Millisecond, 1500 * time.Millisecond, 3},
		"never":                  {[]llmtest.Reply{busy, busy, busy, good}, llm.Failing, 750 * time.Millisecond, 1500 * time.Millisecond, 3},
		"as asked":               {[]llmtest.Reply{{Status: 429, RetryAfter: "7"}, good}, 0, 7 * time.Second, 7700 * time.Millisecond, 2},
		"as asked, at a time":    {[]llmtest.Reply{{Status: 429, RetryAfter: "Sat, 01 Jan 2000 00:00:10 GMT"}, good}, 0, 10 * time.Second, 11 * time.Second, 2},
		"asked for too long":     {[]llmtest.Reply{{Status: 429, RetryAfter: "600"}, good}, llm.Overloaded, 0, 0, 1},
		"dropped":                {[]llmtest.Reply{{Fault: llmtest.Drop}, good}, 0, 250 * time.Millisecond, 500 * time.Millisecond, 2},
		"cut, with nothing told": {[]llmtest.Reply{{Text: "", Fault: llmtest.Cut}, good}, 0, 250 * time.Millisecond, 500 * time.Millisecond, 2},
		"cut, with a piece told": {[]llmtest.Reply{{Text: "Bad news.", Fault: llmtest.Cut}, good}, llm.Cut, 0, 0, 1},
		"for good":               {[]llmtest.Reply{{Status: 401}, good}, llm.Denied, 0, 0, 1},
		"empty":                  {[]llmtest.Reply{{}, good}, 0, 250 * time.Millisecond, 500 * time.Millisecond, 2},
		"silent":                 {[]llmtest.Reply{{Fault: llmtest.Hang}, good}, 0, 10250 * time.Millisecond, 10500 * time.Millisecond, 2},
		"silent in the middle":   {[]llmtest.Reply{{Text: "Bad news.", Fault: llmtest.Stall}, good}, llm.Silent, 10 * time.Second, 10 * time.Second, 1},
	} {
		for _, provider := range providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := llmtest.NewInMemory(t)
					s.Script(c.script...)
					m := open(t, s, provider, func(c *llm.Config) { c.Attempts, c.Silence = 3, 10*time.Second })
					began := time.Now()
					g, told, err := ask(t, m, "?")
					checkFailure(t, err, c.kind, true && c.kind != llm.Denied, "")
					if err == nil && (g.Text != "Good." || told != "Good.") {
						t.Errorf("text %q, told %q", g.Text, told)
					}
					if took := time.Since(began); took < c.least || took > c.most {
						t.Errorf("took %s, not %s to %s", took, c.least, c.most)
					}
					if n := len(s.Requests()); n != c.asked {
						t.Errorf("asked %d times", n)
					}
				})
			})
		}
	}
}

// TestRetryUntold: who is told nothing before the end gets a whole answer after
// a broken one.
func TestRetryUntold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		s.Script(llmtest.Reply{Text: "Bad news.", Fault: llmtest.Cut}, llmtest.Reply{Text: "Good."})
		m := open(t, s, "ollama", func(c *llm.Config) { c.Attempts = 2 })
		g, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}}, nil)
		if err != nil || g.Text != "Good." {
			t.Errorf("%q, %v", g.Text, err)
		}
	})
}

// TestTimeout: a call ends in its time, whatever it waits for.
func TestTimeout(t *testing.T) {
	for name, reply := range map[string]llmtest.Reply{
		"an answer":  {Fault: llmtest.Hang},
		"the rest":   {Text: "one two", Fault: llmtest.Stall},
		"a new go":   {Status: 429, RetryAfter: "25"},
		"by retries": {Status: 500},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := llmtest.NewInMemory(t)
				s.Answer(func(llmtest.Request) llmtest.Reply { return reply })
				m := open(t, s, "ollama", func(c *llm.Config) { c.Attempts, c.Timeout = 99, 20*time.Second })
				began := time.Now()
				_, _, err := ask(t, m, "?")
				if err == nil || !errors.Is(err, rag.ErrModelUnavailable) {
					t.Errorf("error %v", err)
				}
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

// TestTurns: no more calls are made at once than Concurrency, and the others
// get their turn.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		var mu sync.Mutex
		now, most := 0, 0
		s.Answer(func(llmtest.Request) llmtest.Reply {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(time.Second) //nolint:forbidigo // of the fake clock
			mu.Lock()
			now--
			mu.Unlock()
			return llmtest.Reply{Text: "Good."}
		})
		m := open(t, s, "ollama", func(c *llm.Config) { c.Concurrency = 3 })
		began := time.Now()
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() {
				if _, _, err := ask(t, m, "?"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); most != 3 || took != 4*time.Second {
			t.Errorf("%d at once, in %s", most, took)
		}
	})
}

// TestCircuit: a model that fails again and again is left alone, tried by one
// call after a while, and used again once that succeeds.
func TestCircuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		up := false
		s.Answer(func(llmtest.Request) llmtest.Reply {
			if up {
				return llmtest.Reply{Text: "Good."}
			}
			return llmtest.Reply{Status: 502}
		})
		m := open(t, s, "ollama")
		try := func(want llm.Kind, asked int) {
			t.Helper()
			_, _, err := ask(t, m, "?")
			checkFailure(t, err, want, true, "")
			if n := len(s.Requests()); n != asked {
				t.Errorf("asked %d times, not %d", n, asked)
			}
		}
		for i := range 5 {
			try(llm.Failing, i+1)
		}
		try(llm.Resting, 5)
		time.Sleep(29 * time.Second) //nolint:forbidigo // of the fake clock
		try(llm.Resting, 5)
		time.Sleep(2 * time.Second) //nolint:forbidigo // of the fake clock
		try(llm.Failing, 6)
		try(llm.Resting, 6)
		up = true
		time.Sleep(31 * time.Second) //nolint:forbidigo // of the fake clock
		try(0, 7)
		try(0, 8)
	})
}

// TestCircuitStays: what is no fault of the model does not open the circuit.
func TestCircuitStays(t *testing.T) {
	for name, c := range map[string]struct {
		reply llmtest.Reply
		err   error
	}{
		"requests that it refuses": {llmtest.Reply{Status: 400}, nil},
		"callers that go away":     {llmtest.Reply{Fault: llmtest.Hang}, context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := llmtest.NewInMemory(t)
				m := open(t, s, "ollama")
				for i := range 20 {
					s.Script(c.reply)
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					_, err := m.Generate(ctx, rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}}, nil)
					cancel()
					if err == nil || c.err != nil && !errors.Is(err, c.err) || len(s.Requests()) != i+1 {
						t.Fatalf("call %d: %v", i, err)
					}
				}
			})
		})
	}
}

// TestOverloadedAtOnce: those that wait for their turn do not wait for a model
// that is known to be down by then.
func TestOverloadedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		s.Kill()
		m := open(t, s, "ollama", func(c *llm.Config) { c.Attempts, c.Concurrency = 3, 2 })
		began := time.Now()
		var all sync.WaitGroup
		kinds := make([]llm.Kind, 100)
		for i := range kinds {
			all.Go(func() {
				_, _, err := ask(t, m, fmt.Sprint(i))
				var failed *llm.Error
				if errors.As(err, &failed) {
					kinds[i] = failed.Kind
				}
			})
		}
		all.Wait()
		count := map[llm.Kind]int{}
		for _, k := range kinds {
			count[k]++
		}
		if count[llm.Resting] < 90 || count[llm.Resting]+count[llm.Unreachable] != 100 {
			t.Errorf("%v", count)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
