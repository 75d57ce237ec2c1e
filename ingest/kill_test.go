package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/ingest"
	"docent/rag"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/retrieve"
)

// killTarget names the environment variable that makes the test binary ingest
// a folder into a library, for TestKilled to kill it.
const killTarget = "DOCENT_TEST_KILL"

func TestMain(m *testing.M) {
	if target := os.Getenv(killTarget); target != "" {
		if err := ingestFolder(context.Background(), target); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// ingestFolder ingests target/files into target/library.db.
func ingestFolder(ctx context.Context, target string) error {
	embedder := embed.NewBuiltin()
	store, err := library.Open(ctx, filepath.Join(target, "library.db"),
		library.Options{Create: true, Fingerprint: rag.FingerprintOf(embedder)})
	if err != nil {
		return err
	}
	defer store.Close()
	in := ingest.Ingester{Store: store, Indexer: retrieve.Indexer{Embedder: embedder}}
	_, err = in.Run(ctx, filepath.Join(target, "files"))
	return err
}

// TestKilled kills an ingest at random moments, 5 of them or as many as
// DOCENT_KILLS says. What is left holds only whole documents, and the
// next ingest completes it to what an undisturbed one makes.
func TestKilled(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("DOCENT_KILLS"))
	if err != nil {
		kills = 5
	}
	var undisturbed time.Duration
	want := killed(t, func(c *exec.Cmd) {
		began := time.Now()
		if err := c.Wait(); err != nil {
			t.Fatal(err)
		}
		undisturbed = time.Since(began)
	})
	r := rand.New(rand.NewPCG(1, 1))
	for range kills {
		after := time.Duration(r.Int64N(int64(undisturbed)))
		got := killed(t, func(c *exec.Cmd) {
			timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
			_ = c.Wait() // killed, or done before
			timer.Stop()
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("killed after %v (-undisturbed +got):\n%s", after, diff)
		}
	}
}

// killed ingests two versions of a folder one after the other, the second
// disturbed and then repeated, and returns what the library holds.
func killed(t *testing.T, disturb func(*exec.Cmd)) string {
	t.Helper()
	f := newFixture(t)
	target := f.dir
	f.dir = filepath.Join(target, "files")
	r := rand.New(rand.NewPCG(3, 4))
	words := vocabulary(r, 1000)
	for i := range 30 {
		f.write(fmt.Sprintf("%02d.md", i), small(r, words, i))
	}
	f.write("r.jsonl", record("x", "Un.")+record("y", "Deux.")+record("z", "Trois."))
	if err := ingestFolder(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 30; i += 2 {
		f.remove(fmt.Sprintf("%02d.md", i))
		f.write(fmt.Sprintf("%02d.md", i+1), small(r, words, i))
		f.write(fmt.Sprintf("%02d.md", 100+i), small(r, words, i))
	}
	f.write("a.jsonl", record("y", "Deux."))
	f.write("r.jsonl", record("w", "Zéro.")+record("x", "Quatre."))
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), killTarget+"="+target)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	disturb(c)
	_ = c.Wait() // a second time for one that was killed
	f.wholeDocuments(target)
	if err := ingestFolder(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	return f.wholeDocuments(target)
}

// wholeDocuments returns the content of the library, each document of which
// must have all of its passages.
func (f *fixture) wholeDocuments(target string) string {
	f.Helper()
	store, err := library.Open(f.Context(), filepath.Join(target, "library.db"),
		library.Options{Fingerprint: rag.FingerprintOf(f.embedder)})
	if err != nil {
		f.Fatal(err)
	}
	defer store.Close()
	for info, err := range store.Documents(f.Context(), rag.Operator()) {
		if err != nil {
			f.Fatal(err)
		}
		doc, err := store.Document(f.Context(), info.ID, rag.Operator())
		if err != nil {
			f.Fatal(err)
		}
		var ids []rag.PassageID
		for n := range info.Passages {
			ids = append(ids, rag.PassageID{Document: info.ID, N: n + 1})
		}
		passages, err := store.Passages(f.Context(), rag.Operator(), ids...)
		if err != nil || len(passages) != info.Passages || info.Passages == 0 {
			f.Fatalf("%s: %d of %d passages, %v", info.ID, len(passages), info.Passages, err)
		}
		for _, p := range passages {
			if doc.Text[p.Start:p.End] != p.Text {
				f.Fatalf("%s: passage %d is not of its text", info.ID, p.ID.N)
			}
		}
	}
	inner := fixture{TB: f.TB, dir: f.dir, store: store}
	return strings.ReplaceAll(inner.content(), target, "")
}
