package ingest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"docent/ingest"
	"docent/rag/library"
)

// promise is how soon a change is in the library.
const promise = 2 * time.Second

// watched is a fixture that is being followed.
type watched struct {
	*fixture
	reports chan ingest.Report
}

func newWatched(t *testing.T, prepare func(*fixture), paths ...string) *watched {
	t.Helper()
	f := newFixture(t)
	if prepare != nil {
		prepare(f)
	}
	w := &watched{fixture: f, reports: make(chan ingest.Report, 100)}
	if len(paths) == 0 {
		paths = []string{""}
	}
	for i := range paths {
		paths[i] = f.path(paths[i])
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- f.in.Watch(ctx, func(r ingest.Report) { w.reports <- r }, paths...) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Watch returned %v after its context ended", err)
		}
	})
	<-w.reports
	return w
}

// until waits for the library to hold the content.
func (w *watched) until(want string) {
	w.Helper()
	deadline := time.After(promise)
	for w.content() != want {
		select {
		case <-w.reports:
		case <-deadline:
			w.Fatalf("after %v the library holds\n%s\nwant\n%s", promise, w.content(), want)
		}
	}
}

func (w *watched) untilFailure(name string) {
	w.Helper()
	deadline := time.After(promise)
	for {
		select {
		case r := <-w.reports:
			if strings.Contains(w.counts(r), "!"+name) {
				return
			}
		case <-deadline:
			w.Fatalf("no failure of %s within %v", name, promise)
		}
	}
}

func TestWatch(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.write("a.txt", "Un.") })
	w.until("a.txt: Un.\n")

	w.write("b.txt", "Deux.")
	w.until("a.txt: Un.\nb.txt: Deux.\n")

	w.write("a.txt", "Trois.")
	w.until("a.txt: Trois.\nb.txt: Deux.\n")

	w.rename("b.txt", "c.txt")
	w.until("a.txt: Trois.\nc.txt: Deux.\n")

	w.remove("a.txt")
	w.until("c.txt: Deux.\n")
}

func TestWatchFolders(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.write("a.txt", "Un.") })

	w.write("new/deep/b.txt", "Deux.")
	w.until("a.txt: Un.\nnew/deep/b.txt: Deux.\n")

	w.write("new/deep/c.txt", "Trois.")
	w.until("a.txt: Un.\nnew/deep/b.txt: Deux.\nnew/deep/c.txt: Trois.\n")

	w.rename("new", "moved")
	w.until("a.txt: Un.\nmoved/deep/b.txt: Deux.\nmoved/deep/c.txt: Trois.\n")

	// The folder in the moved one must be followed under its new path.
	w.write("moved/deep/b.txt", "Quatre.")
	w.until("a.txt: Un.\nmoved/deep/b.txt: Quatre.\nmoved/deep/c.txt: Trois.\n")

	w.remove("moved")
	w.until("a.txt: Un.\n")
}

func TestWatchFailures(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.write("a.jsonl", record("x", "Un.")) })

	w.write("a.jsonl", record("x", "Deux.")+"{\n")
	w.untilFailure("a.jsonl:2")
	w.until("a.jsonl#x: Deux.\n")

	w.write("a.jsonl", record("x", "Trois."))
	w.until("a.jsonl#x: Trois.\n")
}

// TestWatchOneFile follows a file that editors replace instead of writing to.
func TestWatchOneFile(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.write("a.txt", "Un."); f.write("b.txt", "Non.") }, "a.txt")
	w.until("a.txt: Un.\n")

	w.write("new", "Deux.")
	w.rename("new", "a.txt")
	w.until("a.txt: Deux.\n")

	w.remove("a.txt")
	w.until("")

	w.write("a.txt", "Trois.")
	w.until("a.txt: Trois.\n")
}

// TestWatchFolderAway moves the folder itself away: that is no deletion of
// what is in it.
func TestWatchFolderAway(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.write("docs/a.txt", "Un.") }, "docs")
	w.rename("docs", "away")
	w.untilFailure("docs")
	w.until("docs/a.txt: Un.\n")

	w.write("away/a.txt", "Deux.")
	w.rename("away", "docs")
	w.until("docs/a.txt: Deux.\n")
}

