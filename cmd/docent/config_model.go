package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"docent/rag/answer"
	"docent/rag/llm"
)

// providerConfig is what model:, embedder: and rerank: have in common. Its
// defaults depend on the provider, see llm.Preset.Defaults.
type providerConfig struct {
	Provider    string        `yaml:"provider,omitempty" doc:"Who runs the model."`
	Model       string        `yaml:"model,omitempty" doc:"The provider's name of the model."`
	URL         string        `yaml:"url,omitempty" doc:"Where it is, if not at its usual place, up to and with the version as in http://gpu.lan:11434/v1."`
	KeyFile     string        `yaml:"key-file,omitempty" doc:"A file that holds the key, in place of the variable of the provider."`
	Timeout     time.Duration `yaml:"timeout,omitempty" doc:"How long a call may take with all its attempts."`
	Silence     time.Duration `yaml:"silence,omitempty" doc:"How long nothing may come from the provider before it is given up."`
	Attempts    int           `yaml:"attempts,omitempty" doc:"How often a call is made that fails for reasons that may pass."`
	Concurrency int           `yaml:"concurrency,omitempty" doc:"How many calls are made at once."`
}

// modelConfig is model: in docent.yaml; without a provider there is none.
type modelConfig struct {
	providerConfig `yaml:",inline"`
	MaxTokens      int      `yaml:"max-tokens,omitempty" doc:"The most tokens of each call, the thought before the answer included; by default 8000 for an answer and 4000 for what helps it. Where the thought leaves no room for an answer, the call is made once more with four times as many."`
	Context        int      `yaml:"context,omitempty" doc:"How many tokens of evidence it is given; by default half of what its server says that it reads at once, at most 32000, and 16000 where nobody says."`
	Effort         string   `yaml:"reasoning-effort,omitempty" doc:"How long it thinks first, in the provider's words, such as low, medium or high; by default that is left to the provider."`
	Tools          *bool    `yaml:"tools,omitempty" doc:"Whether it may search and read by itself, where it can; by default yes."`
	Temperature    *float64 `yaml:"temperature,omitempty" doc:"The temperature, from 0 to 2; by default none is sent, since many models refuse one."`
	Judge          string   `yaml:"judge,omitempty" enum:"auto,on,off" doc:"Whether the model looks once more at its claims: at those that code has not proven (auto), at all (on) or at none (off); by default auto."`
}

// embedderConfig is embedder: in docent.yaml; without a provider it is the
// built-in one.
type embedderConfig struct {
	providerConfig `yaml:",inline"`
	Dimensions     int    `yaml:"dimensions,omitempty" doc:"The length of vectors that the model is asked for; by default its own."`
	QueryPrefix    string `yaml:"query-prefix,omitempty" doc:"What goes before a question, for models that were trained with it, such as 'query: '."`
	PassagePrefix  string `yaml:"passage-prefix,omitempty" doc:"What goes before a passage, such as 'passage: '."`
	Batch          int    `yaml:"batch,omitempty" doc:"The most texts of a request."`
}

// priceConfig is what a model costs for a million tokens.
type priceConfig struct {
	Input    float64 `yaml:"input" doc:"For a million tokens that it reads."`
	Output   float64 `yaml:"output" doc:"For a million tokens that it writes."`
	Cached   float64 `yaml:"cached,omitempty" doc:"For a million tokens that the provider had read before; by default that of input."`
	Currency string  `yaml:"currency,omitempty" doc:"The currency; by default USD."`
}

// limitsConfig is limits: in docent.yaml; 0 is no limit. An answer that was begun
// within them is finished.
type limitsConfig struct {
	Tokens int     `yaml:"tokens-per-day,omitempty" doc:"How many tokens it may read and write from midnight to midnight."`
	Cost   float64 `yaml:"cost-per-day,omitempty" doc:"What it may cost from midnight to midnight, in the currency of its price under prices."`
}

// check says what is wrong with the part of the configuration of that name, if
// it is set.
func (c providerConfig) check(part string, set bool) error {
	all := providers(part)
	switch least := min(int64(c.Timeout), int64(c.Silence), int64(c.Attempts), int64(c.Concurrency)); {
	case !set:
		return nil
	case c.Provider == "":
		return fmt.Errorf("%s: provider is missing, one of %s", part, strings.Join(all, ", "))
	case !slices.Contains(all, c.Provider):
		return fmt.Errorf("%s: provider is one of %s, not %q", part, strings.Join(all, ", "), c.Provider)
	case c.Model == "":
		return fmt.Errorf("%s: model is missing: the name of one of %s", part, c.Provider)
	case least < 0:
		return fmt.Errorf("%s: %d is below 0", part, least)
	}
	return nil
}

func (c config) checkProviders() error {
	if c.Model.MaxTokens < 0 || c.Model.Context < 0 || c.Embedder.Dimensions < 0 || c.Embedder.Batch < 0 {
		return errors.New("max-tokens, context, dimensions and batch are not below 0")
	}
	if t := c.Model.Temperature; t != nil && !(*t >= 0 && *t <= 2) {
		return fmt.Errorf("model: temperature is from 0 to 2, not %v", *t)
	}
	if c.Limits.Tokens < 0 || !(c.Limits.Cost >= 0) {
		return errors.New("limits: tokens-per-day and cost-per-day are not below 0")
	}
	if _, ok := c.Prices[c.Model.Model]; !ok && c.Limits.Cost > 0 {
		return fmt.Errorf("limits: cost-per-day needs the price of the model %q under prices", c.Model.Model)
	}
	if _, ok := judgings[c.Model.Judge]; !ok {
		return fmt.Errorf("model: judge is auto, on or off, not %q", c.Model.Judge)
	}
	return cmp.Or(c.Model.check("model", c.Model != (modelConfig{})), c.Embedder.check("embedder", c.Embedder != (embedderConfig{})),
		c.Rerank.check("rerank", c.Rerank != (providerConfig{})))
}

// judgings are what judge: may be; it was true or false once.
var judgings = map[string]answer.Judging{
	"": answer.JudgeRead, "auto": answer.JudgeRead, "on": answer.JudgeAll, "true": answer.JudgeAll, "off": answer.JudgeNone, "false": answer.JudgeNone,
}

// providers are those that a part of the configuration may name.
func providers(part string) []string {
	if part == "rerank" {
		return llm.Rerankers()
	}
	return llm.Presets()
}

// folderModel is what is wrong with a configuration that has docent itself
// compute a model in a folder, as it once did; nil for others.
func folderModel(data []byte) error {
	var c struct {
		Embedder struct{ Provider, Path string }
	}
	_ = yaml.Unmarshal(data, &c) // what is no YAML is told by who decodes it
	if c.Embedder.Provider != "local" {
		return nil
	}
	return &hinted{
		err:  errors.New("embedder: there is no provider local any more: docent computes no models in folders"),
		hint: serveHint(filepath.Base(cmp.Or(c.Embedder.Path, "MODEL"))) + "\nthen make the vectors anew with: docent ingest --rebuild",
	}
}

// serveHint says how a model of one's own is served for embeddings, by either
// of two servers, and how docent is told.
func serveHint(model string) string {
	return fmt.Sprintf(`serve the model, which OWNER has as GGUF on Hugging Face, with Ollama or llama.cpp:
  ollama pull hf.co/OWNER/%[1]s-GGUF
  llama-server -hf OWNER/%[1]s-GGUF --embeddings
and name the server in docent.yaml, with url: if it is on another machine:
  embedder:
    {provider: ollama, model: hf.co/OWNER/%[1]s-GGUF}   # or {provider: llamacpp, model: %[1]s}`, model)
}
