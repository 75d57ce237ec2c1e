package ingest_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/retrieve"
)

// step is one change to the files and what a run then reports and leaves.
type step struct {
	do      func(*fixture)
	counts  string
	content string
}

func TestIncremental(t *testing.T) {
	for name, steps := range map[string][]step{
		"added, touched, changed, removed": {
			{func(f *fixture) { f.write("a.txt", "Un."); f.write("sub/b.md", "# Deux\n\nOui.") }, "+2", "a.txt: Un.\nsub/b.md: Deux  Oui.\n"},
			{func(*fixture) {}, "=2", "a.txt: Un.\nsub/b.md: Deux  Oui.\n"},
			{func(f *fixture) { f.touch("a.txt") }, "=2", "a.txt: Un.\nsub/b.md: Deux  Oui.\n"},
			{func(f *fixture) { f.write("a.txt", "Trois.") }, "~1 =1", "a.txt: Trois.\nsub/b.md: Deux  Oui.\n"},
			{func(f *fixture) { f.remove("sub") }, "-1 =1", "a.txt: Trois.\n"},
			{func(f *fixture) { f.remove("a.txt") }, "^1", "a.txt: Trois.\n"},
		},
		"bytes changed and text not": {
			{func(f *fixture) { f.write("a.txt", "Un.\n") }, "+1", "a.txt: Un.\n"},
			{func(f *fixture) { f.write("a.txt", "\ufeffUn.\r\n") }, "=1", "a.txt: Un.\n"},
		},
		"renamed": {
			{func(f *fixture) { f.write("a.txt", "Un."); f.write("b.txt", "Deux.") }, "+2", "a.txt: Un.\nb.txt: Deux.\n"},
			{func(f *fixture) { f.rename("a.txt", "c.txt") }, "+1 -1 =1", "b.txt: Deux.\nc.txt: Un.\n"},
		},
		"space changed": {
			{func(f *fixture) { f.write("a.txt", "Un."); f.write("r.jsonl", record("x", "Deux.")) }, "+2", "a.txt: Un.\nr.jsonl#x: Deux.\n"},
			{func(f *fixture) { f.in.Options.Space = "rh" }, "~2", "a.txt (rh): Un.\nr.jsonl#x (rh): Deux.\n"},
			{func(*fixture) {}, "=2", "a.txt (rh): Un.\nr.jsonl#x (rh): Deux.\n"},
		},
		"record changed, removed, added": {
			{func(f *fixture) { f.write("r.jsonl", record("x", "Un.")+record("y", "Deux.")) }, "+2", "r.jsonl#x: Un.\nr.jsonl#y: Deux.\n"},
			{func(f *fixture) { f.write("r.jsonl", record("x", "Un.")+record("y", "Trois.")) }, "~1 =1", "r.jsonl#x: Un.\nr.jsonl#y: Trois.\n"},
			{func(f *fixture) { f.write("r.jsonl", record("z", "Quatre.")+record("y", "Trois.")) }, "+1 -1 =1", "r.jsonl#y: Trois.\nr.jsonl#z: Quatre.\n"},
			{func(f *fixture) { f.rename("r.jsonl", "s.jsonl") }, "~2", "s.jsonl#y: Trois.\ns.jsonl#z: Quatre.\n"},
			{func(*fixture) {}, "=2", "s.jsonl#y: Trois.\ns.jsonl#z: Quatre.\n"},
			{func(f *fixture) { f.write("t.jsonl", record("w", "Cinq.")); f.remove("s.jsonl") }, "+1 -2", "t.jsonl#w: Cinq.\n"},
		},
		"record fails and is mended": {
			{func(f *fixture) { f.write("r.jsonl", record("x", "Un.")+record("y", "Deux.")) }, "+2", "r.jsonl#x: Un.\nr.jsonl#y: Deux.\n"},
			{func(f *fixture) { f.write("r.jsonl", record("x", "Trois.")+"{broken\n") }, "~1 !r.jsonl:2", "r.jsonl#x: Trois.\nr.jsonl#y: Deux.\n"},
			{func(*fixture) {}, "=1 !r.jsonl:2", "r.jsonl#x: Trois.\nr.jsonl#y: Deux.\n"},
			{func(f *fixture) { f.write("r.jsonl", record("x", "Trois.")) }, "-1 =1", "r.jsonl#x: Trois.\n"},
		},
		"file fails and is mended": {
			{func(f *fixture) { f.write("a.txt", "Un.") }, "+1", "a.txt: Un.\n"},
			{func(f *fixture) { f.write("a.txt", "") }, "!a.txt", "a.txt: Un.\n"},
			{func(*fixture) {}, "!a.txt", "a.txt: Un.\n"},
			{func(f *fixture) { f.write("a.txt", "Deux.") }, "~1", "a.txt: Deux.\n"},
		},
		"failing file deleted": {
			{func(f *fixture) { f.write("a.txt", "Un."); f.write("b.txt", "Deux.") }, "+2", "a.txt: Un.\nb.txt: Deux.\n"},
			{func(f *fixture) { f.write("a.txt", "") }, "=1 !a.txt", "a.txt: Un.\nb.txt: Deux.\n"},
			{func(f *fixture) { f.remove("a.txt") }, "-1 =1", "b.txt: Deux.\n"},
		},
		"id taken by another file": {
			{func(f *fixture) {
				f.write("a.jsonl", record("x", "Un."))
				f.write("b.jsonl", record("x", "Deux.")+record("y", "Trois."))
			}, "+2 !b.jsonl:1", "a.jsonl#x: Un.\nb.jsonl#y: Trois.\n"},
			{func(*fixture) {}, "=2 !b.jsonl:1", "a.jsonl#x: Un.\nb.jsonl#y: Trois.\n"},
			{func(f *fixture) { f.remove("a.jsonl") }, "~1 =1", "b.jsonl#x: Deux.\nb.jsonl#y: Trois.\n"},
		},
		"id twice in a file": {
			{func(f *fixture) { f.write("a.jsonl", record("x", "Un.")+record("x", "Deux.")) }, "+1 !a.jsonl:2", "a.jsonl#x: Un.\n"},
		},
		"record moved to a later file": {
			{func(f *fixture) {
				f.write("a.jsonl", record("x", "Un.")+record("y", "Deux."))
				f.write("b.jsonl", record("z", "Trois."))
			}, "+3", "a.jsonl#x: Un.\na.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
			{func(f *fixture) {
				f.write("a.jsonl", record("x", "Un."))
				f.write("b.jsonl", record("y", "Deux.")+record("z", "Trois."))
			}, "~1 =2", "a.jsonl#x: Un.\nb.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
			{func(*fixture) {}, "=3", "a.jsonl#x: Un.\nb.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
		},
		"record moved to an earlier file": {
			{func(f *fixture) {
				f.write("a.jsonl", record("x", "Un."))
				f.write("b.jsonl", record("y", "Deux.")+record("z", "Trois."))
			}, "+3", "a.jsonl#x: Un.\nb.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
			{func(f *fixture) {
				f.write("a.jsonl", record("x", "Un.")+record("y", "Deux."))
				f.write("b.jsonl", record("z", "Trois."))
			}, "~1 =2", "a.jsonl#x: Un.\na.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
			{func(*fixture) {}, "=3", "a.jsonl#x: Un.\na.jsonl#y: Deux.\nb.jsonl#z: Trois.\n"},
		},
		"records exchanged": {
			{func(f *fixture) { f.write("a.jsonl", record("x", "Un.")); f.write("b.jsonl", record("y", "Deux.")) }, "+2", "a.jsonl#x: Un.\nb.jsonl#y: Deux.\n"},
			{func(f *fixture) { f.rename("a.jsonl", "c"); f.rename("b.jsonl", "a.jsonl"); f.rename("c", "b.jsonl") }, "~2", "a.jsonl#y: Deux.\nb.jsonl#x: Un.\n"},
			{func(*fixture) {}, "=2", "a.jsonl#y: Deux.\nb.jsonl#x: Un.\n"},
		},
		"missing kept": {
			{func(f *fixture) {
				f.write("a.txt", "Un.")
				f.write("r.jsonl", record("x", "Deux.")+record("y", "Trois."))
			}, "+3", "a.txt: Un.\nr.jsonl#x: Deux.\nr.jsonl#y: Trois.\n"},
			{func(f *fixture) {
				f.in.Options.KeepMissing = true
				f.remove("a.txt")
				f.write("r.jsonl", record("x", "Deux."))
			}, "=1", "a.txt: Un.\nr.jsonl#x: Deux.\nr.jsonl#y: Trois.\n"},
			{func(f *fixture) { f.in.Options.KeepMissing = false }, "-1 =2", "r.jsonl#x: Deux.\nr.jsonl#y: Trois.\n"},
		},
		"rebuilt": {
			{func(f *fixture) { f.write("a.txt", "Un.") }, "+1", "a.txt: Un.\n"},
			{func(f *fixture) { f.in.Options.Rebuild = true }, "~1", "a.txt: Un.\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			for i, s := range steps {
				s.do(f)
				f.in.Options.DryRun = true
				before := f.content()
				if got := f.counts(f.run()); got != s.counts {
					t.Errorf("step %d: a dry run reports %q, want %q", i+1, got, s.counts)
				}
				if diff := cmp.Diff(before, f.content()); diff != "" {
					t.Errorf("step %d: a dry run changed the library:\n%s", i+1, diff)
				}
				f.in.Options.DryRun = false
				if got := f.counts(f.run()); got != s.counts {
					t.Errorf("step %d: reports %q, want %q", i+1, got, s.counts)
				}
				if diff := cmp.Diff(s.content, f.content()); diff != "" {
					t.Errorf("step %d: library (-want +got):\n%s", i+1, diff)
				}
			}
		})
	}
}

// TestRacy changes a file within the tick of the clock that it was read in, to
// other bytes of the same number.
func TestRacy(t *testing.T) {
	f := newFixture(t)
	path := f.path("a.txt")
	for i, text := range []string{"Un.", "Un!", "Un?"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			before, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, before.ModTime(), before.ModTime()); err != nil {
				t.Fatal(err)
			}
		}
		f.run()
		if got, want := f.content(), "a.txt: "+text+"\n"; got != want {
			t.Errorf("library holds %q, want %q", got, want)
		}
	}
}

// TestIDsBySpace has records of the same id in two spaces: neither run learns of the
// other, both are in, and a file keeps its ids when it moves to another space.
func TestIDsBySpace(t *testing.T) {
	f := newFixture(t)
	f.write("private/a.jsonl", record("k1", "Secret."))
	f.write("public/b.jsonl", record("k1", "Open."))
	space := func(name, dir string) string {
		f.in.Options.Space = name
		return f.counts(f.run(f.path(dir)))
	}
	for _, step := range [][3]string{
		{"board", "private", "+1"}, {rag.Everyone, "public", "+1"}, {"board", "private", "=1"}, {rag.Everyone, "public", "=1"},
		{"staff", "private", "~1"}, {"board", "public", "~1"},
	} {
		if got := space(step[0], step[1]); got != step[2] {
			t.Errorf("%s into %s: %q, want %q", step[1], step[0], got, step[2])
		}
	}
	if doc, err := f.store.Document(t.Context(), "k1", rag.Operator()); err != nil || doc.Text != "Open." {
		t.Errorf("k1 is %q, %v", doc.Text, err)
	}
}

// TestOtherPathsAreLeftAlone ingests one folder after another: what is not
// under the paths of a run is none of its concern.
func TestOtherPathsAreLeftAlone(t *testing.T) {
	f := newFixture(t)
	f.write("one/a.txt", "Un.")
	f.write("one-more/b.txt", "Deux.")
	f.run()
	f.remove("one-more/b.txt")
	if got := f.counts(f.run(f.path("one"))); got != "=1" {
		t.Errorf("reports %q, want =1", got)
	}
	if diff := cmp.Diff("one-more/b.txt: Deux.\none/a.txt: Un.\n", f.content()); diff != "" {
		t.Errorf("library (-want +got):\n%s", diff)
	}
}

func TestDocument(t *testing.T) {
	f := newFixture(t)
	f.write("Été à Noël.md", "---\ntitle: Les congés\ndate: 2024-05-01\n---\n# Les congés\n\nChaque salarié de la société a vingt-cinq jours de congés payés par an.")
	f.write("r.jsonl", `{"_id":"r/1#é","title":"T","text":"Some text.","lang":"en","url":"https://example.org/1"}`)
	t.Chdir(f.dir)
	f.run(".")
	var got []rag.DocumentInfo
	for info, err := range f.store.Documents(t.Context(), rag.Operator()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(info.Hash) != 64 {
			t.Errorf("hash %q", info.Hash)
		}
		info.Hash = ""
		if prefix, _, ok := strings.Cut(string(info.ID), "noel-"); ok {
			info.ID = rag.DocumentID(prefix + "noel-…")
		}
		got = append(got, info)
	}
	want := []rag.DocumentInfo{
		{ID: "r/1#é", URI: "https://example.org/1", Title: "T", Format: "JSON Lines", Language: "en", Space: "everyone", File: f.path("r.jsonl"), Structure: rag.StructureVersion, Passages: 1, Bytes: 10},
		{ID: "ete-a-noel-…", URI: "Été à Noël.md", Title: "Les congés", Format: "Markdown", Language: "fr", Date: "2024-05-01", Space: "everyone", File: f.path("Été à Noël.md"), Structure: rag.StructureVersion, Passages: 1, Bytes: 89},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

func TestProgress(t *testing.T) {
	f := newFixture(t)
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		f.write(name, "Un.")
	}
	f.run()
	f.write("b.txt", "Deux.")
	var last [2]int
	f.in.Options.Progress = func(done, total int) { last = [2]int{done, total} }
	f.run()
	if want := [2]int{3, 3}; last != want {
		t.Errorf("last progress %+v, want %+v", last, want)
	}
}

// TestInterrupted cancels runs after each number of documents, and completes
// them: the library comes out as if nothing had happened.
func TestInterrupted(t *testing.T) {
	want := newFixture(t)
	fill := func(f *fixture, word string) {
		for _, name := range []string{"a", "b", "c", "d"} {
			f.write(name+".txt", strings.Repeat("Le texte "+name+" "+word+". ", 100))
		}
		f.write("r.jsonl", record("x", "Un "+word)+record("y", "Deux "+word)+record(word, "Trois"))
	}
	fill(want, "neuf")
	want.run()
	for after := range 8 {
		f := newFixture(t)
		fill(f, "vieux")
		f.run()
		fill(f, "neuf")
		ctx, cancel := context.WithCancel(t.Context())
		seen := 0
		f.in.Options.Progress = func(_, _ int) {
			if seen++; seen > after {
				cancel()
			}
		}
		if _, err := f.in.Run(ctx, f.dir); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d: %v", after, err)
		}
		f.in.Options.Progress = nil
		f.run()
		if diff := cmp.Diff(want.content(), f.content()); diff != "" {
			t.Errorf("cancelled after %d (-undisturbed +got):\n%s", after, diff)
		}
		if got := f.counts(f.run()); got != "=7" {
			t.Errorf("cancelled after %d: a further run reports %q, want =7", after, got)
		}
		cancel()
	}
}

// TestFailingEmbedder fails one document and no other.
func TestFailingEmbedder(t *testing.T) {
	f := newFixture(t)
	f.in.Indexer = retrieve.Indexer{Embedder: failing{f.embedder}}
	f.write("a.txt", "Un.")
	f.write("r.jsonl", record("x", "Deux.")+record("y", "UNLUCKY")+record("z", "Trois."))
	if got := f.counts(f.run()); got != "+3 !r.jsonl:2" {
		t.Errorf("reports %q, want +3 !r.jsonl:2", got)
	}
}

type failing struct{ rag.Embedder }

func (e failing) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(strings.Join(texts, ""), "UNLUCKY") {
		return nil, errors.New("no vector for that")
	}
	return e.Embedder.EmbedPassages(ctx, texts)
}
