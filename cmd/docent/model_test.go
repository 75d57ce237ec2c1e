package main

import (
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestMaxTokens: max-tokens: is what each call sends. Without it there is room
// for thought in each, and more in the one that writes the answer.
func TestMaxTokens(t *testing.T) {
	for setting, want := range map[string]struct{ answer, other int }{"": {8000, 4000}, ", max-tokens: 5000": {5000, 5000}} {
		s := llmtest.New(t)
		s.Answer(func(r llmtest.Request) llmtest.Reply {
			if isWriting(r) {
				return llmtest.Reply{Text: "CLAIM: It carries forty people.\nQUOTE 1: It carries forty people.\n"}
			}
			return llmtest.Reply{Text: "1: yes"}
		})
		place := newFixture(t, s, "model: {provider: ollama, model: tiny, attempts: 1, judge: on"+setting+"}\n")
		place.ingest(t)
		place.write(t, "note2.txt", "The ferry is repaired in March. It carries no people then.\n")
		if code, _, errs := place.run(t, "ingest", place.dir+"/note2.txt"); code != 0 {
			t.Fatal(errs)
		}
		if _, out, errs := place.run(t, "ask", "--json", "How many people does the ferry carry?"); answered(t, out).Mode != "model" {
			t.Fatalf("%s%s", out, errs)
		}
		requests := s.Requests()
		if len(requests) != 2 {
			t.Errorf("%d calls", len(requests))
		}
		for _, r := range requests {
			if most := map[bool]int{true: want.answer, false: want.other}[isWriting(r)]; r.MaxTokens != most {
				t.Errorf("with %q: %d tokens for %.40q", setting, r.MaxTokens, r.System)
			}
		}
	}
}

// isWriting tells the call that writes an answer from those that help it.
func isWriting(r llmtest.Request) bool { return strings.Contains(r.System, "CLAIM:") }
