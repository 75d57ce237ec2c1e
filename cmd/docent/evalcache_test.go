package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/eval"
)

// cacheOf is an eval cache in dir as a program with that hash has it.
func cacheOf(dir, program string) *evalCache {
	a := &app{getenv: noEnv, stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler)}
	s := a.newEvalCache(config{}, dir, embed.NewBuiltin())
	s.program = func() (string, error) { return program, nil }
	return s
}

func written(t *testing.T, name, text string) eval.Corpus {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return eval.Corpus{Paths: []string{path}}
}

func open(t *testing.T, s *evalCache, c eval.Corpus) {
	t.Helper()
	system, err := s.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := system.Close(); err != nil {
		t.Fatal(err)
	}
}

// cachedIn lists what lies in the cache, as program names.
func cachedIn(t *testing.T, dir string) []string {
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
func TestEvalCacheKeepsAndTidies(t *testing.T) {
	dir := t.TempDir()
	c := written(t, "doors.txt", "The door is red.\n")
	for _, program := range []string{"first", "second", "first"} {
		open(t, cacheOf(dir, program), c)
	}
	if got := cachedIn(t, dir); len(got) != 2 {
		t.Fatalf("in the cache: %q", got)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", "first"))
	if err != nil {
		t.Fatal(err)
	}
	past := time.Now().Add(-2 * staleAfter)
	left := filepath.Join(filepath.Dir(found[0]), "new-crashed")
	if err := errors.Join(os.Mkdir(left, 0o700), os.Chtimes(found[0], past, past), os.Chtimes(left, past, past)); err != nil {
		t.Fatal(err)
	}
	open(t, cacheOf(dir, "third"), c)
	if got := cachedIn(t, dir); len(got) != 2 || got[0] != "second" || got[1] != "third" {
		t.Errorf("in the cache: %q", got)
	}
}

// What fails leaves nothing that could be taken for a library.
func TestEvalCacheKeepsNothingHalf(t *testing.T) {
	dir := t.TempDir()
	s := cacheOf(dir, "program")
	if _, err := s.Open(t.Context(), written(t, "image.png", "\x89PNG\r\n\x1a\n\x00")); !errors.Is(err, eval.ErrUnreadable) {
		t.Errorf("a picture: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Open(ctx, written(t, "doors.txt", "The door is red.\n")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := s.Open(t.Context(), eval.Corpus{Paths: []string{filepath.Join(dir, "nowhere")}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no corpus: %v", err)
	}
	if got := cachedIn(t, dir); len(got) != 0 {
		t.Errorf("in the cache: %q", got)
	}
}

// Several that make the same library at once all have one in the end, and
// none takes it away from another.
func TestEvalCacheIsShared(t *testing.T) {
	dir := t.TempDir()
	c := written(t, "doors.txt", "The door is red.\n")
	var g errgroup.Group
	for range 4 {
		g.Go(func() error {
			system, err := cacheOf(dir, "program").Open(t.Context(), c)
			if err != nil {
				return err
			}
			found, err := system.Search(t.Context(), rag.SearchRequest{Question: "Which door is red?", Audience: rag.Operator()})
			if err == nil && len(found.Hits) != 1 {
				err = fmt.Errorf("%d hits", len(found.Hits))
			}
			return errors.Join(err, system.Close())
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	if got := cachedIn(t, dir); len(got) != 1 {
		t.Errorf("in the cache: %q", got)
	}
}
