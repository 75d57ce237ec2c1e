//go:build unix

package bot_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"docent/bot"
	"docent/bot/slacktest"
)

// TestStateIsPrivate makes the state its owner's alone, with what SQLite keeps
// beside it, whatever the umask and whoever made it wider.
func TestStateIsPrivate(t *testing.T) {
	for _, mask := range []int{0, 0o022, 0o777} {
		o := newOffice(t, slacktest.Options{}, echo)
		openWith(t, o, mask)
		wide := []string{o.options.State, o.options.State + "-wal", o.options.State + "-shm"}
		for _, path := range wide {
			checkMode(t, path, 0o600)
			if err := os.Chmod(path, 0o664); err != nil {
				t.Fatal(err)
			}
		}
		openWith(t, o, mask)
		for _, path := range wide {
			checkMode(t, path, 0o600)
		}
	}
}

// TestStateBehindALink is the same for a file elsewhere that is yet to be made.
func TestStateBehindALink(t *testing.T) {
	o := newOffice(t, slacktest.Options{}, echo)
	target := filepath.Join(t.TempDir(), "elsewhere.db")
	if err := os.Symlink(target, o.options.State); err != nil {
		t.Fatal(err)
	}
	openWith(t, o, 0)
	checkMode(t, target, 0o600)
}

// openWith opens the state, and leaves it open for the time of the test.
func openWith(t *testing.T, o *office, mask int) {
	t.Helper()
	defer syscall.Umask(syscall.Umask(mask))
	b, err := bot.New(t.Context(), o.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
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
