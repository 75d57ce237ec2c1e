package eval_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"docent/rag/eval"
)

// cacheOf is a cache in dir as a program of that name has it. Its libraries are
// copies of a corpus's one document, and their notes its name.
func cacheOf(dir, program string) eval.Cache {
	return eval.Cache{
		Dir: dir, Program: program, Log: slog.New(slog.DiscardHandler),
		Build: func(ctx context.Context, path string, documents []string) ([]string, error) {
			data, err := os.ReadFile(documents[0])
			return []string{filepath.Base(documents[0])}, errors.Join(err, ctx.Err(), os.WriteFile(path, data, 0o600))
		},
	}
}

func doors(t *testing.T) eval.Corpus {
	t.Helper()
	path := filepath.Join(t.TempDir(), "doors.txt")
	if err := os.WriteFile(path, []byte("The door is red.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return eval.Corpus{Paths: []string{path}}
}

// hold has the cache find a corpus's library, and looks at it.
func hold(t *testing.T, c eval.Cache, corpus eval.Corpus) (path string) {
	t.Helper()
	path, notes, err := c.Library(t.Context(), corpus)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || string(data) != "The door is red.\n" || len(notes) != 1 || notes[0] != "doors.txt" {
		t.Errorf("a library of %q with notes %q, %v", data, notes, err)
	}
	return path
}

// cached lists what lies in the cache, as program names.
func cached(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range found {
		found[i] = filepath.Base(f)
	}
	return found
}

// Each program has libraries of its own, and those that nobody asked for a day
// go when the next is made.
func TestCacheKeepsAndEvicts(t *testing.T) {
	dir, corpus := t.TempDir(), doors(t)
	for _, program := range []string{"first", "second", "first"} {
		hold(t, cacheOf(dir, program), corpus)
	}
	if diff := cmp.Diff([]string{"first", "second"}, cached(t, dir)); diff != "" {
		t.Fatalf("in the cache (-want +got):\n%s", diff)
	}
	first := filepath.Dir(hold(t, cacheOf(dir, "first"), corpus))
	past, left := time.Now().Add(-48*time.Hour), filepath.Join(filepath.Dir(first), "new-crashed")
	if err := errors.Join(os.Mkdir(left, 0o700), os.Chtimes(first, past, past), os.Chtimes(left, past, past)); err != nil {
		t.Fatal(err)
	}
	hold(t, cacheOf(dir, "third"), corpus)
	if diff := cmp.Diff([]string{"second", "third"}, cached(t, dir)); diff != "" {
		t.Errorf("in the cache (-want +got):\n%s", diff)
	}
}

// A library is made once, until it is damaged, the corpus changes, or it is to
// be made in another way.
func TestCacheMakesAnew(t *testing.T) {
	corpus, c := doors(t), cacheOf(t.TempDir(), "program")
	made, build := 0, c.Build
	c.Build = func(ctx context.Context, path string, documents []string) ([]string, error) {
		made++
		return build(ctx, path, documents)
	}
	step := func(want int, change func(path string) error) {
		t.Helper()
		if err := change(hold(t, c, corpus)); err != nil {
			t.Fatal(err)
		}
		hold(t, c, corpus)
		if made != want {
			t.Errorf("made %d times, not %d", made, want)
		}
	}
	step(1, func(string) error { return nil })
	step(2, func(path string) error { return os.WriteFile(path, []byte("damaged"), 0o600) })
	step(3, func(string) error { c.Settings = "another embedder"; return nil })
	step(4, func(string) error { corpus.Language = "fr"; return nil })
}

// What fails leaves nothing that could be taken for a library.
func TestCacheKeepsNothingHalf(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := cacheOf(dir, "program").Library(ctx, doors(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, _, err := cacheOf(dir, "program").Library(t.Context(), eval.Corpus{Paths: []string{filepath.Join(dir, "nowhere")}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no corpus: %v", err)
	}
	if got := cached(t, dir); len(got) != 0 {
		t.Errorf("in the cache: %q", got)
	}
}

// Several that make the same library at once all have one in the end, and
// none takes it away from another.
func TestCacheIsShared(t *testing.T) {
	dir, corpus := t.TempDir(), doors(t)
	var g errgroup.Group
	for range 8 {
		g.Go(func() error {
			path, _, err := cacheOf(dir, "program").Library(t.Context(), corpus)
			if err == nil {
				_, err = os.ReadFile(path)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	if got := cached(t, dir); len(got) != 1 {
		t.Errorf("in the cache: %q", got)
	}
}
