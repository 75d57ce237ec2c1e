package main

import (
	"path/filepath"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// tinyModel is the folder of a model of nine words.
func tinyModel(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../rag/embed/local/testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestLocalEmbedder goes through the life of a library whose embedder lies in a
// folder.
func TestLocalEmbedder(t *testing.T) {
	embedder := "embedder: {provider: local, path: " + tinyModel(t)
	f := newFixture(t, llmtest.New(t), embedder+"}\n")
	f.write(t, "note.txt", "The quorum of the council is nine.\n")
	step := func(want int, says string, args ...string) {
		t.Helper()
		if code, out, errs := f.run(t, args...); code != want || !strings.Contains(out+errs, says) {
			t.Errorf("docent %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, want, out, errs)
		}
	}
	note := filepath.Join(f.dir, "note.txt")
	step(0, "1 added", "ingest", note)
	step(0, "is nine", "search", "council quorum")
	step(0, "is nine", "ask", "--no-model", "What is the quorum of the council?")
	step(0, "made with embedder tiny", "status")
	step(0, "tiny, 3 dimensions, in "+tinyModel(t), "doctor", "embedder", "index")
	f.write(t, "docent.yaml", "library: team.db\n"+embedder+", pooling: max}\n")
	step(5, "index it anew with: docent ingest --rebuild", "search", "council quorum")
	step(0, "0 failed", "ingest", "--rebuild")
	step(0, "is nine", "search", "council quorum")
	f.write(t, "docent.yaml", "library: team.db\nembedder: {provider: local, path: model}\n")
	step(1, "name a folder with path: that holds model.onnx and tokenizer.json", "search", "council quorum")
	step(1, "there is no such folder", "doctor", "embedder")
	step(0, "not compared, see embedder", "doctor", "index")
	step(0, "see: docent doctor", "status")
	step(0, "note", "documents", "list")
}

// TestLocalConfig: what a model in a folder takes and what one on a server does
// are not mixed up.
func TestLocalConfig(t *testing.T) {
	for embedder, want := range map[string]string{
		"{path: m}":         "embedder: provider is missing, one of local, openai",
		"{provider: local}": "path is missing",
		"{provider: local, path: m, max-tokens: -1}":          "not below 0",
		"{provider: local, path: m, url: http://h}":           "nothing that is for a server",
		"{provider: local, path: m, dimensions: 3}":           "nothing that is for a server",
		"{provider: ollama, model: m, pooling: cls}":          "for the provider local",
		"{provider: skynet, model: m}":                        "litellm, and local for a model in a folder",
		"{provider: ollama}":                                  "model is missing",
		"{provider: local, path: m, concurrency: 2, file: q}": "",
	} {
		_, err := parseConfig([]byte("embedder: " + embedder))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", embedder, err)
		}
	}
}