// TestWatchWalks finds what no notification told: the folder that a symlink
// leads to is replaced where nobody looks.
func TestWatchWalks(t *testing.T) {
	w := newWatched(t, func(f *fixture) {
		f.in.Options.WalkEvery, f.in.Options.FollowLinks = 200*time.Millisecond, true
		f.write("v1/a.txt", "Un.")
		f.write("v2/a.txt", "Deux.")
		f.link("v1", "now")
		if err := os.Mkdir(f.path("docs"), 0o755); err != nil {
			f.Fatal(err)
		}
		f.link("../now/a.txt", "docs/a.txt")
	}, "docs")
	w.until("docs/a.txt: Un.\n")
	w.remove("now")
	w.link("v2", "now")
	w.until("docs/a.txt: Deux.\n")
}

// TestWatchIgnores follows what the folders say of themselves, below them too.
func TestWatchIgnores(t *testing.T) {
	w := newWatched(t, func(f *fixture) {
		f.write(".docentignore", "drafts\n")
		f.write("sub/a.txt", "Un.")
		f.write("sub/drafts/b.txt", "Deux.")
	}, ".")
	w.until("sub/a.txt: Un.\n")
	w.write("sub/drafts/c.txt", "Trois.")
	w.write("sub/d.txt", "Quatre.")
	w.until("sub/a.txt: Un.\nsub/d.txt: Quatre.\n")
	w.write(".docentignore", "d.txt\n")
	w.until("sub/a.txt: Un.\nsub/drafts/b.txt: Deux.\nsub/drafts/c.txt: Trois.\n")
}

func TestWatchMissing(t *testing.T) {
	f := newFixture(t)
	err := f.in.Watch(t.Context(), func(ingest.Report) {}, f.path("nope"))
	if err == nil {
		t.Error("no error for a path that does not exist")
	}
}

// TestWatchCheckpoints: the file alone has what came, once nothing more comes.
func TestWatchCheckpoints(t *testing.T) {
	done := make(chan struct{}, 100)
	w := newWatched(t, func(f *fixture) {
		f.write("a.txt", "Un.")
		f.in.Store = checkpointed{f.store, done}
	})
	for _, want := range []string{"a.txt: Un.\n", "a.txt: Un.\nb.txt: Deux.\n"} {
		select {
		case <-done:
		case <-time.After(2 * promise):
			t.Fatalf("no checkpoint within %v", 2*promise)
		}
		if got := w.contentOfCopy(); got != want {
			t.Errorf("a copy holds %q, want %q", got, want)
		}
		w.write("b.txt", "Deux.")
	}
}

// TestRunCheckpoints: so it has after a run, with the library still open.
func TestRunCheckpoints(t *testing.T) {
	f := newFixture(t)
	f.write("a.txt", "Un.")
	f.run()
	if got := f.contentOfCopy(); got != "a.txt: Un.\n" {
		t.Errorf("a copy holds %q", got)
	}
}

// checkpointed tells of each checkpoint.
type checkpointed struct {
	*library.Library
	done chan<- struct{}
}

func (c checkpointed) Checkpoint(ctx context.Context) error {
	defer func() { c.done <- struct{}{} }()
	return c.Library.Checkpoint(ctx)
}

// contentOfCopy is the content of a copy of the library's file alone.
func (f *fixture) contentOfCopy() string {
	f.Helper()
	data, err := os.ReadFile(f.store.Path())
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(f.TempDir(), "copy.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		f.Fatal(err)
	}
	store, err := library.Open(f.Context(), path, library.Options{ReadOnly: true, AnyFingerprint: true})
	if err != nil {
		f.Errorf("open a copy: %v", err)
		return ""
	}
	defer store.Close()
	inner := fixture{TB: f.TB, dir: f.dir, store: store}
	return inner.content()
}
