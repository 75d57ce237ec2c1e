package main

import (
	"encoding/json"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestEmbedder goes through the life of a library whose embedder is on a
// server: no text is paid for twice, another embedder is refused, a rebuild
// switches, and what embeds nothing does not need the server.
func TestEmbedder(t *testing.T) {
	s := llmtest.New(t)
	f := newFixture(t, s, ollamaEmbedder)
	step := func(want int, says string, paid int, args ...string) {
		t.Helper()
		before := len(s.Requests())
		code, out, errs := f.run(t, args...)
		if code != want || !strings.Contains(out+errs, says) {
			t.Errorf("docent %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, out, errs)
		}
		got := 0
		for _, r := range s.Requests()[before:] {
			got += len(r.Inputs)
		}
		if got != paid {
			t.Errorf("docent %s: %d texts were embedded, not %d", strings.Join(args, " "), got, paid)
		}
	}
	note := f.dir + "/note.txt"
	step(0, "1 added", 2, "ingest", note) // the other text asks for the dimension
	step(0, "1 changed", 0, "ingest", "--rebuild", note)
	step(0, "1 passages", 0, "ingest", "--library", f.dir+"/second.db", note)
	step(0, "forty people", 1, "search", "ferry people")
	step(0, "forty people", 0, "search", "ferry people")
	step(0, "It carries forty people.", 1, "ask", "--from", note, "How many people does the ferry carry?")
	step(0, "made with embedder bge-m3", 0, "status")
	f.write(t, "docent.yaml", "library: team.db\n"+ollamaEmbedder[:len(ollamaEmbedder)-2]+", passage-prefix: 'passage: '}\n")
	step(5, "index it anew with: docent ingest --rebuild", 0, "search", "ferry people")
	step(0, "this program needs: docent ingest --rebuild", 0, "status")
	step(0, "0 failed", 1, "ingest", "--rebuild")
	step(0, "forty people", 0, "search", "ferry people")
	f.write(t, "docent.yaml", "library: team.db\n")
	step(5, "made with embedder bge-m3", 0, "search", "ferry people")
	step(0, "0 failed", 0, "ingest", "--rebuild")
	step(0, "made with embedder docent-words", 0, "status")
	f.write(t, "docent.yaml", "library: team.db\nembedder: {provider: ollama, model: other, attempts: 1}\n")
	s.Kill()
	step(0, "the embedder of docent.yaml does not answer, see: docent doctor", 0, "status")
	step(0, "note", 0, "documents", "list")
	step(1, "ollama serve", 0, "search", "ferry people")
}

// TestStoppedEmbedder: an ingest whose embedder goes away says so, and what
// came before is not paid for again.
func TestStoppedEmbedder(t *testing.T) {
	s := llmtest.New(t)
	f := newFixture(t, s, "embedder: {provider: ollama, model: bge-m3, attempts: 1, dimensions: 32}\n")
	s.Script(llmtest.Reply{Status: 503, Message: "loading model"})
	code, out, errs := f.run(t, "ingest", "--json", f.dir+"/note.txt")
	var report ingestJSON
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	if code != 3 || len(report.Failed) != 1 || !strings.Contains(report.Failed[0].Error, "bge-m3 of ollama fails (status 503): loading model") {
		t.Errorf("exit code %d, %+v", code, report)
	}
	if code, out, _ := f.run(t, "ingest", f.dir+"/note.txt"); code != 0 || !strings.Contains(out, "1 added") {
		t.Errorf("exit code %d: %s", code, out)
	}
}
