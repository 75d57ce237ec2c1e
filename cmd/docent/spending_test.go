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

// TestBudget: what was spent today counts in every command. Beyond the limits the model
// is not asked, and the answer is the documents' own, which says why.
func TestBudget(t *testing.T) {
	for name, limits := range map[string]string{ //nolint:gosec // no token of anybody's
		"tokens": "limits: {tokens-per-day: 400}\n", "cost": "limits: {cost-per-day: 0.04}\nprices: {tiny: {input: 100, output: 100}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			s.Answer(func(llmtest.Request) llmtest.Reply {
				return llmtest.Reply{Text: "CLAIM: It carries forty people.\nQUOTE 1: It carries forty people.\n"}
			})
			f := newFixture(t, s, "model: {provider: ollama, model: tiny}\n"+limits)
			f.ingest(t)
			for n := 1; n <= 4; n++ {
				code, out, errs := f.run(t, "ask", "--json", "How many people does the ferry carry?")
				got, spent := answered(t, out), n > 2
				if len(s.Requests()) != min(n, 2) || code != 0 || len(got.Claims) == 0 {
					t.Errorf("%d requests, exit code %d\n%s%s", len(s.Requests()), code, out, errs)
				}
				if spent != strings.Contains(got.Answer, "budget for today is spent") || spent != strings.Contains(errs, "budget for today") || spent != (got.Mode == "extractive") {
					t.Errorf("%s: %s\n%s", got.Mode, got.Answer, errs)
				}
			}
			if code, _, _ := f.run(t, "ask", "--strict", "How many people does the ferry carry?"); code != 1 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}
