package llm_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"docent/rag"
	"docent/rag/llm"
)

// TestUsageLog: what several write at once is all there, past a line that a
// crash cut short, and only for its user.
func TestUsageLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "usage.jsonl")
	log := llm.UsageLog{Path: path, Log: slog.New(slog.DiscardHandler)}
	if got, err := log.Totals(); err != nil || len(got) != 0 {
		t.Errorf("nothing yet: %v, %v", got, err)
	}
	log.Recorder("small")(rag.Usage{InputTokens: 5})
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("{\"time\":\"20\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var g errgroup.Group
	for _, model := range []string{"small", "large", "small", "large", "small"} {
		g.Go(func() error {
			for range 20 {
				log.Recorder(model)(rag.Usage{InputTokens: 10, CachedTokens: 4, OutputTokens: 3})
			}
			return nil
		})
	}
	_ = g.Wait()
	got, err := log.Totals()
	if d := cmp.Diff(map[string]llm.UsageTotals{
		"small": {Calls: 60, Usage: rag.Usage{InputTokens: 600, CachedTokens: 240, OutputTokens: 180}},
		"large": {Calls: 40, Usage: rag.Usage{InputTokens: 400, CachedTokens: 160, OutputTokens: 120}},
	}, got); err != nil || d != "" {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	llm.UsageLog{Log: log.Log}.Recorder("small")(rag.Usage{InputTokens: 5}) // is kept nowhere
}

// A day is what was written since midnight, by whomever and before a restart too, and
// grows with the file.
func TestUsageOfADay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "usage.jsonl")
	log := llm.UsageLog{Path: path, Log: slog.New(slog.DiscardHandler)}
	const before = `{"time":"2026-01-02T03:04:05Z","model":"small","input_tokens":1000,"output_tokens":1}` + "\n"
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	day := llm.Day{Log: log}
	for n := 1; n <= 3; n++ {
		log.Recorder("small")(rag.Usage{InputTokens: 5, OutputTokens: 2})
		log.Recorder("large")(rag.Usage{InputTokens: 7})
		again := llm.Day{Log: log}
		for _, d := range []*llm.Day{&day, &again, &day} {
			if u, err := d.Spent("small"); err != nil || u.InputTokens != 5*n || u.OutputTokens != 2*n {
				t.Errorf("%+v, %v", u, err)
			}
		}
	}
}
