package main

import (
	"encoding/json"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestRerank: where docent.yaml names a reranker, search and ask go by its
// order, and without it where it fails.
func TestRerank(t *testing.T) {
	// By words and vectors the first is the better one, by the rerankers the
	// second.
	const first, second = "The ferry leaves the harbour at noon.", "When does the crew of the ferry have lunch?"
	for name, config := range map[string]string{
		"of a provider": "rerank: {provider: tei, model: bge, url: URL, attempts: 1}\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				return llmtest.Reply{Text: "NOT FOUND"}
			})
			f := newFixture(t, s, strings.ReplaceAll(config, "URL", s.URL))
			f.write(t, "note.txt", first+"\n")
			f.ingest(t)
			f.write(t, "plain.yaml", "library: team.db\n")
			f.write(t, "note2.txt", second+"\n")
			if code, _, errs := f.run(t, "ingest", f.dir+"/note2.txt"); code != 0 {
				t.Fatal(errs)
			}
			if _, out, _ := f.run(t, "--config", f.dir+"/plain.yaml", "search", "--json", "When does the ferry leave the harbour?"); firstFound(t, out) != first {
				t.Errorf("found %s", out)
			}
			for _, command := range []string{"search", "ask"} {
				before := len(s.Requests())
				_, out, errs := f.run(t, command, "--json", "When does the ferry leave the harbour?")
				if errs != "" || len(s.Requests()) == before {
					t.Errorf("%s: %d requests %s", command, len(s.Requests())-before, errs)
				}
				if got := firstFound(t, out); got != second {
					t.Errorf("%s: first is %q", command, got)
				}
			}
			s.Kill()
			for _, command := range []string{"search", "ask"} {
				code, out, errs := f.run(t, command, "When does the ferry leave the harbour?")
				if code != 0 || !strings.Contains(out, "ferry") || !strings.Contains(errs, "rerank 2 passages: ") || !strings.Contains(errs, "connection refused") {
					t.Errorf("%s: exit code %d\n%s%s", command, code, out, errs)
				}
			}
		})
	}
}

// firstFound is the text of the best hit.
func firstFound(t *testing.T, out string) string {
	t.Helper()
	var got struct{ Hits, Evidence []evidenceJSON }
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	return append(got.Hits, got.Evidence...)[0].Text
}
