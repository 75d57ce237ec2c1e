package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/library"
)

// madeOtherwise is a library of one document, made with another embedder.
func madeOtherwise(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	lib, err := library.Open(t.Context(), path, library.Options{
		Create: true, Fingerprint: rag.Fingerprint{Name: "other", Version: "2", Dimension: 3, Analysis: rag.AnalysisVersion},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer lib.Close()
	const text = "The ferry to the lighthouse leaves at noon."
	doc := rag.Document{DocumentInfo: rag.DocumentInfo{ID: "ferry", Title: "Ferry", Language: "en", Space: rag.Everyone}, Text: text}
	passage := rag.Passage{
		ID: rag.PassageID{Document: "ferry", N: 1}, End: len(text), Text: text, Language: "en",
		Terms: []rag.TermCount{{Text: "nothing of this program's", Count: 1}}, Vector: []float32{1, 0, 0},
	}
	if err := lib.Put(t.Context(), doc, []rag.Passage{passage}); err != nil {
		t.Fatal(err)
	}
	return path
}

// A library that was made with another embedder is refused with what to do,
// can still be looked at, and is right again after that.
func TestRebuild(t *testing.T) {
	path := madeOtherwise(t)
	for _, step := range []struct {
		args   string
		code   int
		stdout string
		stderr string
	}{
		{"search ferry", 5, "", "hint: index it anew with: docent ingest --rebuild"},
		{"ingest ../../ingest/testdata/handbook", 5, "", "made with embedder other 2 (3 dimensions"},
		{"status", 0, "this program needs: docent ingest --rebuild", ""},
		{"documents list", 0, "ferry", ""},
		{"ingest --rebuild --dry-run", 0, "would be: ", ""},
		{"search ferry", 5, "", "made with embedder other"},
		{"ingest --rebuild", 0, "0 failed; 1 passages in ", ""},
		{"search ferry", 0, "The ferry to the lighthouse leaves at noon.", ""},
		{"status", 0, "made with embedder docent-words", ""},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), append(strings.Fields(step.args), "--library", path), noEnv, nil, &out, &errs)
		if code != step.code || !strings.Contains(out.String(), step.stdout) || !strings.Contains(errs.String(), step.stderr) {
			t.Errorf("docent %s: exit code %d, want %d\n%s%s", step.args, code, step.code, out.String(), errs.String())
		}
	}
}
