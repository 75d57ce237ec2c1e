package sandbox_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/ingest/read"
	"docent/ingest/read/formats"
	"docent/ingest/read/sandbox"
)

// workerName is what the test binary is called when it is the process of a
// Pool.
const workerName = "docent-read-worker"

func TestMain(m *testing.M) {
	if os.Args[0] == workerName {
		var in io.Reader = os.Stdin
		if len(os.Args) > 1 && os.Args[1] == onceOnly {
			in = firstLines(os.Stdin, 3) // the settings, a request and its line
		}
		if err := sandbox.Serve(context.Background(), in, os.Stdout, formats.All); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// onceOnly has the process end after a file.
const onceOnly = "once"

func firstLines(r io.Reader, n int) io.Reader {
	var lines []byte
	for in := bufio.NewReader(r); n > 0; n-- {
		line, err := in.ReadBytes('\n')
		if err != nil {
			break
		}
		lines = append(lines, line...)
	}
	return bytes.NewReader(lines)
}

// newPool is a pool whose processes are this test binary.
func newPool(t testing.TB, options read.Options) *sandbox.Pool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &sandbox.Pool{Program: program, Args: []string{workerName}, Options: options, Workers: 2}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// collected is what a reader made of an input, in one comparable value.
type collected struct {
	Docs   []read.Document
	Errors []string
	err    error
}

func collect(ctx context.Context, r read.Reader, in read.Input) collected {
	var c collected
	for doc, err := range r.Read(ctx, in) {
		if err != nil {
			c.Errors, c.err = append(c.Errors, err.Error()), err
			continue
		}
		c.Docs = append(c.Docs, doc)
	}
	return c
}

var ignoreErr = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".err" }, cmp.Ignore())

