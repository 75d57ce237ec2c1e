package llm_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

func openReranker(t *testing.T, s *llmtest.Server, provider string) llm.Reranker {
	t.Helper()
	c := llm.Config{Provider: provider, Model: "ranker", BaseURL: s.URL, Key: key, Attempts: 1, Client: s.Client}
	r, err := llm.OpenReranker(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

var rerankers = []string{"cohere", "jina", "tei", "vllm"}

func TestRerank(t *testing.T) {
	texts := []string{"nothing", "one of three words", "one two three", "two of them, three"}
	for _, provider := range rerankers {
		for name, c := range map[string]struct {
			fault llmtest.Fault
			want  []int
		}{
			"in order": {llmtest.None, []int{2, 1, 3, 0}},
			"shuffled": {llmtest.Shuffled, []int{2, 3, 1, 0}},
			"missing":  {llmtest.Missing, []int{2, 1, 3}},
		} {
			t.Run(provider+" "+name, func(t *testing.T) {
				s := llmtest.New(t)
				s.Want(key)
				s.Script(llmtest.Reply{Fault: c.fault})
				r := openReranker(t, s, provider)
				got, usage, err := r.Rerank(t.Context(), "one two three", texts)
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(c.want, got); d != "" || usage != (rag.Usage{}) {
					t.Errorf("usage %+v %s", usage, d)
				}
				asked := s.Requests()[0]
				if d := cmp.Diff(texts, asked.Inputs); d != "" || asked.Query != "one two three" {
					t.Errorf("asked %q %s", asked.Query, d)
				}
				checkRerankFields(t, provider, asked)
			})
		}
	}
}

// checkRerankFields holds a request to what the provider takes.
func checkRerankFields(t *testing.T, provider string, asked llmtest.Request) {
	t.Helper()
	for _, c := range []struct{ provider, path, fields string }{
		{"cohere", "/v2/rerank", "documents model query top_n"},
		{"jina", "/v1/rerank", "documents model query return_documents top_n"},
		{"tei", "/rerank", "query texts truncate"},
		{"vllm", "/v1/rerank", "documents model query top_n"},
	} {
		if c.provider != provider {
			continue
		}
		for _, name := range strings.Fields(c.fields) {
			if asked.Fields[name] == nil {
				t.Errorf("no field %s", name)
			}
		}
		if len(asked.Fields) != len(strings.Fields(c.fields)) || asked.Path != c.path {
			t.Errorf("asked at %s with %d fields", asked.Path, len(asked.Fields))
		}
	}
}

func TestRerankFaults(t *testing.T) {
	for _, provider := range rerankers {
		for name, c := range map[string]struct {
			reply  llmtest.Reply
			kind   llm.Kind
			passes bool
			says   string
		}{
			"a page":    {llmtest.Reply{Fault: llmtest.Page}, llm.Garbled, true, "no scores of texts"},
			"malformed": {llmtest.Reply{Fault: llmtest.Malformed}, llm.Garbled, true, "no scores of texts"},
			"foreign":   {llmtest.Reply{Fault: llmtest.Foreign}, llm.Garbled, true, "a text that was not sent"},
			"cut":       {llmtest.Reply{Fault: llmtest.Cut}, llm.Cut, true, ""},
			"dropped":   {llmtest.Reply{Fault: llmtest.Drop}, llm.Unreachable, true, ""},
			"401":       {llmtest.Reply{Status: http.StatusUnauthorized, Message: "Who? " + key}, llm.Denied, false, "Who?"},
			"404":       {llmtest.Reply{Status: http.StatusNotFound, Message: "model not found"}, llm.Unknown, false, "model not found"},
			"429":       {llmtest.Reply{Status: http.StatusTooManyRequests, Message: "Slow down."}, llm.Overloaded, true, "Slow down."},
			"500":       {llmtest.Reply{Status: http.StatusInternalServerError, Message: "Oops."}, llm.Failing, true, "Oops."},
		} {
			t.Run(provider+" "+name, func(t *testing.T) {
				s := llmtest.New(t)
				s.Script(c.reply)
				_, _, err := openReranker(t, s, provider).Rerank(t.Context(), "one", []string{"one", "two"})
				checkFailure(t, err, c.kind, c.passes, c.says)
				if strings.Contains(err.Error(), key) {
					t.Errorf("the key shows in %v", err)
				}
			})
		}
	}
}

// TestRerankTimeout: what can be done without is not waited for long.
func TestRerankTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		s.Script(llmtest.Reply{Fault: llmtest.Hang})
		began := time.Now()
		_, _, err := openReranker(t, s, "cohere").Rerank(t.Context(), "one", []string{"one", "two"})
		checkFailure(t, err, llm.Slow, true, "no whole answer in 15s")
		if took := time.Since(began); took != 15*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
