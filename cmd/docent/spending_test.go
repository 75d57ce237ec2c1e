package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestSpending: what models were asked is totalled over all commands, with its
// cost where the price is known.
func TestSpending(t *testing.T) {
	s := llmtest.New(t)
	f := newFixture(t, s, openAIModel+ollamaEmbedder)
	f.env["OPENAI_API_KEY"], f.env["XDG_DATA_HOME"] = "k", filepath.Join(f.dir, "data")
	f.ingest(t)
	for range 3 {
		if code, out, _ := f.run(t, "doctor", "model"); code != 0 {
			t.Fatal(out)
		}
	}
	// A line cut short by a crash is no reason to fail.
	log, err := os.OpenFile(filepath.Join(f.dir, "data", "docent", "usage.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = log.WriteString("{\"time\":\"20\n")
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	code, out, errs := f.run(t, "status", "--json")
	var status statusJSON
	var any any
	if err := json.Unmarshal([]byte(out), &status); code != 0 || err != nil {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	if err := json.Unmarshal([]byte(out), &any); err != nil {
		t.Fatal(err)
	}
	if err := conforms(contract["status"], any, "status"); err != nil {
		t.Error(err)
	}
	if len(status.Usage) != 2 || status.Usage[0].Model != "bge-m3" || status.Usage[0].InputTokens == 0 || status.Usage[0].Cost != nil {
		t.Errorf("usage %+v", status.Usage)
	}
	const want = "gpt-6.1-terra 3 calls, 30 tokens in and 3 out, for 0.006000 USD"
	if got := status.Usage[1].String(); got != want {
		t.Errorf("spent %s", got)
	}
	if _, out, _ := f.run(t, "status"); !strings.Contains(out, "spent     "+want) {
		t.Errorf("status is\n%s", out)
	}
}
