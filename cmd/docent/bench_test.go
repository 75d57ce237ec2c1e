package main

import (
	"bytes"
	"os/exec"
	"testing"
)

const (
	handbook = "../../ingest/testdata/handbook"
	asked    = "How many days a year may I work from abroad?"
)

// BenchmarkAskCold is a question to a folder from a cold start: the process,
// the ingest into a throw-away library, the answer.
func BenchmarkAskCold(b *testing.B) {
	for b.Loop() {
		if out, err := exec.CommandContext(b.Context(), "docent", "ask", "--from", handbook, asked).CombinedOutput(); err != nil {
			b.Fatalf("ask: %v\n%s", err, out)
		}
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
