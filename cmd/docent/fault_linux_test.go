package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFaults has each system call of an ingest that changes, adds and removes
// documents fail once, or end the process, as often as DOCENT_FAULTS says for each
// kind (3 times without, evenly over all; "all" is each call). Whatever happened, the
// library opens with each document whole, old or new, and the next ingest leads to
// the same content as one that nothing disturbed.
func TestFaults(t *testing.T) {
	t.Parallel()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("there is no strace here, which makes system calls fail")
	}
	dir := t.TempDir()
	docs := filepath.Join(dir, "docs")
	if err := os.Mkdir(docs, 0o700); err != nil {
		t.Fatal(err)
	}
	const documents = 12
	generate(t, docs, documents, 1)
	before, after := filepath.Join(dir, "before.db"), filepath.Join(dir, "after.db")
	mustRun(t, "ingest", "--library", before, docs)
	generate(t, docs, documents*2/3, 2)
	if err := os.Remove(filepath.Join(docs, fmt.Sprintf("%04d.md", documents-1))); err != nil {
		t.Fatal(err)
	}
	copyFile(t, before, after)
	mustRun(t, "ingest", "--library", after, docs)
	old, want := content(t, before), content(t, after)

	for _, fault := range []string{
		"pwrite64:error=EIO", "pwrite64:error=ENOSPC", "pwrite64:signal=KILL", "fsync:error=EIO", "fsync:signal=KILL", "fsync:retval=0",
		"ftruncate:error=EIO", "unlink:error=EIO",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			call, _, _ := strings.Cut(fault, ":")
			cut := filepath.Join(t.TempDir(), "cut.db")
			disturb := func(when string) (calls int) {
				removeLibrary(t, cut)
				copyFile(t, before, cut)
				trace := filepath.Join(t.TempDir(), "trace")
				c := exec.CommandContext(t.Context(), strace, "-f", "-qq", "-o", trace, "-e", "trace="+call, "-e", "inject="+fault+":when="+when,
					"docent", "ingest", "--library", cut, docs)
				out, err := c.CombinedOutput()
				var exit *exec.ExitError
				if err != nil && (!errors.As(err, &exit) || exit.ExitCode() == 2) {
					t.Fatalf("%s: %v: %s", when, err, out)
				}
				lines, err := os.ReadFile(trace)
				if err != nil {
					t.Fatal(err)
				}
				return bytes.Count(lines, []byte("\n"))
			}
			calls := disturb("65535") // which none reaches
			if calls == 0 {
				t.Skip("an ingest makes no such call")
			}
			for _, n := range spread(calls, os.Getenv("DOCENT_FAULTS")) {
				disturb(strconv.Itoa(n))
				for id, hash := range content(t, cut) {
					if hash != want[id] && hash != old[id] {
						t.Errorf("call %d left %s as neither the old nor the new", n, id)
					}
				}
				mustRun(t, "ingest", "--library", cut, docs)
				if diff := cmp.Diff(want, content(t, cut)); diff != "" {
					t.Errorf("after call %d the next ingest led elsewhere (-want +got):\n%s", n, diff)
				}
			}
		})
	}
}

// spread are numbers from 1 to most: all of them, so many, or three.
func spread(most int, many string) (list []int) {
	n := 3
	if given, err := strconv.Atoi(many); err == nil {
		n = given
	}
	if many == "all" || n > most {
		n = most
	}
	for i := range n {
		list = append(list, 1+i*(most-1)/max(1, n-1))
	}
	return list
}

// removeLibrary removes a library with what SQLite keeps beside it.
func removeLibrary(t *testing.T, path string) {
	t.Helper()
	for _, p := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}
