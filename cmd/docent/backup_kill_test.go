package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"
)

// TestKillBackup ends backups, restores and purges at random moments, as often as
// DOCENT_KILLS says (3 times each without): the backup is then the one before or the
// new one, the library what it was or what it was to be, and the next try succeeds.
func TestKillBackup(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no kill -9 here")
	}
	kills := 3
	if n, err := strconv.Atoi(os.Getenv("DOCENT_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	docs, first, second := filepath.Join(dir, "docs"), filepath.Join(dir, "first.db"), filepath.Join(dir, "second.db")
	if err := os.Mkdir(docs, 0o700); err != nil {
		t.Fatal(err)
	}
	generate(t, docs, 60, 1)
	mustRun(t, "ingest", "--library", first, docs)
	copyFile(t, first, second)
	generate(t, docs, 60, 2)
	mustRun(t, "ingest", "--library", second, docs)
	earlier := filepath.Join(dir, "earlier.db")
	mustRun(t, "backup", "--library", first, earlier)
	old, want := content(t, first), content(t, second)
	purged := maps.Clone(want)
	var id string
	for id = range purged {
		delete(purged, id)
		break
	}

	at := filepath.Join(dir, "at.db") // where it is killed
	for name, c := range map[string]struct {
		from          string // what is there before
		args          []string
		before, after map[string]string
	}{
		"backup":  {earlier, []string{"backup", "--library", second, at}, old, want},
		"restore": {second, []string{"restore", "--force", "--library", at, earlier}, want, old},
		"purge":   {second, []string{"documents", "remove", "--purge", "--library", at, id}, want, purged},
	} {
		t.Run(name, func(t *testing.T) {
			var took time.Duration
			for i := range kills + 1 {
				removeLibrary(t, at)
				copyFile(t, c.from, at)
				if i == 0 {
					began := time.Now()
					mustRun(t, c.args...)
					took = time.Since(began)
				} else if killed(t, time.Duration(rand.Int64N(int64(took))), c.args...) {
					if got := content(t, at); !maps.Equal(got, c.before) && !maps.Equal(got, c.after) {
						t.Errorf("kill %d left neither what was nor what was to be", i)
					}
					mustRun(t, "check", "--library", at)
					if docent(t.Context(), c.args...).Run() != nil && name != "purge" { // which may be done
						t.Errorf("kill %d: the next try failed", i)
					}
				}
				if got := content(t, at); !maps.Equal(got, c.after) {
					t.Errorf("kill %d: %d documents after it, not %d", i, len(got), len(c.after))
				}
			}
		})
	}
	if got := content(t, second); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("the library that was backed up has changed")
	}
}
