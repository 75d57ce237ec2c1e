package ingest_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"docent/rag"
)

// writeSome writes n files, or as many records into one, of a word.
func (f *fixture) writeSome(dir, word string, n int) {
	for i := range n {
		f.write(fmt.Sprintf("%s/%03d.txt", dir, i), fmt.Sprintf("%s %d.", word, i))
	}
}

func records(word string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(record(fmt.Sprintf("r%03d", i), fmt.Sprintf("%s %d.", word, i)))
	}
	return b.String()
}

func (f *fixture) removeSome(dir string, n int) {
	for i := range n {
		f.remove(fmt.Sprintf("%s/%03d.txt", dir, i))
	}
}

// TestHeld: what looks like an accident is not removed, and what people do to
// their folders is. Each step reports the same when it is tried, and again as
// long as nothing changes.
func TestHeld(t *testing.T) {
	long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	old := func(f *fixture, name string) {
		if err := os.Chtimes(f.path(name), long, long); err != nil {
			f.Fatal(err)
		}
	}
	for name, steps := range map[string][]struct {
		do     func(*fixture)
		counts string
	}{
		"the folder is empty, and is filled again": {
			{func(f *fixture) { f.writeSome("a", "Un", 5) }, "+5"},
			{func(f *fixture) { f.rename("a", ".away") }, "^5"},
			{func(*fixture) {}, "^5"},
			{func(f *fixture) { f.rename(".away", "a") }, "=5"},
		},
		"the folder is meant to be empty": {
			{func(f *fixture) { f.writeSome("a", "Un", 5) }, "+5"},
			{func(f *fixture) { f.remove("a"); f.in.Options.AnyRemoval = true }, "-5"},
		},
		"some of a few":       {{func(f *fixture) { f.writeSome("a", "Un", 5) }, "+5"}, {func(f *fixture) { f.removeSome("a", 4) }, "-4 =1"}},
		"twenty":              {{func(f *fixture) { f.writeSome("a", "Un", 22) }, "+22"}, {func(f *fixture) { f.removeSome("a", 20) }, "-20 =2"}},
		"more than twenty":    {{func(f *fixture) { f.writeSome("a", "Un", 22) }, "+22"}, {func(f *fixture) { f.removeSome("a", 21) }, "=1 ^21"}},
		"thirty of a hundred": {{func(f *fixture) { f.writeSome("a", "Un", 100) }, "+100"}, {func(f *fixture) { f.removeSome("a", 30) }, "-30 =70"}},
		"more than thirty":    {{func(f *fixture) { f.writeSome("a", "Un", 100) }, "+100"}, {func(f *fixture) { f.removeSome("a", 31) }, "=69 ^31"}},
		"a folder renamed":    {{func(f *fixture) { f.writeSome("a", "Un", 25) }, "+25"}, {func(f *fixture) { f.rename("a", "b") }, "+25 -25"}},
		"other files instead": {
			{func(f *fixture) { f.writeSome("a", "Un", 25) }, "+25"},
			{func(f *fixture) { f.remove("a"); f.writeSome("b", "Deux", 25) }, "+25 ^25"},
			{func(f *fixture) { f.writeSome("a", "Un", 25) }, "=50"},
		},
		"kept missing": {
			{func(f *fixture) { f.writeSome("a", "Un", 5) }, "+5"},
			{func(f *fixture) { f.remove("a"); f.in.Options.KeepMissing = true }, ""},
		},
		"records of one file": {
			{func(f *fixture) { f.write("r.jsonl", records("Un", 30)); old(f, "r.jsonl") }, "+30"},
			{func(f *fixture) { f.write("r.jsonl", records("Deux", 5)) }, "~5 ^25"},
			{func(*fixture) {}, "=5 ^25"},
			{func(f *fixture) { f.write("r.jsonl", records("Un", 30)); old(f, "r.jsonl") }, "~5 =25"},
			{func(f *fixture) { f.write("r.jsonl", records("Un", 5)); f.in.Options.AnyRemoval = true }, "-25 =5"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			for i, s := range steps {
				s.do(f)
				f.in.Options.DryRun = true
				if got := f.counts(f.run()); got != s.counts {
					t.Errorf("step %d: a dry run reports %q, want %q", i+1, got, s.counts)
				}
				f.in.Options.DryRun = false
				if got := f.counts(f.run()); got != s.counts {
					t.Errorf("step %d: reports %q, want %q", i+1, got, s.counts)
				}
			}
		})
	}
}

