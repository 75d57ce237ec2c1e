package llm_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/prompts"
	"docent/rag"
	"docent/rag/answer"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

const (
	orders   = "Orders above 5,000 euros are signed by the managing director, Oliver Grant."
	whoSigns = "Who signs orders above 5,000 euros?"
	signs    = "CLAIM: Oliver Grant signs orders above 5,000 euros.\nQUOTE 1: " + orders + "\n\n"
	pays     = "CLAIM: Suppliers are paid within 45 days.\nQUOTE 1: Suppliers are paid within 45 days of the invoice.\n"
)

// writerWith answers with the model from a library of one document.
func writerWith(t *testing.T, m rag.Model) answer.Writer {
	t.Helper()
	doc := rag.Document{DocumentInfo: rag.DocumentInfo{
		ID: "purchasing", URI: "purchasing.md", Title: "Purchasing", Language: "en", Space: rag.Everyone, Hash: strings.Repeat("0", 64),
	}, Text: orders + " Suppliers are paid within 45 days of the invoice."}
	passages := []rag.Passage{{ID: rag.PassageID{Document: doc.ID, N: 1}, Start: 0, End: len(doc.Text), Text: doc.Text}}
	if err := (retrieve.Indexer{Embedder: ragtest.Embedder{}}).Index(t.Context(), doc.DocumentInfo, passages); err != nil {
		t.Fatal(err)
	}
	lib := ragtest.NewMemory()
	if err := lib.Put(t.Context(), doc, passages); err != nil {
		t.Fatal(err)
	}
	return answer.Writer{Answerer: answer.Answerer{Retriever: retrieve.Retriever{Library: lib, Embedder: ragtest.Embedder{}}}, Model: m}
}

// answersAtOnce puts questions to a writer, every other one as a follow-up that
// takes a call more, and returns how each ended and how long the longest took.
func answersAtOnce(t *testing.T, w answer.Writer, questions int) (wait func() (ended map[string]int, longest time.Duration)) {
	t.Helper()
	var all sync.WaitGroup
	ended, took := make([]string, questions), make([]time.Duration, questions)
	for i := range questions {
		req := rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()}
		if i%2 == 1 {
			req.History = []rag.Exchange{{Question: "What about orders?", Answer: "They are signed."}}
		}
		all.Go(func() {
			began, told := time.Now(), 0
			answer, err := w.Tell(t.Context(), req, func(rag.Claim, []rag.Citation) error {
				told++
				return nil
			})
			ended[i], took[i] = endOf(answer, told, err), time.Since(began)
		})
	}
	return func() (map[string]int, time.Duration) {
		all.Wait()
		count, longest := make(map[string]int), time.Duration(0)
		for i, e := range ended {
			count[e]++
			longest = max(longest, took[i])
		}
		return count, longest
	}
}

// endOf names the ends that an answer may have when a model goes away: written
// whole, written in part or by the documents alone, each saying so.
func endOf(a rag.Answer, told int, err error) string {
	gone := errors.Is(a.Failure, rag.ErrModelUnavailable)
	switch {
	case err != nil || told != len(a.Claims) || len(a.Claims) == 0 || len(a.Citations) == 0:
		return fmt.Sprintf("%v, %d claims of which %d were told: %s", err, len(a.Claims), told, a.Text())
	case a.Mode == rag.Written && a.Status == rag.Answered && a.Failure == nil:
		return "written"
	case a.Mode == rag.Written && a.Status == rag.Partial && gone && strings.HasSuffix(a.Notice, prompts.BrokenOff("en")):
		return "broken off"
	case a.Mode == rag.Extractive && a.Status == rag.Answered && gone && a.Notice == prompts.WithoutModel("en", false):
		return "without the model"
	}
	return fmt.Sprintf("%s %s, %v: %s", a.Mode, a.Status, a.Failure, a.Text())
}

