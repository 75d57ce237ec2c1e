package ingest_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest"
	"docent/ingest/read"
	"docent/ingest/read/formats"
)

func TestBadInput(t *testing.T) {
	for _, tc := range []struct {
		name   string
		do     func(*fixture)
		paths  []string
		counts string
		is     error
		says   string
	}{
		{name: "missing path beside a good one", do: func(f *fixture) { f.write("a.txt", "Un.") }, paths: []string{"nope", "a.txt"}, counts: "+1 !nope", is: fs.ErrNotExist},
		{name: "empty file", do: func(f *fixture) { f.write("a.txt", "Un."); f.write("b.txt", "") }, counts: "+1 !b.txt", is: read.ErrEmpty},
		{name: "empty file of no format", do: func(f *fixture) { f.write("a.txt", "Un."); f.write("marker", "") }, counts: "+1"},
		{name: "invalid UTF-8", do: func(f *fixture) { f.write("a.txt", "caf\xe9 cr\xe8me") }, counts: "+1"},
		{name: "loop of symlinks", do: func(f *fixture) {
			f.write("sub/a.txt", "Un.")
			f.link("..", "sub/up")
			f.link("self", "self")
			f.link(f.dir, "sub/top")
		}, counts: "+1"},
		{name: "hidden files", do: func(f *fixture) {
			f.write("a.txt", "Un.")
			f.write(".git/b.txt", "Deux.")
			f.write(".c.txt", "Trois.")
			f.write("d.txt~", "Quatre.")
		}, counts: "+1"},
		{name: "unknown binary in a folder", do: func(f *fixture) { f.write("a.txt", "Un."); f.write("b.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR") }, counts: "+1"},
		{name: "unknown binary by name", do: func(f *fixture) { f.write("a.txt", "Un."); f.write("b.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR") }, paths: []string{"a.txt", "b.png"}, counts: "+1 !b.png", says: "Markdown (.md)"},
		{name: "too large", do: func(f *fixture) {
			f.in.Options.Formats = formats.All(read.Options{Limits: read.Limits{Document: 1000}})
			f.write("a.txt", strings.Repeat("mot ", 1000))
			f.write("b.txt", "Un.")
		}, counts: "+1 !a.txt", says: "the limit of 1000 bytes"},
		{name: "malformed lines", do: func(f *fixture) {
			f.write("a.jsonl", "{\n"+record("x", "Un.")+"[]\n"+record("y z", "Deux.")+record("w", "Trois."))
		}, counts: "+2 !a.jsonl:1 !a.jsonl:3 !a.jsonl:4", says: "parse the record"},
		{name: "folder given twice", do: func(f *fixture) { f.write("sub/a.txt", "Un.") }, paths: []string{"sub", ".", "sub/a.txt"}, counts: "+1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := newFixture(t)
			tc.do(f)
			t.Chdir(f.dir)
			if tc.paths == nil {
				tc.paths = []string{"."}
			}
			report := f.run(tc.paths...)
			if got := f.counts(report); got != tc.counts {
				t.Fatalf("reports %q, want %q: %v", got, tc.counts, report.Failed)
			}
			if len(report.Failed) == 0 {
				return
			}
			err := report.Failed[0]
			if tc.is != nil && !errors.Is(err, tc.is) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("failure %q, want %v or to say %q", err, tc.is, tc.says)
			}
		})
	}
}

func (f *fixture) link(to, name string) {
	f.Helper()
	if err := os.Symlink(to, f.path(name)); err != nil {
		f.Skip("no symlinks here: ", err)
	}
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	f := newFixture(t)
	f.write("a.txt", "Un.")
	f.write("sub/b.txt", "Deux.")
	f.run()
	for _, name := range []string{"a.txt", "sub"} {
		if err := os.Chmod(f.path(name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(f.path("sub"), 0o755) })
	f.touch("a.txt")
	report := f.run()
	if got := f.counts(report); got != "!sub !a.txt" || !errors.Is(report.Failed[0], fs.ErrPermission) {
		t.Errorf("reports %q: %v", got, report.Failed)
	}
	if diff := cmp.Diff("a.txt: Un.\nsub/b.txt: Deux.\n", f.content()); diff != "" {
		t.Errorf("library (-want +got):\n%s", diff)
	}
}

func TestMissingRootKeepsItsDocuments(t *testing.T) {
	f := newFixture(t)
	f.write("disk/a.txt", "Un.")
	f.write("b.txt", "Deux.")
	f.run()
	f.rename("disk", "away")
	report, err := f.in.Run(t.Context(), f.path("disk"))
	if !errors.Is(err, ingest.ErrNothingRead) || !errors.Is(err, fs.ErrNotExist) || f.counts(report) != "!disk" {
		t.Errorf("reports %q, %v; want that nothing is there", f.counts(report), err)
	}
	if diff := cmp.Diff("b.txt: Deux.\ndisk/a.txt: Un.\n", f.content()); diff != "" {
		t.Errorf("library (-want +got):\n%s", diff)
	}
}