// TestHeldBySource ingests two folders, one of which is empty: what is gone
// from the other is removed.
func TestHeldBySource(t *testing.T) {
	f := newFixture(t)
	f.writeSome("a", "Un", 3)
	f.writeSome("b", "Deux", 3)
	f.run(f.path("a"), f.path("b"))
	f.removeSome("a", 1)
	f.removeSome("b", 3)
	report := f.run(f.path("a"), f.path("b"))
	if got := f.counts(report); got != "-1 =2 ^3" {
		t.Errorf("reports %q", got)
	}
	if diff := cmp.Diff([]rag.Held{{Path: f.path("b"), URI: f.path("b"), Lost: 3, Of: 3}}, report.Held, cmpopts.IgnoreFields(rag.Held{}, "Since")); diff != "" {
		t.Errorf("held (-want +got):\n%s", diff)
	}
}

// TestWatchHolds empties a folder that is followed: it stays as it is, and that
// is reported once.
func TestWatchHolds(t *testing.T) {
	w := newWatched(t, func(f *fixture) {
		f.in.Options.WalkEvery = 50 * time.Millisecond
		f.writeSome("docs", "Un", 5)
		f.write("other/a.txt", "Deux.")
	}, "docs", "other")
	w.removeSome("docs", 5)
	if held := w.untilHeld(); held.Lost != 5 || held.Of != 5 {
		t.Errorf("held: %+v", held)
	}
	for _, name := range []string{"b", "c"} {
		w.write("other/"+name+".txt", "Trois.")
		if r := <-w.reports; r.Added != 1 || len(r.Held) > 0 {
			t.Errorf("then reports %q", w.counts(r))
		}
	}
	if got := w.documents(); got != 8 {
		t.Errorf("%d documents", got)
	}
}

// TestWatchReleases: that the files are back is said too.
func TestWatchReleases(t *testing.T) {
	w := newWatched(t, func(f *fixture) {
		f.in.Options.WalkEvery = 50 * time.Millisecond
		f.writeSome("docs/a", "Un", 5)
	}, "docs")
	w.rename("docs/a", ".away")
	w.untilHeld()
	w.rename(".away", "docs/a")
	select {
	case r := <-w.reports:
		if len(r.Held) > 0 || r.Unchanged != 5 {
			t.Errorf("then reports %q", w.counts(r))
		}
	case <-time.After(promise):
		t.Errorf("nothing was said within %v", promise)
	}
}

// TestWatchHoldsSlowLoss removes a folder's files a few at a time: what is
// lost within an hour counts together.
func TestWatchHoldsSlowLoss(t *testing.T) {
	w := newWatched(t, func(f *fixture) { f.writeSome("docs", "Un", 40) }, "docs")
	w.removeSome("docs", 15)
	for w.documents() > 25 {
		<-w.reports
	}
	w.removeSome("docs", 25)
	w.untilHeld()
	if got := w.documents(); got < 20 {
		t.Errorf("%d of 40 documents left", got)
	}
}

// untilHeld waits for a report of a removal that is held.
func (w *watched) untilHeld() rag.Held {
	w.Helper()
	deadline := time.After(promise)
	for {
		select {
		case r := <-w.reports:
			if len(r.Held) > 0 {
				return r.Held[0]
			}
		case <-deadline:
			w.Fatalf("nothing was held within %v", promise)
		}
	}
}

func (f *fixture) documents() int { return strings.Count(f.content(), "\n") }

