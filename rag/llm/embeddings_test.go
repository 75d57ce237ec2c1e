package llm_test

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/embeddings"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

var _ embeddings.EmbedderClient = llm.Embeddings{}

func openEmbeddings(t *testing.T, s *llmtest.Server, dimensions int, spent func(rag.Usage)) llm.Embeddings {
	t.Helper()
	e, err := llm.OpenEmbeddings(llm.Config{Provider: "mistral", Model: "mistral-embed", BaseURL: s.URL, Key: key, Attempts: 1, Spent: spent}, dimensions)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func TestEmbeddings(t *testing.T) {
	s := llmtest.New(t)
	log := llm.UsageLog{Path: filepath.Join(t.TempDir(), "usage.jsonl"), Log: slog.New(slog.DiscardHandler)}
	e := openEmbeddings(t, s, 0, log.Recorder("mistral-embed"))
	texts := []string{"one", "two\nthree", "four"}
	want, err := e.CreateEmbedding(t.Context(), slices.Clone(texts))
	if err != nil || len(want) != 3 || len(want[0]) != llmtest.Dimension || slices.Equal(want[0], want[1]) {
		t.Fatalf("%d vectors, %v", len(want), err)
	}
	s.Script(llmtest.Reply{Fault: llmtest.Shuffled})
	got, err := e.CreateEmbedding(t.Context(), texts)
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("shuffled: %v %s", err, d)
	}
	asked := s.Requests()[1]
	if d := cmp.Diff([]string{"one", "two\nthree", "four"}, asked.Inputs); d != "" || asked.Model != "mistral-embed" || asked.Key != key {
		t.Errorf("asked %+v %s", asked, d)
	}
	if asked.Fields["dimensions"] != nil {
		t.Error("dimensions were asked for")
	}
	totals, err := log.Totals()
	if got := totals["mistral-embed"]; err != nil || got != (llm.UsageTotals{Calls: 2, Usage: rag.Usage{InputTokens: 8}}) {
		t.Errorf("totals %+v, %v", got, err)
	}
}

func TestEmbeddingDimensions(t *testing.T) {
	got, err := openEmbeddings(t, llmtest.New(t), 16, nil).CreateEmbedding(t.Context(), []string{"one"})
	if err != nil || len(got) != 1 || len(got[0]) != 16 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestEmbeddingFaults(t *testing.T) {
	for name, c := range map[string]struct {
		reply  llmtest.Reply
		kind   llm.Kind
		passes bool
		says   string
	}{
		"missing": {llmtest.Reply{Fault: llmtest.Missing}, llm.Garbled, true, ""},
		"a page":  {llmtest.Reply{Fault: llmtest.Page}, llm.Garbled, true, "no vectors"},
		"dropped": {llmtest.Reply{Fault: llmtest.Drop}, llm.Unreachable, true, ""},
		"401":     {llmtest.Reply{Status: http.StatusUnauthorized, Message: "Who? " + key}, llm.Denied, false, "Who?"},
		"429":     {llmtest.Reply{Status: http.StatusTooManyRequests, Message: "Slow down."}, llm.Overloaded, true, "Slow down."},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			s.Script(c.reply)
			_, err := openEmbeddings(t, s, 0, nil).CreateEmbedding(t.Context(), []string{"one", "two"})
			checkFailure(t, err, c.kind, c.passes, c.says)
			if strings.Contains(err.Error(), key) {
				t.Errorf("the key shows in %v", err)
			}
		})
	}
}

func TestCost(t *testing.T) {
	if got := (llm.Price{Input: 0.15, Output: 0.6}).Cost(rag.Usage{InputTokens: 2_000_000, OutputTokens: 500_000}); got != 0.6 {
		t.Errorf("costs %v", got)
	}
	used := rag.Usage{InputTokens: 2_000_000, CachedTokens: 1_000_000, OutputTokens: 1_000_000}
	for cached, want := range map[float64]float64{0: 14, 0.5: 12.5} {
		if got := (llm.Price{Input: 2, Cached: cached, Output: 10}).Cost(used); got != want {
			t.Errorf("with a cache at %v: costs %v, want %v", cached, got, want)
		}
	}
}
