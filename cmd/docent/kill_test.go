package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
)

// generate writes n documents into a folder; the words of generation tell
// whether a document is the old or the new one.
func generate(t *testing.T, dir string, n, generation int) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, uint64(n)))
	words := strings.Fields("harbour lighthouse lens keeper tower glass storm signal copper ladder north south winter repair budget letter")
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "# Document %d of generation%d\n", i, generation)
		for p := range 2 + i%5 {
			fmt.Fprintf(&b, "\n## Part %d\n\n", p)
			for range 20 {
				b.WriteString("The")
				for range 9 {
					b.WriteString(" " + words[random.IntN(len(words))])
				}
				fmt.Fprintf(&b, " of generation%d.\n", generation)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.md", i)), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// content is what a library holds: each document with a hash of all of it.
// It fails when a document is not whole.
func content(t *testing.T, path string) map[string]string {
	t.Helper()
	fingerprint := rag.FingerprintOf(embed.NewBuiltin())
	// As an ingest opens it: one that was killed before its file became a
	// library left nothing, and is begun again.
	lib, err := library.Open(t.Context(), path, library.Options{Fingerprint: fingerprint, Create: true})
	if err != nil {
		t.Fatalf("open after the kill: %v", err)
	}
	defer lib.Close()
	held := make(map[string]string)
	for d, err := range lib.Documents(t.Context(), rag.Operator()) {
		if err != nil {
			t.Fatal(err)
		}
		doc, err := lib.Document(t.Context(), d.ID, rag.Operator())
		if err != nil {
			t.Fatal(err)
		}
		ids := make([]rag.PassageID, d.Passages)
		for i := range ids {
			ids[i] = rag.PassageID{Document: d.ID, N: i + 1}
		}
		passages, err := lib.Passages(t.Context(), rag.Operator(), ids...)
		if err != nil {
			t.Fatal(err)
		}
		if len(passages) != d.Passages || d.Passages == 0 || len(doc.Text) != d.Bytes {
			t.Errorf("%s has %d passages and %d bytes, not %d and %d", d.ID, len(passages), len(doc.Text), d.Passages, d.Bytes)
		}
		h := sha256.New()
		_, _ = io.WriteString(h, doc.Text+d.Hash)
		for _, p := range passages {
			if doc.Text[p.Start:p.End] != p.Text {
				t.Errorf("passage %d of %s is not of its text", p.ID.N, d.ID)
			}
			fmt.Fprintf(h, "%d %d %q %q", p.Start, p.End, p.Heading, p.Text)
		}
		held[string(d.ID)] = hex.EncodeToString(h.Sum(nil))
	}
	if len(held) > 0 {
		// Also the index, which is what is searched, must be whole.
		found, err := lib.Candidates(t.Context(), rag.Query{Audience: rag.Operator(), Terms: []rag.QueryTerm{{Text: "lighthouse", Weight: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		if found.Documents != len(held) {
			t.Errorf("%d documents are searched of %d", found.Documents, len(held))
		}
	}
	return held
}

// TestKill ends an ingest at random moments, as often as DOCENT_KILLS says (3
// times without). Each time the library must open and hold only whole
// documents, old or new, and the next ingest must complete to the same content
// as one that nothing disturbed.
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no kill -9 here")
	}
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("DOCENT_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	docs := filepath.Join(dir, "docs")
	if err := os.Mkdir(docs, 0o700); err != nil {
		t.Fatal(err)
	}
	const documents = 150
	generate(t, docs, documents, 1)
	before := filepath.Join(dir, "before.db")
	mustRun(t, "ingest", "--library", before, docs)
	old := content(t, before)

	generate(t, docs, documents*4/5, 2)
	for i := documents * 9 / 10; i < documents; i++ {
		if err := os.Remove(filepath.Join(docs, fmt.Sprintf("%04d.md", i))); err != nil {
			t.Fatal(err)
		}
	}
	undisturbed := filepath.Join(dir, "undisturbed.db")
	copyFile(t, before, undisturbed)
	began := time.Now()
	mustRun(t, "ingest", "--library", undisturbed, docs)
	took := time.Since(began)
	want := content(t, undisturbed)

	cut := 0
	for i := range kills {
		disturbed := filepath.Join(dir, fmt.Sprintf("disturbed%d.db", i))
		fresh := i%2 == 1
		if !fresh {
			copyFile(t, before, disturbed)
		}
		if killed(t, time.Duration(rand.Int64N(int64(took))), "ingest", "--library", disturbed, docs) {
			cut++
		}
		if _, err := os.Stat(disturbed); err == nil {
			for id, hash := range content(t, disturbed) {
				if hash != want[id] && (fresh || hash != old[id]) {
					t.Errorf("kill %d left %s as neither the old nor the new", i, id)
				}
			}
		}
		mustRun(t, "ingest", "--library", disturbed, docs)
		if diff := cmp.Diff(want, content(t, disturbed)); diff != "" {
			t.Errorf("after kill %d the next ingest led elsewhere (-want +got):\n%s", i, diff)
		}
	}
	if cut == 0 {
		t.Errorf("all of %d ingests ended before they were killed", kills)
	}
}

// killed runs the program and kills it after a while, and reports whether that
// came before its end.
func killed(t *testing.T, after time.Duration, args ...string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	err := docent(ctx, args...).Run() // the end of the context is a SIGKILL
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false
	case errors.As(err, &exit) && exit.ExitCode() == -1, errors.Is(err, context.DeadlineExceeded):
		return true
	}
	t.Fatalf("ingest: %v", err)
	return false
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
