package ingest_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest"
	"docent/rag"
)

// outside is a folder with a file that is none of the fixture's.
func (f *fixture) outside(name, data string) string {
	f.Helper()
	dir := f.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
		f.Fatal(err)
	}
	return dir
}

// TestLinks: what a folder has is below it, whatever its links say.
func TestLinks(t *testing.T) {
	set := func(f *fixture) {
		other := f.outside("b.txt", "Deux.")
		f.write("in/a.txt", "Un.")
		f.write("in/.kept/c.txt", "Trois.")
		f.write("beside.txt", "Quatre.")
		f.link(other, "in/folder")
		f.link(filepath.Join(other, "b.txt"), "in/file.txt")
		f.link("../beside.txt", "in/up.txt")
		f.link("..", "in/loop")
		f.link("/proc/self/environ", "in/proc.txt")
		f.link("a.txt", "in/same.txt")
		f.link(f.path("in/a.txt"), "in/absolute.txt")
		f.link(".kept", "in/shown")
		f.link("nowhere", "in/nowhere.txt")
	}
	for follow, want := range map[bool]string{
		false: "in/a.txt: Un.\nin/shown/c.txt: Trois.\n",
		true:  "beside.txt: Quatre.\nin/a.txt: Un.\nin/folder/b.txt: Deux.\nin/shown/c.txt: Trois.\n",
	} {
		t.Run(fmt.Sprint("follow ", follow), func(t *testing.T) {
			f := newFixture(t)
			set(f)
			t.Chdir(f.dir)
			f.in.Options.FollowLinks = follow
			report := f.run("in")
			got := strings.ReplaceAll(f.content(), "in/loop/", "")
			got = strings.ReplaceAll(got, "in/up.txt", "beside.txt")
			if diff := cmp.Diff(want, got); !follow && diff != "" || follow && !strings.Contains(got, "Deux.") {
				t.Errorf("library (-want +got):\n%s", diff)
			}
			if links := map[bool]int{false: 5}[follow]; report.Links != links || !follow && len(report.Failed) > 0 {
				t.Errorf("%d links, want %d; failed %v", report.Links, links, report.Failed)
			}
			if after := f.run("in"); !follow && f.counts(after) != "=2" {
				t.Errorf("again: %s", f.counts(after))
			}
		})
	}
}

// TestLinkIntoAnotherSpace: what one audience has does not come to another by a
// second name, whether it is the link, the folder or a part of the way that is one.
func TestLinkIntoAnotherSpace(t *testing.T) {
	f := newFixture(t)
	f.write("board/secret.txt", "Secret.")
	f.write("pub/a.txt", "Un.")
	t.Chdir(f.dir)
	f.in.Options.Space = "board"
	f.run("board")
	f.in.Options.Space, f.in.Options.FollowLinks = "", true
	f.link("../board/secret.txt", "pub/innocent.txt")
	f.link("board", "pub2")
	for path, want := range map[string]string{"pub": "+1 !innocent.txt", "pub2": "!secret.txt", "pub/innocent.txt": "!innocent.txt"} {
		report, err := f.in.Run(t.Context(), f.path(path))
		if got := f.counts(report); err != nil || got != want || !strings.Contains(report.Failed[0].Error(), "space board") {
			t.Errorf("%s: reports %q, want %q: %v", path, got, want, err)
		}
	}
	f.in.Options.Space = "board"
	if got := f.counts(f.run("pub2")); got != "+1" {
		t.Errorf("into the space that it is in: %q", got)
	}
	for d, err := range f.store.Documents(t.Context(), rag.Members(rag.Everyone)) {
		if err != nil || !strings.HasSuffix(d.File, "pub/a.txt") {
			t.Errorf("everyone sees %s: %v", d.File, err)
		}
	}
}

// swapping does something when the first document is indexed.
type swapping struct {
	ingest.Indexer
	swap func()
	done bool
}

func (s *swapping) Index(ctx context.Context, doc rag.DocumentInfo, passages []rag.Passage) error {
	if !s.done {
		s.done = true
		s.swap()
	}
	return s.Indexer.Index(ctx, doc, passages)
}