// TestWatchCountsNoRename: what was renamed is not counted with what goes later.
func TestWatchCountsNoRename(t *testing.T) {
	w := newWatched(t, func(f *fixture) {
		f.writeSome("docs/a", "Un", 25)
		f.writeSome("docs/c", "Deux", 15)
	}, "docs")
	w.rename("docs/a", "docs/b")
	for r := range w.reports {
		if r.Removed > 0 {
			break
		}
	}
	w.remove("docs/c/000.txt")
	if r := <-w.reports; r.Removed != 1 || len(r.Held) > 0 {
		t.Errorf("then reports %q", w.counts(r))
	}
}

// held are the sources that the library has as held.
func (f *fixture) held() (list []rag.Held) {
	f.Helper()
	for h, err := range f.store.Held(f.Context()) {
		if err != nil {
			f.Fatal(err)
		}
		list = append(list, h)
	}
	return list
}

// TestHeldGrace: what is held is on record from the first time on, until it is over;
// and after its grace it is removed.
func TestHeldGrace(t *testing.T) {
	f := newFixture(t)
	f.writeSome("a", "Un", 5)
	f.run()
	f.rename("a", ".away")
	f.run()
	first := f.held()
	if len(first) != 1 || first[0].Path != f.dir || first[0].Lost != 5 || time.Since(first[0].Since) > time.Minute {
		t.Fatalf("held: %+v", first)
	}
	f.in.Options.Grace = time.Hour
	f.run()
	if diff := cmp.Diff(first, f.held()); diff != "" {
		t.Errorf("held again (-first +second):\n%s", diff)
	}
	f.rename(".away", "a")
	if f.run(); len(f.held()) > 0 {
		t.Error("held though all is there")
	}
	f.rename("a", ".away")
	f.run()
	if got := f.counts(f.run()); got != "^5" {
		t.Errorf("within the hour: %q", got)
	}
	f.in.Options.Grace = time.Nanosecond
	if got := f.counts(f.run()); got != "-5" || len(f.held()) > 0 {
		t.Errorf("after the grace: %q, held %+v", got, f.held())
	}
}

// TestDiskAway removes one file of many: it is held if the disk that it was on is
// not where it was, unless its number alone has changed.
func TestDiskAway(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("devices are not known here")
	}
	for name, c := range map[string]struct {
		moved string // the files that were on another disk
		want  string
	}{
		"here": {"", "-1 =7"}, "away": {"a/mnt/0", "=7 ^1"}, "mounted anew": {"a/", "-1 =7"},
	} {
		f := newFixture(t)
		f.writeSome("a", "Un", 4)
		f.writeSome("a/mnt", "Deux", 4)
		f.run()
		for r, err := range f.store.Files(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if c.moved != "" && strings.HasPrefix(r.Path, f.path(c.moved)) && (name != "away" || strings.HasSuffix(r.Path, "000.txt")) {
				if r.Device++; r.Device == 1 {
					t.Fatal("no device is on record")
				}
				if err := f.store.PutFiles(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
		}
		f.remove("a/mnt/000.txt")
		report := f.run()
		if got := f.counts(report); got != c.want || len(report.Held) > 0 && !report.Held[0].Away {
			t.Errorf("%s: %q, held %+v", name, got, report.Held)
		}
	}
}

// TestRewritten gives files other bytes of the same number and the old time, in
// place and by another file.
func TestRewritten(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("size and time are all that is known here")
	}
	f := newFixture(t)
	f.write("a.txt", "Un.")
	f.write("b.txt", "Un.")
	f.run()
	for name, to := range map[string]string{"a.txt": "a.txt", "b.txt": "c"} {
		before, err := os.Stat(f.path(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.path(to), []byte("Un!"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(f.path(to), f.path(name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(f.path(name), before.ModTime(), before.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	f.run()
	if got := f.content(); got != "a.txt: Un!\nb.txt: Un!\n" {
		t.Errorf("the library holds %q", got)
	}
}
