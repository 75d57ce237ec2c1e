package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/answer"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// TestHelpTellsTheDefault: as many passages are taken as the help says.
func TestHelpTellsTheDefault(t *testing.T) {
	f := newFixture(t, llmtest.New(t), "")
	var records strings.Builder
	for i := range 20 {
		fmt.Fprintf(&records, `{"id":"%d","title":"Ferry %d","text":"Ferry %d leaves pier %d at noon."}`+"\n", i, i, i, i)
	}
	f.write(t, "ferries.jsonl", records.String())
	if code, _, errs := f.run(t, "ingest", f.dir+"/ferries.jsonl"); code != 0 {
		t.Fatal(errs)
	}
	for command, count := range map[string]func(out string) int{
		"ask":    func(out string) int { return len(answered(t, out).Evidence) },
		"search": func(out string) int { return len(decoded[searchJSON](t, out).Hits) },
	} {
		_, help, _ := f.run(t, command, "--help")
		told := regexp.MustCompile(`--limit number .*\(default (\d+)\)`).FindStringSubmatch(help)
		if told == nil {
			t.Fatalf("%s tells no default:\n%s", command, help)
		}
		if _, out, _ := f.run(t, command, "--json", "When does the ferry leave the pier?"); strconv.Itoa(count(out)) != told[1] {
			t.Errorf("%s takes %d passages, and says %s", command, count(out), told[1])
		}
	}
	if _, help, _ := f.run(t, "chat", "--help"); !strings.Contains(help, fmt.Sprintf("(default %d)", answer.DefaultEvidence)) {
		t.Errorf("chat does not tell the default:\n%s", help)
	}
}

func decoded[T any](t *testing.T, out string) (got T) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestReadmeTellsTheDefaults: the configurations that the README shows can be
// read, and what it says are the defaults are them.
func TestReadmeTellsTheDefaults(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(readme, -1)
	if len(blocks) < 5 {
		t.Fatalf("%d configurations", len(blocks))
	}
	seen := make(map[string]bool)
	for _, b := range blocks {
		c, err := parseConfig([]byte(b[1]))
		if err != nil {
			t.Errorf("%v in\n%s", err, b[1])
			continue
		}
		checkDefaults(t, c, seen)
	}
	for _, part := range []string{"read", "slack", "model"} {
		if !seen[part] {
			t.Errorf("the defaults of %s are nowhere", part)
		}
	}
	for _, text := range []string{"the default of %v does", "Below the threshold (%v;"} {
		if want := fmt.Sprintf(text, answer.DefaultThreshold); !strings.Contains(readme, want) {
			t.Errorf("there is no %q", want)
		}
	}
}

func checkDefaults(t *testing.T, c config, seen map[string]bool) {
	t.Helper()
	usual := defaults()
	if c.Read.Memory != 0 {
		seen["read"] = true
		c.Read.PasswordFile = ""
		usual.Read.Keep = c.Read.Keep
		if d := cmp.Diff(usual.Read, c.Read); d != "" {
			t.Errorf("read (-default +README):\n%s", d)
		}
	}
	if s := c.Slack; s.File != 0 {
		seen["slack"] = true
		if s.File != usual.Slack.File || s.Keep != usual.Slack.Keep || *s.Adding != *usual.Slack.Adding {
			t.Errorf("slack is %+v by default", usual.Slack)
		}
	}
	if m := c.Model; m.Attempts != 0 {
		seen["model"] = true
		preset, err := llm.FindPreset(m.Provider)
		if err != nil {
			t.Fatal(err)
		}
		if d := preset.Defaults(); m.Timeout != d.Timeout || m.Silence != d.Silence || m.Attempts != d.Attempts || m.Concurrency != d.Concurrency || m.Judge != "auto" {
			t.Errorf("a model of %s is %+v by default", m.Provider, d)
		}
	}
}
