package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/llm/llmtest"
)

// looksUp is a model that searches once where it may, and then answers from it.
func looksUp(r llmtest.Request) llmtest.Reply {
	if r.Tools != nil && r.Results == nil {
		return llmtest.Reply{Calls: []llmtest.Call{{ID: "c1", Name: "search", Arguments: `{"query":"people the ferry carries"}`}}}
	}
	return llmtest.Reply{Text: "CLAIM: - It carries forty people.\nQUOTE: It carries forty people.\n\nCLAIM: It sails to the moon.\nQUOTE: It sails to the moon.\n"}
}

// TestAskTellsWhatTheModelDid: its rounds and calls, what it was shown, what fell and
// why, and the answer as blocks.
func TestAskTellsWhatTheModelDid(t *testing.T) {
	for _, provider := range []string{"vllm", "anthropic"} {
		s := llmtest.New(t)
		s.Answer(looksUp)
		f := newFixture(t, s, "model: {provider: "+provider+", model: tiny, url: \""+s.URL+"/v1\", attempts: 1}\n")
		f.env["ANTHROPIC_API_KEY"] = "sk-of-nobody"
		f.ingest(t)
		_, out, errs := f.run(t, "ask", "--json", "How many people does the ferry carry?")
		got := answered(t, out)
		if got.Did != rag.DidAnswer || got.Status != rag.Partial || got.Rounds != 3 || got.ToolCalls != 1 || len(got.Sent) != 1 || errs != "" {
			t.Errorf("%s: %s%s", provider, out, errs)
		}
		if len(got.Dropped) == 0 || got.Dropped[0].Text != "It sails to the moon." || got.Dropped[0].Reasons[0] != "no quote of it stands in the documents" || got.Unsupported != 1 {
			t.Errorf("%s: dropped %+v", provider, got.Dropped)
		}
		ledger, err := os.ReadFile(filepath.Join(f.dir, ".local", "share", "docent", "usage.jsonl"))
		if err != nil || strings.Count(string(ledger), `"documents":["`+string(got.Sent[0])+`"]`) != 1 {
			t.Errorf("%s: %v, written down %s", provider, err, ledger)
		}
		if len(got.Blocks) != 1 || got.Blocks[0].Kind != "list" || !strings.HasPrefix(got.Answer, "- It carries forty people. [1]") {
			t.Errorf("%s: %+v", provider, got.Blocks)
		}
	}
}

// TestAskStrict: a fallback is an answer, and with --strict an error.
func TestAskStrict(t *testing.T) {
	s := llmtest.New(t)
	f := newFixture(t, s, ollamaModel)
	f.ingest(t)
	s.Kill()
	for flag, want := range map[string]int{"--json": 0, "--strict": 1} {
		code, out, errs := f.run(t, "ask", "--json", flag, "How many people does the ferry carry?")
		if got := answered(t, out); code != want || got.Did != rag.DidFail || got.Mode != rag.Extractive || len(got.Claims) == 0 || errs == "" {
			t.Errorf("%s: exit code %d\n%s%s", flag, code, out, errs)
		}
	}
}

// TestWithheldSpaces: what a space keeps in the house is neither shown to a model
// outside nor searched for it.
func TestWithheldSpaces(t *testing.T) {
	for rule, withheld := range map[string]bool{"any": false, "local": false, "off": true} {
		s := llmtest.New(t)
		s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: "NOT FOUND"} })
		f := newFixture(t, s, ollamaModel+"spaces: {everyone: {model: "+rule+"}}\n")
		f.ingest(t)
		_, out, _ := f.run(t, "ask", "--json", "How many people does the ferry carry?")
		told := false
		for _, r := range s.Requests() {
			told = told || strings.Contains(strings.Join(r.Turns, "\n"), "forty people")
		}
		if got := answered(t, out); told == withheld || (len(got.Sent) == 0) != withheld {
			t.Errorf("%s: told %t, sent %v", rule, told, got.Sent)
		}
	}
	c := config{Spaces: map[string]spaceConfig{"board": {Model: localModel}, "staff": {Model: noModel}, "all": {}}}
	for address, want := range map[string]string{"http://127.0.0.1:11434/v1": "staff", "http://192.168.1.4/v1": "staff", "https://api.openai.com/v1": "board staff"} {
		if got := strings.Join(c.withheld(address), " "); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
