package library_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
)

var wide = rag.Fingerprint{Name: "ragtest-wide", Version: "1", Dimension: 16, Analysis: rag.AnalysisVersion}

func indexerOf(f rag.Fingerprint) rag.Indexer {
	return rag.Indexer{Embedder: ragtest.Embedder{Print: f}}
}

func TestRebuild(t *testing.T) {
	l, path := create(t)
	for n := range 300 {
		put(t, l, fmt.Sprintf("d%03d", n), "alpha word\nalpha again\n")
	}
	old := open(t, path, library.Options{ReadOnly: true})
	if got := found(t, old, "alpha"); got != 600 {
		t.Fatalf("%d passages before", got)
	}
	rebuilt := open(t, path, library.Options{Fingerprint: wide, AnyFingerprint: true})
	last, puts := 0, 0
	must(t, rebuilt.Rebuild(t.Context(), indexerOf(wide), func(done, total int) {
		if done < last || done > total || total < 300 {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last = done
		if puts++; puts > 3 {
			return
		}
		// Searching and writing with the old embedder goes on meanwhile.
		put(t, l, fmt.Sprintf("new%d", puts), "alpha came in\n")
		must(t, l.Delete(t.Context(), rag.DocumentID(fmt.Sprintf("d%03d", 100*puts-1))))
		if got, want := found(t, old, "alpha"), 600-puts; got != want {
			t.Errorf("%d passages during the rebuild, want %d", got, want)
		}
	}))
	if puts < 3 {
		t.Fatalf("progress was told %d times", puts)
	}
	q := wordQuery("alpha", "came")
	q.Vector, _ = ragtest.Embedder{Print: wide}.EmbedQuery(t.Context(), "alpha came in")
	for name, l := range map[string]*library.Library{"the rebuilder": rebuilt, "a new handle": open(t, path, library.Options{Fingerprint: wide})} {
		c, err := l.Candidates(t.Context(), q)
		if err != nil || c.Frequencies[0] != 597 || c.Frequencies[1] != 3 || c.Vector[0].Passage.Document != "new1" {
			t.Errorf("%s: %v %v", name, c.Frequencies, err)
		}
		must(t, index(t.Context(), l, ragtest.Embedder{Print: wide}, "written", "beta"))
	}
	var mismatch *rag.MismatchError
	if _, err := old.Candidates(t.Context(), wordQuery("alpha")); !errors.As(err, &mismatch) || mismatch.Library != wide {
		t.Errorf("a search with the old embedder: %v", err)
	}
	if err := index(t.Context(), l, ragtest.Embedder{}, "late", "alpha"); !errors.As(err, &mismatch) {
		t.Errorf("a put with the old embedder: %v", err)
	}
	leftOver(t, path, 301)
}

// leftOver checks that the old entries are gone.
func leftOver(t *testing.T, path string, want int) {
	t.Helper()
	var entries int
	must(t, foreign(t, path).QueryRowContext(t.Context(), `SELECT count(*) FROM entries`).Scan(&entries))
	if entries != want {
		t.Errorf("%d entries for %d documents", entries, want)
	}
}

// TestRebuildResumes breaks a rebuild off: the library is as before, and the
// next rebuild does only the rest.
func TestRebuildResumes(t *testing.T) {
	l, path := create(t)
	for n := range 300 {
		put(t, l, fmt.Sprintf("d%03d", n), "alpha word\n")
	}
	rebuilt := open(t, path, library.Options{Fingerprint: wide, AnyFingerprint: true})
	ctx, cancel := context.WithCancel(t.Context())
	first := 0
	err := rebuilt.Rebuild(ctx, indexerOf(wide), func(done, _ int) {
		first = done
		cancel()
	})
	if !errors.Is(err, context.Canceled) || first == 0 || first == 300 {
		t.Fatalf("broken off after %d: %v", first, err)
	}
	if got := found(t, l, "alpha"); got != 300 {
		t.Errorf("%d passages after the broken-off rebuild", got)
	}
	next := 0
	must(t, rebuilt.Rebuild(t.Context(), indexerOf(wide), func(done, _ int) {
		if next == 0 && done <= first {
			t.Errorf("began again at %d, was at %d", done, first)
		}
		next = done
	}))
	if got := found(t, rebuilt, "alpha"); got != 300 || next != 300 {
		t.Errorf("%d passages after the rebuild, %d documents done", got, next)
	}
	leftOver(t, path, 300)
}

func TestRebuildForAnotherEmbedder(t *testing.T) {
	l, _ := create(t)
	put(t, l, "a", "alpha")
	if err := l.Rebuild(t.Context(), indexerOf(wide), nil); err == nil {
		t.Error("rebuilt for an embedder that the library was not opened for")
	}
	must(t, l.Rebuild(t.Context(), indexerOf(ragtest.Fingerprint), nil))
	if got := found(t, l, "alpha"); got != 1 {
		t.Errorf("%d passages", got)
	}
}
