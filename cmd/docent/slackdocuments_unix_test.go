//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/bot"
	"docent/bot/slacktest"
)

// TestSlackFilesArePrivate keeps added files for docent alone, also where the
// folder, or what an earlier try left in it, is open to others.
func TestSlackFilesArePrivate(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	folder := filepath.Join(d.dir, "library-slack-files")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	docs := &slackDocuments{folder: folder}
	upload := bot.Upload{Name: "notes.md", Space: "direct:U1", Path: d.write("upload", "# Notes\n\nThe code is 4711.\n")}
	for range 2 {
		if _, err := docs.store(upload); err != nil {
			t.Fatal(err)
		}
		err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
			want := map[bool]os.FileMode{true: 0o700, false: 0o600}[info.IsDir()]
			if got := info.Mode().Perm(); got != want {
				t.Errorf("%s is %v, not %v", strings.TrimPrefix(path, d.dir), got, want)
			}
			if err != nil || info.IsDir() {
				return err
			}
			return os.Chmod(path, 0o644) //nolint:gosec // to be narrowed
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
