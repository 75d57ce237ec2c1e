package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"docent/rag/library"
	"docent/rag/llm/llmtest"
)

// TestRebuildMeanwhile rebuilds a library under a search that stays: it goes on
// all the while, follows while its embedder is the right one, and says what to
// do when it no longer is. A rebuild that was killed goes on where it was.
func TestRebuildMeanwhile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no kill -9 here")
	}
	dir := t.TempDir()
	docs, old, young := filepath.Join(dir, "docs"), filepath.Join(dir, "old.yaml"), filepath.Join(dir, "young.yaml")
	for path, embedder := range map[string]string{old: "", young: "embedder: {provider: ollama, model: tiny, url: " + llmtest.New(t).URL + "}\n"} {
		if err := os.WriteFile(path, []byte("library: team.db\n"+embedder), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(docs, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", filepath.Join(old, "no folder")) // vectors are not kept
	const documents = 150
	generate(t, docs, documents, 1)
	mustRun(t, "ingest", "--config", old, docs)
	stays := keepAsking(t, "search", "--config", old, "--json", "--limit", "20", "-")
	searched := func() {
		t.Helper()
		if found := stays.ask("lighthouse storm"); len(found.Hits) != 20 {
			t.Fatalf("%d hits", len(found.Hits))
		}
	}
	searched()
	mustRun(t, "ingest", "--config", old, "--rebuild")
	searched()

	killed := docent(t.Context(), "ingest", "--config", young, "--rebuild")
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	for rebuilt(t, dir) == 0 {
		searched()
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait() // it was killed
	searched()
	half := rebuilt(t, dir)
	if out, err := docent(t.Context(), "status", "--config", young).Output(); half == documents || err != nil ||
		!strings.Contains(string(out), "of 150 documents for embedder tiny") {
		t.Errorf("%d documents after the kill; %v\n%s", half, err, out)
	}
	mustRun(t, "ingest", "--config", old, docs) // the old embedder may still fill the library
	if after := rebuilt(t, dir); after != half {
		t.Errorf("%d documents were rebuilt, and %d after an ingest", half, after)
	}

	mustRun(t, "ingest", "--config", young, "--rebuild")
	if _, err := io.WriteString(stays.in, "lighthouse storm\n"); err != nil {
		t.Fatal(err)
	}
	if code, errs := stays.end(), stays.errs.String(); code != 5 || !strings.Contains(errs, "start this program again") {
		t.Errorf("a search with the old embedder: exit code %d\n%s", code, errs)
	}
	stays = keepAsking(t, "search", "--config", young, "--json", "--limit", "20", "-")
	searched()
	if code := stays.end(); code != 0 {
		t.Errorf("exit code %d\n%s", code, stays.errs.String())
	}
}

// rebuilt is how many documents an unfinished rebuild has done.
func rebuilt(t *testing.T, dir string) int {
	t.Helper()
	lib, err := library.Open(t.Context(), filepath.Join(dir, "team.db"), library.Options{AnyFingerprint: true, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	s, err := lib.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.Rebuilt
}
