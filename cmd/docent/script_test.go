package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"docent/ingest/read"
	"docent/ingest/read/formats"
)

// TestScripts runs testdata/script, each in a folder of its own, against the
// real program. DOCENT_LONG makes the large inputs as large as they are named.
func TestScripts(t *testing.T) {
	samples, err := filepath.Abs(handbook)
	if err != nil {
		t.Fatal(err)
	}
	old, err := filepath.Abs("../../rag/library/testdata/layout-2.sqlite")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	warm(t, cache)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("HANDBOOK", samples)
			e.Setenv("OLDLIBRARY", old)
			// The PDF engine is compiled once for all scripts.
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("TMPDIR", filepath.Join(e.WorkDir, "tmp"))
			return os.MkdirAll(filepath.Join(e.WorkDir, "tmp"), 0o700)
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil
			case "posix":
				return runtime.GOOS != "windows", nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": endsWith, "json": jsonLines, "let": let, "quoted": quoted, "bytes": writeBytes, "longline": longLine, "cut": cut,
			"findable": findable, "damage": damage, "replace": replace,
		},
	})
}

// warm lends the cache the PDF engine that was compiled for all tests, and
// compiles it where it is the first to want it.
func warm(t *testing.T, cache string) {
	t.Helper()
	shared := filepath.Join(os.TempDir(), "docent-tests") //nolint:usetesting // the next run wants it too
	pdf, err := os.ReadFile(filepath.Join(handbook, "entretien-des-optiques.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range formats.All(read.Options{Cache: shared}).Read(t.Context(), read.Bytes("a.pdf", pdf)) {
		if err != nil {
			t.Fatalf("read a PDF: %v", err)
		}
	}
	engines, err := filepath.Glob(filepath.Join(shared, "wazero-*"))
	if err != nil || len(engines) == 0 {
		t.Fatalf("no compiled engine in %s: %v", shared, err)
	}
	if err := os.MkdirAll(filepath.Join(cache, "docent"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines {
		if err := os.Symlink(engine, filepath.Join(cache, "docent", filepath.Base(engine))); err != nil {
			t.Fatal(err)
		}
	}
}

// exits CODE PROGRAM ARGS… runs a program that must end with the code.
func endsWith(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if (strconv.Itoa(code) == args[0]) == neg {
		ts.Fatalf("exit code %d", code)
	}
}

// json KIND FILE holds each line of the file against the machine contract.
func jsonLines(ts *testscript.TestScript, neg bool, args []string) {
	data := ts.ReadFile(args[1])
	if strings.TrimSpace(data) == "" {
		ts.Fatalf("%s is empty", args[1])
	}
	for line := range strings.Lines(data) {
		var got any
		ts.Check(json.Unmarshal([]byte(line), &got))
		if err := conforms(contract[args[0]], got, args[0]); err != nil {
			ts.Fatalf("%v in %s", err, line)
		}
	}
}

// let NAME FILE REGEXP sets a variable to what the first group matches.
func let(ts *testscript.TestScript, neg bool, args []string) {
	found := regexp.MustCompile(args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if found == nil {
		ts.Fatalf("no match for %s in %s", args[2], args[1])
	}
	ts.Setenv(args[0], found[1])
}

// quoted FILE ARGS… holds every citation of the answers in the file against
// the stored text, byte by byte; there must be some. ARGS choose the library.
func quoted(ts *testscript.TestScript, neg bool, args []string) {
	answers := ts.ReadFile(args[0])
	citations := 0
	for line := range strings.Lines(answers) {
		var answer answerJSON
		ts.Check(json.Unmarshal([]byte(line), &answer))
		for _, c := range slices.Concat(answer.Citations, answer.Nearest) {
			ts.Check(ts.Exec("docent", append([]string{"documents", "show", "--text", string(c.Document)}, args[1:]...)...))
			text := ts.ReadFile("stdout")
			if c.End > len(text) || text[c.Start:c.End] != c.Quote {
				ts.Fatalf("bytes %d to %d of %s are not %q", c.Start, c.End, c.Document, c.Quote)
			}
			for _, e := range c.Context {
				if text[e.Start:e.End] != e.Text {
					ts.Fatalf("bytes %d to %d of %s are not %q", e.Start, e.End, c.Document, e.Text)
				}
			}
			citations++
		}
	}
	if citations == 0 {
		ts.Fatalf("no citation")
	}
}

// findable WORD waits until a search finds the word, or with ! no longer does:
// that it takes no more than two seconds is promised.
func findable(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(2 * time.Second); ; {
		asked := time.Now()
		if found := ts.Exec("docent", "search", args[0]) == nil; found != neg {
			return
		}
		if asked.After(deadline) {
			ts.Fatalf("%s is findable: %v, for more than two seconds", args[0], neg)
		}
	}
}

// damage DIR changes one byte of the one library below the folder.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*", "*", "library.db"))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%d libraries below %s", len(found), args[0])
	}
	f, err := os.OpenFile(found[0], os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteAt([]byte("!"), 5000)
	ts.Check(errors.Join(err, f.Close()))
}

// replace FILE OLD NEW changes all copies of a text; there must be one.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	data := ts.ReadFile(args[0])
	if !strings.Contains(data, args[1]) {
		ts.Fatalf("%q is not in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(data, args[1], args[2])), 0o600))
}

// bytes FILE TEXT writes a text with Go's escapes.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// longline FILE SHORT LONG HEAD writes one line of that many megabytes.
func longLine(ts *testscript.TestScript, neg bool, args []string) {
	size := args[1]
	if os.Getenv("DOCENT_LONG") != "" {
		size = args[2]
	}
	megabytes, err := strconv.Atoi(size)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	_, _ = w.WriteString(args[3])
	for range megabytes {
		_, _ = w.Write(bytes.Repeat([]byte("ligne sans fin; "), 1<<16))
	}
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

// cut FILE BYTES keeps the beginning of a file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}
