package main

import (
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestFolderModel: who had docent compute a model in a folder is told how to
// serve it, whatever else the configuration says of it, and so is who opens a
// library that was made like that.
func TestFolderModel(t *testing.T) {
	f := newFixture(t, llmtest.New(t), "embedder: {provider: ollama, model: e5-small, attempts: 1}\n")
	f.ingest(t)
	step := func(want int, args []string, says ...string) {
		t.Helper()
		code, out, errs := f.run(t, args...)
		for _, said := range says {
			if code != want || !strings.Contains(out+errs, said) {
				t.Errorf("docent %s: exit code %d, want %d and %q\n%s%s", strings.Join(args, " "), code, want, said, out, errs)
			}
		}
	}
	cure := []string{"ollama pull hf.co/OWNER/e5-small-GGUF\n", "llama-server -hf OWNER/e5-small-GGUF --embeddings\n",
		"  embedder:\n    {provider: ollama, model: hf.co/OWNER/e5-small-GGUF}", "docent ingest --rebuild"}
	f.write(t, "docent.yaml", "library: team.db\n")
	step(5, []string{"search", "ferry"}, append(cure, "made with embedder e5-small")...)
	f.write(t, "docent.yaml", "library: team.db\nembedder: {provider: local, path: models/e5-small, pooling: cls, max-tokens: 99}\n")
	for _, args := range [][]string{{"search", "ferry"}, {"ingest", f.dir + "/note.txt"}, {"status"}} {
		step(1, args, append(cure, "there is no provider local any more")...)
	}
	f.write(t, "docent.yaml", "library: team.db\nembedder: {provider: local, pooling: cls\n")
	step(1, []string{"search", "ferry"}, "did not find expected")

	// A model of a server's is not taken for one of a folder.
	f.write(t, "docent.yaml", "library: team.db\nembedder: {provider: ollama, model: 'bge-m3:567m', attempts: 1}\n")
	step(0, []string{"ingest", "--rebuild"}, "0 failed")
	f.write(t, "docent.yaml", "library: team.db\n")
	step(5, []string{"search", "ferry"}, "first name its server under embedder: in docent.yaml\n")
}
