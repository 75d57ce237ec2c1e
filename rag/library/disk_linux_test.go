package library_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"docent/rag"
	"docent/rag/library"
	"docent/rag/ragtest"
)

// mounted is a file system in memory, which takes the right to mount.
func mounted(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("the test needs a file system of its own: %v", err)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, 0)) })
	return dir
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	must(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT|flags, options))
}

func TestDiskFull(t *testing.T) {
	dir := mounted(t, "1m")
	l := open(t, filepath.Join(dir, "team.db"), library.Options{Create: true})
	put(t, l, "first", "alpha")
	found(t, l, "alpha")
	var err error
	n := 0
	for ; err == nil && n < 1000; n++ {
		err = index(t.Context(), l, ragtest.Embedder{}, fmt.Sprint("d", n), strings.Repeat("alpha beta gamma\n", 200))
	}
	if !errors.Is(err, library.ErrFull) || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("put %d: %v", n, err)
	}
	if got, want := found(t, l, "alpha"), 1+(n-1)*200; got != want {
		t.Errorf("%d passages on the full disk, want %d", got, want)
	}
	if d, err := l.Document(t.Context(), "first", rag.Operator()); err != nil || d.Text != "alpha" {
		t.Errorf("the first document: %q, %v", d.Text, err)
	}
	// Once there is room it goes on where it stopped.
	remount(t, dir, 0, "size=4m")
	put(t, l, "last", "alpha")
	must(t, l.Delete(t.Context(), "first"))
	if got, want := found(t, l, "alpha"), 1+(n-1)*200; got != want {
		t.Errorf("%d passages with room again, want %d", got, want)
	}
}

func TestReadOnlyMedia(t *testing.T) {
	dir := mounted(t, "8m")
	path := filepath.Join(dir, "team.db")
	l, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, Create: true})
	must(t, err)
	put(t, l, "a", "alpha")
	must(t, l.Close())
	remount(t, dir, syscall.MS_RDONLY, "")
	reader := open(t, path, library.Options{ReadOnly: true})
	if got := found(t, reader, "alpha"); got != 1 {
		t.Errorf("%d passages", got)
	}
	if err := index(t.Context(), reader, ragtest.Embedder{}, "b", "beta"); !errors.Is(err, library.ErrReadOnly) {
		t.Errorf("put through a reader: %v", err)
	}
	if _, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint}); !errors.Is(err, library.ErrReadOnly) {
		t.Errorf("open for writing: %v", err)
	}
	if _, err := library.Open(t.Context(), filepath.Join(dir, "new.db"), library.Options{Fingerprint: ragtest.Fingerprint, Create: true}); err == nil {
		t.Error("a library was made on read-only media")
	}
}

// TestReadOnlyMediaWithLog has a library that was copied while it was written:
// what lies in its log must not be passed over in silence.
func TestReadOnlyMediaWithLog(t *testing.T) {
	l, from := create(t)
	put(t, l, "a", "alpha")
	dir := mounted(t, "8m")
	path := filepath.Join(dir, "team.db")
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(from + suffix)
		must(t, err)
		must(t, os.WriteFile(path+suffix, data, 0o600))
	}
	remount(t, dir, syscall.MS_RDONLY, "")
	got, err := library.Open(t.Context(), path, library.Options{Fingerprint: ragtest.Fingerprint, ReadOnly: true})
	if err == nil {
		defer func() { must(t, got.Close()) }()
		if n := found(t, got, "alpha"); n != 1 {
			t.Errorf("%d passages", n)
		}
	} else if !errors.Is(err, rag.ErrNoLibrary) || !strings.Contains(err.Error(), "-wal") {
		t.Errorf("%v", err)
	}
}
