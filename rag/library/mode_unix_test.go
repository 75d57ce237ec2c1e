//go:build unix

package library_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"docent/rag/library"
)

// TestPrivate makes a library where new files are open to all, and opens one
// that was made open to all: its files are their owner's alone.
func TestPrivate(t *testing.T) {
	before := syscall.Umask(0)
	t.Cleanup(func() { syscall.Umask(before) })
	path := filepath.Join(t.TempDir(), "a.db")
	put(t, open(t, path, library.Options{Create: true}), "a", "alpha")
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if got := mode(t, name); got != 0o600 {
			t.Errorf("%s is made with mode %o", filepath.Base(name), got)
		}
		must(t, os.Chmod(name, 0o664))
	}
	put(t, open(t, path, library.Options{}), "b", "beta")
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if got := mode(t, name); got != 0o600 {
			t.Errorf("%s keeps mode %o", filepath.Base(name), got)
		}
	}
}

// TestReadingKeepsTheMode: whoever only reads changes nothing.
func TestReadingKeepsTheMode(t *testing.T) {
	l, path := create(t)
	put(t, l, "a", "alpha")
	must(t, os.Chmod(path, 0o640))
	found(t, open(t, path, library.Options{ReadOnly: true}), "alpha")
	if got := mode(t, path); got != 0o640 {
		t.Errorf("a reader made it %o", got)
	}
}

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no %s", filepath.Base(path))
	}
	must(t, err)
	return info.Mode().Perm()
}
