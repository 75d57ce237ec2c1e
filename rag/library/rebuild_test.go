package library_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

var wide = rag.Fingerprint{Name: "ragtest-wide", Version: "1", Dimension: 16, Analysis: rag.AnalysisVersion}

func indexerOf(f rag.Fingerprint) retrieve.Indexer {
	return retrieve.Indexer{Embedder: ragtest.Embedder{Print: f}}
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
	if _, err := old.Candidates(t.Context(), wordQuery("alpha")); !errors.As(err, &mismatch) || mismatch.Library != wide || !errors.Is(err, library.ErrRebuilt) {
		t.Errorf("a search with the old embedder: %v", err)
	}
	if err := index(t.Context(), l, ragtest.Embedder{}, "late", "alpha"); !errors.As(err, &mismatch) || !errors.Is(err, library.ErrRebuilt) {
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
		if first = done; first > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || first == 0 || first == 300 {
		t.Fatalf("broken off after %d: %v", first, err)
	}
	if got := found(t, l, "alpha"); got != 300 {
		t.Errorf("%d passages after the broken-off rebuild", got)
	}
	next := -1
	must(t, rebuilt.Rebuild(t.Context(), indexerOf(wide), func(done, _ int) {
		if next < 0 && done != first {
			t.Errorf("began again at %d, was at %d", done, first)
		}
		next = done
	}))
	if got := found(t, rebuilt, "alpha"); got != 300 || next != 300 {
		t.Errorf("%d passages after the rebuild, %d documents done", got, next)
	}
	leftOver(t, path, 300)
}

var third = rag.Fingerprint{Name: "ragtest-third", Version: "1", Dimension: 8, Analysis: rag.AnalysisVersion}

// brokenOff is a library with a rebuild for wide that ended half-way.
func brokenOff(t *testing.T) (path string) {
	t.Helper()
	l, path := create(t)
	for n := range 100 {
		put(t, l, fmt.Sprintf("d%03d", n), "alpha word\nalpha again\nalpha too\n")
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := open(t, path, library.Options{Fingerprint: wide, AnyFingerprint: true}).Rebuild(ctx, indexerOf(wide), func(done, _ int) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return path
}

// TestRebuildThrownAway: what was made for another embedder is of no use.
func TestRebuildThrownAway(t *testing.T) {
	path := brokenOff(t)
	l := open(t, path, library.Options{Fingerprint: third, AnyFingerprint: true})
	if s, err := l.Stats(t.Context()); err != nil || s.Rebuilding != wide.String() || s.Rebuilt == 0 || s.Rebuilt == 100 {
		t.Errorf("an unfinished rebuild shows as %q, %d: %v", s.Rebuilding, s.Rebuilt, err)
	}
	first := -1
	must(t, l.Rebuild(t.Context(), indexerOf(third), func(done, _ int) {
		if first < 0 {
			first = done
		}
	}))
	q := wordQuery("alpha")
	q.Vector, _ = ragtest.Embedder{Print: third}.EmbedQuery(t.Context(), "alpha again")
	c, err := l.Candidates(t.Context(), q)
	if s, err := l.Stats(t.Context()); err != nil || s.Rebuilding != "" || s.Rebuilt != 0 {
		t.Errorf("a finished rebuild shows as %q, %d: %v", s.Rebuilding, s.Rebuilt, err)
	}
	if err != nil || first != 0 || c.Frequencies[0] != 300 || len(c.Vector) == 0 || c.Vector[0].Passage.N != 2 {
		t.Errorf("began at %d, %v %v", first, c.Frequencies, err)
	}
	leftOver(t, path, 100)
}

// TestRebuildOvertaken: two rebuilds for different embedders do not mix.
func TestRebuildOvertaken(t *testing.T) {
	path := brokenOff(t)
	l := open(t, path, library.Options{Fingerprint: wide, AnyFingerprint: true})
	overtaken := false
	err := l.Rebuild(t.Context(), indexerOf(wide), func(int, int) {
		if overtaken {
			return
		}
		overtaken = true
		must(t, open(t, path, library.Options{Fingerprint: third, AnyFingerprint: true}).Rebuild(t.Context(), indexerOf(third), nil))
	})
	if !errors.Is(err, library.ErrRebuilding) {
		t.Errorf("the rebuild that was overtaken: %v", err)
	}
	if got := found(t, open(t, path, library.Options{Fingerprint: third}), "alpha"); got != 300 {
		t.Errorf("%d passages", got)
	}
	leftOver(t, path, 100)
}

// TestRebuildTwice: two rebuilds for one embedder at once are one.
func TestRebuildTwice(t *testing.T) {
	path := brokenOff(t)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			l, err := library.Open(t.Context(), path, library.Options{Fingerprint: wide, AnyFingerprint: true})
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			if err := l.Rebuild(t.Context(), indexerOf(wide), nil); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := found(t, open(t, path, library.Options{Fingerprint: wide}), "alpha"); got != 300 {
		t.Errorf("%d passages", got)
	}
	leftOver(t, path, 100)
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
