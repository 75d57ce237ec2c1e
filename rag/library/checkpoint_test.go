package library_test

import (
	"os"
	"path/filepath"
	"testing"

	"docent/rag/library"
)

// copied opens a copy of the file alone, as it lies there.
func copied(t *testing.T, path string) *library.Library {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	to := filepath.Join(t.TempDir(), "copy.db")
	must(t, os.WriteFile(to, data, 0o600))
	return open(t, to, library.Options{ReadOnly: true})
}

// TestCheckpoint copies a library that stays open, while a reader holds an
// older state of it.
func TestCheckpoint(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	must(t, l.Checkpoint(t.Context()))
	if got := found(t, copied(t, path), "alpha"); got != 1 {
		t.Errorf("%d passages in the copy", got)
	}

	_, err := foreign(t, path).ExecContext(t.Context(), "BEGIN; SELECT count(*) FROM documents")
	must(t, err)
	put(t, l, "b", "beta")
	must(t, l.Checkpoint(t.Context()))
	if got := found(t, copied(t, path), "alpha"); got != 1 {
		t.Errorf("%d passages in a copy beside a reader", got)
	}
}

// TestCloseCheckpoints closes a library that another process has open, so that
// its log stays.
func TestCloseCheckpoints(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	l := open(t, path, library.Options{Create: true})
	reader := open(t, path, library.Options{ReadOnly: true})
	put(t, l, "a", "alpha")
	found(t, reader, "alpha")
	must(t, l.Close())
	if got := found(t, copied(t, path), "alpha"); got != 1 {
		t.Errorf("%d passages in the copy", got)
	}
}