// A pool gives what the formats give in the same process, errors too.
func TestPoolReadsTheSame(t *testing.T) {
	options := read.Options{Limits: read.Limits{Document: 10_000}}
	pool, formats := newPool(t, options), formats.All(options)
	onDisk := filepath.Join(t.TempDir(), "été.md")
	if err := os.WriteFile(onDisk, []byte("# Été\n\nIl fait beau."), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(onDisk)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, in := range []read.Input{
		read.Bytes("a.md", []byte("# Un\n\n- deux <b>trois</b> & « quatre »\n")),
		{Name: onDisk, Data: f, Size: 23},
		read.Bytes("a.jsonl", []byte("{\"_id\":\"1\",\"text\":\"Un.\"}\nnot\n{\"_id\":\"2\",\"text\":\"Deux.\"}")),
		read.Bytes("a.txt", nil),
		read.Bytes("a.bin", []byte{0, 1, 2, 3}),
		read.Bytes("a.txt", []byte(strings.Repeat("x", 20_000))),
	} {
		t.Run(filepath.Base(in.Name), func(t *testing.T) {
			want, got := collect(t.Context(), formats, in), collect(t.Context(), pool, in)
			if diff := cmp.Diff(want, got, ignoreErr); diff != "" {
				t.Errorf("here (-) and in another process (+):\n%s", diff)
			}
			for _, target := range []any{new(*read.LineError), new(*read.LimitError), new(*read.UnsupportedError)} {
				if errors.As(want.err, target) != errors.As(got.err, target) {
					t.Errorf("%v is a %T in one process only", want.err, target)
				}
			}
			if errors.Is(want.err, read.ErrEmpty) != errors.Is(got.err, read.ErrEmpty) {
				t.Errorf("%v is empty in one process only", want.err)
			}
		})
	}
}

// What takes too much is given up, and what comes after it is read.
func TestPoolGivesUp(t *testing.T) {
	large := read.Bytes("a.txt", []byte(strings.Repeat("mot ", 8<<20)))
	for _, tc := range []struct {
		name  string
		limit func(*sandbox.Pool)
		want  sandbox.StoppedError
	}{
		{"memory", func(p *sandbox.Pool) { p.Memory = 24 << 20 }, sandbox.StoppedError{Memory: 24 << 20}},
		{"time", func(p *sandbox.Pool) { p.Time = time.Nanosecond }, sandbox.StoppedError{Time: time.Nanosecond}},
		{"crash", func(p *sandbox.Pool) { p.Args = []string{workerName, "-test.run=^$"}; p.Program = notServing(t) }, sandbox.StoppedError{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := newPool(t, read.Options{Limits: read.Limits{Document: 64 << 20}})
			tc.limit(p)
			for range 3 {
				got := collect(t.Context(), p, large)
				var stopped *sandbox.StoppedError
				if !errors.As(got.err, &stopped) || *stopped != tc.want {
					t.Fatalf("got %v, want %v", got.err, &tc.want)
				}
			}
			if tc.want.Memory > 0 {
				if got := collect(t.Context(), p, read.Bytes("b.txt", []byte("Bien."))); len(got.Docs) != 1 {
					t.Errorf("after it: %v", got.err)
				}
			}
		})
	}
}

// notServing is a program that ends at once.
func notServing(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"/bin/true", "/usr/bin/true"} {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	t.Skip("no program here that ends at once")
	return ""
}

// A process that ended while nothing was asked of it costs no document.
func TestPoolOutlivesProcesses(t *testing.T) {
	p := newPool(t, read.Options{})
	p.Args = append(p.Args, onceOnly)
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("Un.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for range 5 {
		if got := collect(t.Context(), p, read.Input{Name: path, Data: f, Size: 4}); len(got.Docs) != 1 {
			t.Fatal(got.err)
		}
	}
}

func TestPoolCancelled(t *testing.T) {
	p := newPool(t, read.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	if got := collect(ctx, p, read.Bytes("a.txt", []byte("Un."))); len(got.Docs) != 1 {
		t.Fatal(got.err)
	}
	cancel()
	if got := collect(ctx, p, read.Bytes("a.txt", []byte("Un."))); !errors.Is(got.err, context.Canceled) {
		t.Errorf("got %v", got.err)
	}
	if got := collect(t.Context(), p, read.Bytes("a.txt", []byte("Un."))); len(got.Docs) != 1 {
		t.Errorf("after it: %v", got.err)
	}
}

func TestPoolAtOnce(t *testing.T) {
	p := newPool(t, read.Options{})
	var readers sync.WaitGroup
	for n := range 20 {
		readers.Go(func() {
			want := fmt.Sprintf("Document %d.", n)
			got := collect(t.Context(), p, read.Bytes("a.txt", []byte(want)))
			if len(got.Docs) != 1 || got.Docs[0].Text != want {
				t.Errorf("got %+v, %v; want %s", got.Docs, got.err, want)
			}
		})
	}
	readers.Wait()
}

// Whoever has enough after one document leaves the process for others.
func TestPoolStoppedEarly(t *testing.T) {
	p := newPool(t, read.Options{})
	records := read.Bytes("a.jsonl", []byte(strings.Repeat("{\"_id\":\"1\",\"text\":\"Un.\"}\n", 1000)))
	for range 3 {
		for doc, err := range p.Read(t.Context(), records) {
			if err != nil || doc.Text != "Un." {
				t.Fatalf("%+v, %v", doc, err)
			}
			break
		}
	}
	if got := collect(t.Context(), p, records); len(got.Docs) != 1000 {
		t.Errorf("%d documents, %v", len(got.Docs), got.err)
	}
}

// A process knows nothing of the environment, and gets a file as it was opened: one
// that is gone by then, and that only its owner may read, is read.
func TestPoolFileByDescriptor(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "sk-secret")
	p := newPool(t, read.Options{})
	path := filepath.Join(t.TempDir(), "a.txt")
	want := strings.Repeat("Un mot. ", 10_000)
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := os.Remove(path); err != nil {
		t.Skip(err)
	}
	got := collect(t.Context(), p, read.Input{Name: path, Data: f, Size: int64(len(want))})
	if len(got.Docs) != 1 || len(got.Docs[0].Text) != len(strings.TrimSpace(want)) {
		t.Errorf("got %d documents, %v", len(got.Docs), got.err)
	}
	for pid, environment := range childEnvironments(t) {
		if environment != "" {
			t.Errorf("process %s knows %q", pid, environment)
		}
	}
}

// childEnvironments are those of the processes of this one, where the system tells.
func childEnvironments(t *testing.T) map[string]string {
	t.Helper()
	all := make(map[string]string)
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // none is none
	for _, path := range stats {
		data, err := os.ReadFile(path)
		_, rest, _ := strings.Cut(string(data), ") ")
		if fields := strings.Fields(rest); err == nil && len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			dir := filepath.Dir(path)
			environment, _ := os.ReadFile(filepath.Join(dir, "environ")) // it has ended
			all[filepath.Base(dir)] = string(environment)
		}
	}
	return all
}