// TestSwapped: between being met and being opened, a file becomes something else.
func TestSwapped(t *testing.T) {
	for name, to := range map[string]func(f *fixture, secret string) error{
		"link": func(f *fixture, secret string) error {
			return os.Symlink(filepath.Join(secret, "z.txt"), f.path("sub/z.txt"))
		},
		"folder": func(f *fixture, secret string) error { f.remove("sub"); return os.Symlink(secret, f.path("sub")) },
		"pipe":   func(f *fixture, _ string) error { return syscall.Mkfifo(f.path("sub/z.txt"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.write("a.txt", "Un.")
			f.write("sub/z.txt", "Deux.")
			secret := f.outside("z.txt", "Secret.")
			f.in.Options.Workers = 1
			f.in.Indexer = &swapping{Indexer: f.in.Indexer, swap: func() {
				f.remove("sub/z.txt")
				if err := to(f, secret); err != nil {
					t.Error(err)
				}
			}}
			if got := f.counts(f.run()); got != "+1 !z.txt" || f.content() != "a.txt: Un.\n" {
				t.Errorf("reports %q, holds %s", got, f.content())
			}
		})
	}
}

// TestIgnored: folders say what of them is not read, and nobody means what
// programs keep in them.
func TestIgnored(t *testing.T) {
	files := []string{"a.txt", "b.tmp.txt", "sub/a.txt", "sub/deep/a.txt", "sub/deep/b.txt", "sub/notes (old).txt", "build/x.txt", "docs/build/y.txt", "node_modules/p/readme.md", "sub/node_modules/q.md"}
	all := "a.txt b.tmp.txt build/x.txt docs/build/y.txt sub/a.txt sub/deep/a.txt sub/deep/b.txt sub/notes (old).txt"
	for _, tc := range []struct {
		name, git, docent, sub string
		exclude                []string
		want                   string
		ignored                int
	}{
		{name: "nothing", want: all, ignored: 2},
		{name: "comments", git: "# a.txt\n\n\\#x\n", want: all, ignored: 2},
		{name: "a name anywhere", git: "a.txt\r\n", want: "b.tmp.txt build/x.txt docs/build/y.txt sub/deep/b.txt sub/notes (old).txt", ignored: 5},
		{name: "a name here", git: "/a.txt  \n", want: strings.TrimPrefix(all, "a.txt "), ignored: 3},
		{name: "a folder", git: "build/\n", want: "a.txt b.tmp.txt sub/a.txt sub/deep/a.txt sub/deep/b.txt sub/notes (old).txt", ignored: 4},
		{name: "a folder here", git: "/build\n", want: strings.Replace(all, "build/x.txt ", "", 1), ignored: 3},
		{name: "stars", git: "*.tmp.*\nnotes*\n", want: "a.txt build/x.txt docs/build/y.txt sub/a.txt sub/deep/a.txt sub/deep/b.txt", ignored: 4},
		{name: "any folders between", git: "sub/**/a.txt\n", want: "a.txt b.tmp.txt build/x.txt docs/build/y.txt sub/deep/b.txt sub/notes (old).txt", ignored: 4},
		{name: "all in a folder but one", git: "/sub/deep/*\n!/sub/deep/b.txt\n", want: strings.Replace(all, "sub/deep/a.txt ", "", 1), ignored: 3},
		{name: "all below", git: "sub/**\n", want: "a.txt b.tmp.txt build/x.txt docs/build/y.txt", ignored: 5},
		{name: "brackets and questions", git: "[!b].txt\n?.tmp.txt\n", want: "docs/build/y.txt sub/deep/b.txt sub/notes (old).txt build/x.txt", ignored: 0},
		{name: "taken back by the other", git: "a.txt\n", docent: "!/sub/a.txt\n!node_modules/\n", want: "b.tmp.txt build/x.txt docs/build/y.txt node_modules/p/readme.md sub/a.txt sub/deep/b.txt sub/node_modules/q.md sub/notes (old).txt", ignored: 2},
		{name: "below", sub: "/a.txt\ndeep/b.txt\n", want: "a.txt b.tmp.txt build/x.txt docs/build/y.txt sub/deep/a.txt sub/notes (old).txt", ignored: 4},
		{name: "excluded last", docent: "!a.txt\n", exclude: []string{"a.txt", "/docs"}, want: "b.tmp.txt build/x.txt sub/deep/b.txt sub/notes (old).txt", ignored: 6},
		{name: "malformed", git: "[\n**/**/**\\\n", want: all, ignored: 2},
	} {
		if strings.HasPrefix(tc.name, "brackets") { // [!b].txt is a.txt, x.txt and y.txt
			tc.want, tc.ignored = "sub/deep/b.txt sub/notes (old).txt", 8
		}
		t.Run(tc.name, func(t *testing.T) {
			f := newFixture(t)
			for _, name := range files {
				f.write(name, "Un texte.")
			}
			for name, text := range map[string]string{".gitignore": tc.git, ".docentignore": tc.docent, "sub/.docentignore": tc.sub} {
				if text != "" {
					f.write(name, text)
				}
			}
			f.in.Options.Exclude = tc.exclude
			report := f.run()
			var got []string
			for line := range strings.Lines(f.content()) {
				name, _, _ := strings.Cut(line, ": ")
				got = append(got, name)
			}
			if strings.Join(got, " ") != tc.want || report.Ignored != tc.ignored || len(report.Failed) > 0 {
				t.Errorf("%d ignored, want %d; failed %v; (-want +got)\n%s", report.Ignored, tc.ignored, report.Failed, cmp.Diff(strings.Fields(tc.want), strings.Fields(strings.Join(got, " "))))
			}
		})
	}
}

// TestIgnoreFileUnreadable: where nobody can say what a folder keeps to itself,
// nothing of it comes in and nothing goes.
func TestIgnoreFileUnreadable(t *testing.T) {
	for name, spoil := range map[string]func(f *fixture){
		"too large": func(f *fixture) { f.write("sub/.docentignore", strings.Repeat("secret\n", 20_000)) },
		"outside":   func(f *fixture) { f.link(filepath.Join(f.outside("i", "x"), "i"), "sub/.gitignore") },
		"a pipe":    func(f *fixture) { _ = syscall.Mkfifo(f.path("sub/.gitignore"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.write("a.txt", "Un.")
			f.write("sub/b.txt", "Deux.")
			f.run()
			spoil(f)
			f.write("sub/secret.txt", "Trois.")
			if got := f.counts(f.run()); got != "=1 !sub" || f.content() != "a.txt: Un.\nsub/b.txt: Deux.\n" {
				t.Errorf("reports %q, holds %s", got, f.content())
			}
		})
	}
}
