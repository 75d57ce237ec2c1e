package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// docent is the program as another process.
func docent(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "docent", args...)
	c.WaitDelay = 10 * time.Second
	return c
}

func mustRun(t *testing.T, args ...string) {
	t.Helper()
	if out, err := docent(t.Context(), args...).CombinedOutput(); err != nil {
		t.Fatalf("docent %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// conversation is a `docent search -` that stays, asked line by line.
type conversation struct {
	t       *testing.T
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	errs    bytes.Buffer
}

func keepAsking(t *testing.T, args ...string) *conversation {
	t.Helper()
	c := &conversation{t: t, process: docent(t.Context(), args...)}
	c.process.Stderr = &c.errs
	var err error
	if c.in, err = c.process.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewReader(out)
	if err := c.process.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *conversation) ask(query string) searchJSON {
	c.t.Helper()
	if _, err := io.WriteString(c.in, query+"\n"); err != nil {
		c.t.Fatalf("ask: %v\n%s", err, c.errs.String())
	}
	line, err := c.out.ReadBytes('\n')
	if err != nil {
		c.t.Fatalf("no answer: %v\n%s", err, c.errs.String())
	}
	var found searchJSON
	if err := json.Unmarshal(line, &found); err != nil {
		c.t.Fatal(err)
	}
	return found
}

// end closes standard input and returns the exit code.
func (c *conversation) end() int {
	c.t.Helper()
	if err := c.in.Close(); err != nil {
		c.t.Fatal(err)
	}
	err := c.process.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return c.process.ProcessState.ExitCode()
}

// TestSearchDuringIngest: a search that is open while another process ingests
// is never refused, sees each document whole, the old or the new, and the new
// ones within a second.
func TestSearchDuringIngest(t *testing.T) {
	dir := t.TempDir()
	docs, lib := filepath.Join(dir, "docs"), filepath.Join(dir, "team.db")
	if err := os.Mkdir(docs, 0o700); err != nil {
		t.Fatal(err)
	}
	const documents = 200
	generate(t, docs, documents, 1)
	mustRun(t, "ingest", "--library", lib, docs)

	c := keepAsking(t, "search", "--library", lib, "--json", "--limit", "20", "-")
	if found := c.ask("lighthouse generation1"); len(found.Hits) != 20 {
		t.Fatalf("%d hits before the ingest", len(found.Hits))
	}
	generate(t, docs, documents, 2)
	ingest := docent(t.Context(), "ingest", "--library", lib, docs)
	ended := make(chan error, 1)
	go func() { ended <- ingest.Run() }()
	for running := true; running; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("ingest: %v", err)
			}
			running = false
		default:
		}
		found := c.ask("lighthouse storm")
		if len(found.Hits) != 20 {
			t.Fatalf("%d hits during the ingest", len(found.Hits))
		}
		for _, h := range found.Hits {
			if one, two := strings.Contains(h.Text, "generation1"), strings.Contains(h.Text, "generation2"); one == two {
				t.Errorf("passage %d of %s is half old, half new", h.Passage, h.Document)
			}
		}
	}
	deadline := time.Now().Add(time.Second)
	isOld := func(h hitJSON) bool { return strings.Contains(h.Text, "generation1") }
	for slices.ContainsFunc(c.ask("lighthouse generation2").Hits, isOld) {
		if time.Now().After(deadline) {
			t.Fatal("old passages are found a second after the ingest")
		}
	}
	if code := c.end(); code != 0 {
		t.Errorf("exit code %d\n%s", code, c.errs.String())
	}
}

// TestInterrupt: an interrupt ends a command that waits, with its exit code,
// and the throw-away library goes with it.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals here")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	for name, signal := range signals() {
		t.Run(name, func(t *testing.T) {
			c := keepAsking(t, "search", "--json", "--from", handbook, "-")
			if found := c.ask("nurse"); len(found.Hits) == 0 {
				t.Fatal("no hits")
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) != 1 {
				t.Fatalf("%d throw-away libraries, %v", len(left), err)
			}
			if err := c.process.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			_ = c.process.Wait()
			if code := c.process.ProcessState.ExitCode(); code != 130 {
				t.Errorf("exit code %d\n%s", code, c.errs.String())
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestReaderGone: when nobody reads on, the command ends and cleans up.
func TestReaderGone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("pipes differ here")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	c := docent(t.Context(), "search", "--json", "--from", handbook, "-")
	c.Stdin = strings.NewReader(strings.Repeat("nurse\n", 200))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Error("ended as if all had been read")
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func signals() map[string]os.Signal {
	return map[string]os.Signal{"interrupt": os.Interrupt, "terminate": syscall.SIGTERM}
}
