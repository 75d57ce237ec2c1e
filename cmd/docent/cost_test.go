package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// TestCostOfAnAnswer: an answer tells its tokens, and their cost where there is
// a price.
func TestCostOfAnAnswer(t *testing.T) {
	const written = "CLAIM: It carries forty people.\nQUOTE 1: It carries forty people.\n"
	for _, provider := range []string{"openai", "anthropic", "bedrock"} {
		for name, c := range map[string]struct {
			prices, currency string
			cost             func(in, out float64) float64
		}{
			"no price":    {"", "", nil},
			"of another":  {"prices: {large: {input: 1, output: 1}}\n", "", nil},
			"in dollars":  {"prices: {m: {input: 100, output: 1000}}\n", "USD", func(in, out float64) float64 { return (100*in + 1000*out) / 1e6 }},
			"with caches": {"prices: {m: {input: 100, cached: 10, output: 1000, currency: EUR}}\n", "EUR", func(in, out float64) float64 { return (100*(in-5) + 10*5 + 1000*out) / 1e6 }},
		} {
			t.Run(provider+" "+name, func(t *testing.T) {
				s := llmtest.New(t)
				s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: written, Cached: 5} })
				f := newFixture(t, s, fmt.Sprintf("model: {provider: %s, model: m, url: %s/v1, attempts: 1}\n", provider, s.URL)+c.prices)
				for _, key := range []string{"OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"} {
					f.env[key] = "k"
				}
				f.ingest(t)
				_, out, errs := f.run(t, "ask", "--json", "How many people does the ferry carry?")
				got := answered(t, out)
				if errs != "" || got.Mode != "model" || got.Usage.InputTokens <= 5 || got.Usage.CachedTokens != 5 || got.Usage.OutputTokens == 0 {
					t.Fatalf("%s%s", out, errs)
				}
				spent := fmt.Sprintf("m %d tokens in (5 cached) and %d out", got.Usage.InputTokens, got.Usage.OutputTokens)
				switch {
				case c.cost == nil:
					if got.Cost != nil || got.Currency != "" {
						t.Errorf("cost %v %s", got.Cost, got.Currency)
					}
				case got.Cost == nil || got.Currency != c.currency || *got.Cost != c.cost(float64(got.Usage.InputTokens), float64(got.Usage.OutputTokens)):
					t.Errorf("cost %v %s of %+v", got.Cost, got.Currency, got.Usage)
				default:
					spent += fmt.Sprintf(", for %.6f %s", *got.Cost, c.currency)
				}
				if _, out, _ := f.run(t, "ask", "--explain", "How many people does the ferry carry?"); !strings.HasSuffix(out, "\n\n"+spent+"\n") {
					t.Errorf("no %q under\n%s", spent, out)
				}
				if _, out, _ := f.run(t, "ask", "--no-model", "--explain", "How many people does the ferry carry?"); strings.Contains(out, "tokens") {
					t.Errorf("without the model:\n%s", out)
				}
			})
		}
	}
}

// answered is an answer that keeps to the contract.
func answered(t *testing.T, out string) answerJSON {
	t.Helper()
	var got answerJSON
	var plain any
	for _, to := range []any{&got, &plain} {
		if err := json.Unmarshal([]byte(out), to); err != nil {
			t.Fatal(err)
		}
	}
	if err := conforms(contract["ask"], plain, "ask"); err != nil {
		t.Error(err)
	}
	return got
}
