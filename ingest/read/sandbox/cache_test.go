package sandbox_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/sandbox"
)

// keeping is a pool that keeps what it reads in a folder.
func keeping(t *testing.T, kept sandbox.Cache, options read.Options) *sandbox.Pool {
	t.Helper()
	p := newPool(t, options)
	p.Cache = kept
	return p
}

// A file that was read before is not read again; any other is. The second pool
// cannot read at all.
func TestCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	records := "{\"_id\":\"1\",\"title\":\"Un\",\"text\":\"Un « premier ».\"}\n{\"_id\":\"2\",\"text\":\"Deux.\"}"
	before := read.Bytes("a.jsonl", []byte(records))
	want := collect(t.Context(), keeping(t, sandbox.Cache{Dir: dir, Program: "one"}, read.Options{}), before)
	if len(want.Docs) != 2 {
		t.Fatalf("%+v", want)
	}
	for _, tc := range []struct {
		name, program string
		in            read.Input
		options       read.Options
		kept          bool
	}{
		{"the same", "one", before, read.Options{}, true},
		{"the same elsewhere", "one", read.Bytes("/other/a.jsonl", []byte(records)), read.Options{}, true},
		{"another name", "one", read.Bytes("b.jsonl", []byte(records)), read.Options{}, false},
		{"other bytes", "one", read.Bytes("a.jsonl", []byte(records+"\n")), read.Options{}, false},
		{"another program", "two", before, read.Options{}, false},
		{"other limits", "one", before, read.Options{Limits: read.Limits{Document: 1 << 20}}, false},
		{"passwords", "one", before, read.Options{Passwords: []string{"sesame"}}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := keeping(t, sandbox.Cache{Dir: dir, Program: tc.program}, tc.options)
			p.Program = notServing(t)
			got := collect(t.Context(), p, tc.in)
			var stopped *sandbox.StoppedError
			if !tc.kept {
				if !errors.As(got.err, &stopped) {
					t.Errorf("got %+v, want it read again", got)
				}
				return
			}
			if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
				t.Errorf("read (-) and kept (+):\n%s", diff)
			}
		})
	}
}

// What was not read whole is not kept.
func TestCacheOnlyWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	p := keeping(t, sandbox.Cache{Dir: dir}, read.Options{})
	for _, in := range []read.Input{
		read.Bytes("empty.txt", nil),
		read.Bytes("a.jsonl", []byte("{\"_id\":\"1\",\"text\":\"Un.\"}\nnot a record\n")),
	} {
		collect(t.Context(), p, in)
	}
	for _, err := range p.Read(t.Context(), read.Bytes("b.jsonl", []byte("{\"_id\":\"1\",\"text\":\"Un.\"}\n{\"_id\":\"2\",\"text\":\"Deux.\"}"))) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if names, err := os.ReadDir(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v are kept, %v", names, err)
	}
}

// A damaged file in the folder is no damage to an answer.
func TestCacheDamaged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	in := read.Bytes("a.txt", []byte("Un."))
	collect(t.Context(), keeping(t, sandbox.Cache{Dir: dir}, read.Options{}), in)
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	if err := os.Truncate(filepath.Join(dir, names[0].Name()), 20); err != nil {
		t.Fatal(err)
	}
	if got := collect(t.Context(), keeping(t, sandbox.Cache{Dir: dir}, read.Options{}), in); len(got.Docs) != 1 || got.Docs[0].Text != "Un." {
		t.Errorf("%+v", got)
	}
}

// The folder does not grow beyond its limit, and what is asked for stays.
func TestCacheBounded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	kept := sandbox.Cache{Dir: dir, Most: 4000}
	p := keeping(t, kept, read.Options{})
	asked := read.Bytes("asked.txt", []byte("Un."))
	for n := range 40 {
		collect(t.Context(), p, asked)
		collect(t.Context(), p, read.Bytes(fmt.Sprintf("%d.txt", n), []byte(strings.Repeat("mot ", 20*n+1))))
	}
	collect(t.Context(), p, asked)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	var size int64
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		info, err := n.Info()
		if err != nil {
			t.Fatal(err)
		}
		if size += info.Size(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", n.Name(), info.Mode())
		}
	}
	if size == 0 || size > kept.Most {
		t.Errorf("%d bytes are kept, the limit is %d", size, kept.Most)
	}
	again := keeping(t, kept, read.Options{})
	again.Program = notServing(t)
	if got := collect(t.Context(), again, asked); len(got.Docs) != 1 {
		t.Errorf("what was asked for last is not kept: %v", got.err)
	}
}
