//go:build unix

package store_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"docent/bot/store"
)

// TestPrivate makes the file its owner's alone, with what SQLite keeps beside
// it, whatever the umask and whoever made it wider.
func TestPrivate(t *testing.T) {
	for _, mask := range []int{0, 0o022, 0o777} {
		path := filepath.Join(t.TempDir(), "slack.db")
		openWith(t, path, mask)
		wide := []string{path, path + "-wal", path + "-shm"}
		for _, p := range wide {
			checkMode(t, p, 0o600)
			if err := os.Chmod(p, 0o664); err != nil {
				t.Fatal(err)
			}
		}
		openWith(t, path, mask)
		for _, p := range wide {
			checkMode(t, p, 0o600)
		}
	}
}

// TestPrivateBehindALink is the same for a file elsewhere that is yet to be
// made.
func TestPrivateBehindALink(t *testing.T) {
	target := filepath.Join(t.TempDir(), "elsewhere.db")
	link := filepath.Join(t.TempDir(), "slack.db")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	openWith(t, link, 0)
	checkMode(t, target, 0o600)
}

// openWith opens a store under a umask, for the time of the test.
func openWith(t *testing.T, path string, mask int) {
	t.Helper()
	defer syscall.Umask(syscall.Umask(mask))
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func checkMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s is %v, not %v", filepath.Base(path), got, want)
	}
}
