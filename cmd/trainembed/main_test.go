package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag/embed"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	pairs, out := filepath.Join(dir, "pairs.jsonl"), filepath.Join(dir, "table.bin")
	var lines strings.Builder
	for i := range 40 {
		fmt.Fprintf(&lines, "[\"tat\", \"en\", \"the number is word%d\", \"fr\", \"le nombre est mot%d\"]\n", i, i)
	}
	if err := os.WriteFile(pairs, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"trains", []string{"-o", out, "-steps", "3", "-buckets", "50", "-dimension", "32", pairs}, 0, "wrote"},
		{"counts", []string{"-frequencies", "-table", out, "-o", filepath.Join(dir, "counts.bin"), pairs}, 0, ""},
		{"no table", []string{"-frequencies", "-table", pairs, "-o", filepath.Join(dir, "none.bin"), pairs}, 1, "count the words"},
		{"no text", []string{"-o", filepath.Join(dir, "none.bin")}, 1, "no training text"},
		{"an absent file", []string{filepath.Join(dir, "absent.jsonl")}, 1, "absent.jsonl"},
		{"an unknown flag", []string{"-speed", "9"}, 2, "speed"},
		{"a place that is none", []string{"-o", filepath.Join(dir, "no", "table.bin"), "-steps", "1", "-dimension", "32", pairs}, 1, "write the table"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stderr bytes.Buffer
			if code := run(t.Context(), c.args, &stderr); code != c.code || !strings.Contains(stderr.String(), c.want) {
				t.Errorf("exit code %d, want %d, with %s", code, c.code, stderr.String())
			}
		})
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := embed.OpenTable(string(data)); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