// TestKillInAnswers kills the server in the middle of 100 questions to the whole
// of docent: each ends in an answer that says how it was made, none outlasts its
// time, and nothing is left running.
func TestKillInAnswers(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			const questions, timeout = 100, 20 * time.Second
			before := runtime.NumGoroutine()
			s := llmtest.New(t)
			var mu sync.Mutex
			n, reached := 0, make(chan struct{}, 2*questions)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				if strings.Contains(r.Last(), "Last question") {
					return llmtest.Reply{Text: whoSigns}
				}
				mu.Lock()
				defer mu.Unlock()
				n++
				reached <- struct{}{}
				// Some were answered, some are in the middle of it, some wait.
				switch n % 3 {
				case 0:
					return llmtest.Reply{Text: signs + pays}
				case 1:
					return llmtest.Reply{Pieces: []string{signs + "CLAIM:", " Suppliers"}, Fault: llmtest.Stall}
				}
				return llmtest.Reply{Fault: llmtest.Hang}
			})
			m := open(t, s, provider, func(c *llm.Config) { c.Attempts, c.Timeout, c.Concurrency = 2, timeout, 60 })
			wait := answersAtOnce(t, writerWith(t, m), questions)
			for range 45 {
				<-reached
			}
			s.Kill()
			count, longest := wait()
			t.Logf("%v, the longest in %s", count, longest)
			if count["written"]+count["broken off"]+count["without the model"] != questions || longest > timeout+time.Second {
				t.Errorf("%v, the longest in %s", count, longest)
			}
			for _, end := range []string{"written", "broken off", "without the model"} {
				if count[end] == 0 {
					t.Errorf("no answer is %s", end)
				}
			}
			if err := m.Close(); err != nil {
				t.Error(err)
			}
			nothingLeft(t)
			for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+1; runtime.Gosched() {
				if time.Now().After(deadline) {
					t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
				}
			}
		})
	}
}

// TestBehavioursInAnswers: whatever model it is, a question ends in its answer.
func TestBehavioursInAnswers(t *testing.T) {
	for name, c := range behaviours {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			s.Behave(c.behaviour)
			s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: signs + pays} })
			m := open(t, s, c.provider, func(f *llm.Config) {
				warm := 0.3
				f.Model, f.Temperature, f.ReasoningEffort = c.model, &warm, "low"
			})
			a, err := writerWith(t, m).Answer(t.Context(), rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()})
			if err != nil || a.Mode != rag.Written || a.Status != rag.Answered || len(a.Claims) == 0 {
				t.Errorf("%s %s: %s, %v, %v", a.Mode, a.Status, a.Text(), a.Failure, err)
			}
		})
	}
}

// TestCancelInAnswers: who asked and goes is not waited for.
func TestCancelInAnswers(t *testing.T) {
	for name, reply := range map[string]llmtest.Reply{
		"before a claim": {Fault: llmtest.Hang},
		"between claims": {Pieces: []string{signs + "CLAIM:", " Suppliers"}, Fault: llmtest.Stall},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			asked := make(chan struct{}, 9)
			s.Answer(func(llmtest.Request) llmtest.Reply {
				asked <- struct{}{}
				return reply
			})
			w := writerWith(t, open(t, s, "ollama"))
			cancelled(t, asked, func(ctx context.Context) error {
				_, err := w.Answer(ctx, rag.SearchRequest{Question: whoSigns, Audience: rag.Operator()})
				return err
			})
		})
	}
}

// TestHangInAnswers: nor does a server that says nothing hold a question longer
// than its time, also one that waits for its turn.
func TestHangInAnswers(t *testing.T) {
	const questions, timeout = 100, 500 * time.Millisecond
	s := llmtest.New(t)
	s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Fault: llmtest.Hang} })
	m := open(t, s, "ollama", func(c *llm.Config) { c.Timeout, c.Concurrency = timeout, 8 })
	count, longest := answersAtOnce(t, writerWith(t, m), questions)()
	if count["without the model"] != questions || longest > timeout+3*time.Second {
		t.Errorf("%v, the longest in %s", count, longest)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	nothingLeft(t)
}
