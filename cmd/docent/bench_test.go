package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const (
	handbook = "../../ingest/testdata/handbook"
	asked    = "How many days a year may I work from abroad?"
)

// BenchmarkAskCold is a question to a folder from a cold start: the process,
// the ingest into a throw-away library, the answer. The folder was asked
// before, or, anew, every document is read again.
func BenchmarkAskCold(b *testing.B) {
	b.Run("again", func(b *testing.B) { askCold(b, "") })
	b.Run("anew", func(b *testing.B) { askCold(b, "read: {keep: false}\n") })
}

func askCold(b *testing.B, configuration string) {
	config := filepath.Join(b.TempDir(), "docent.yaml")
	if err := os.WriteFile(config, []byte(configuration), 0o600); err != nil {
		b.Fatal(err)
	}
	ask := func() {
		if out, err := exec.CommandContext(b.Context(), "docent", "ask", "--config", config, "--from", handbook, asked).CombinedOutput(); err != nil {
			b.Fatalf("ask: %v\n%s", err, out)
		}
	}
	ask() // compiles the PDF engine, the first time
	for b.Loop() {
		ask()
	}
}

// BenchmarkAskFrom is the same without the start of the process.
func BenchmarkAskFrom(b *testing.B) {
	for b.Loop() {
		var out, errs bytes.Buffer
		if code := run(b.Context(), []string{"ask", "--from", handbook, asked}, noEnv, nil, &out, &errs); code != 0 {
			b.Fatalf("ask: exit code %d\n%s", code, errs.String())
		}
	}
}

func noEnv(string) string { return "" }
