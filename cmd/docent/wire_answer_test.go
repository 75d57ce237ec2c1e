package main

import (
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestJudge: a model that docent.yaml asks to judge what is proven is asked, and nobody
// else.
func TestJudge(t *testing.T) {
	for judge, want := range map[string]int{"": 0, ", judge: auto": 0, ", judge: false": 0, ", judge: on": 1, ", judge: true": 1} {
		s := llmtest.New(t)
		s.Answer(func(r llmtest.Request) llmtest.Reply {
			if strings.HasPrefix(r.System, "You compare statements") {
				return llmtest.Reply{Text: "1: no"}
			}
			return llmtest.Reply{Text: "CLAIM: It carries forty people.\nQUOTE 1: It carries forty people.\n"}
		})
		f := newFixture(t, s, "model: {provider: ollama, model: tiny"+judge+"}\n")
		f.ingest(t)
		_, out, errs := f.run(t, "ask", "--json", "How many people does the ferry carry?")
		if got := answered(t, out); got.Unsupported != want || len(s.Requests()) != 1+want || errs != "" {
			t.Errorf("%q: %d requests, %s%s", judge, len(s.Requests()), out, errs)
		}
	}
}
