package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"docent/rag/llm"
)

// providerConfig is what model: and embedder: in docent.yaml have in common.
// The defaults are those of llm.Config.
//
//	provider: ollama                # or openai, anthropic, mistral…
//	model: llama3.2
//	url: http://gpu.lan:11434/v1    # where it is, if not at its usual place
//	key-file: mistral.key           # or MISTRAL_API_KEY, and so for the others
//	timeout: 2m                     # for a call with all its attempts
//	silence: 1m                     # of the provider, after which it is given up
//	attempts: 3                     # while it fails for reasons that may pass
//	concurrency: 8                  # calls at once
type providerConfig struct {
	Provider    string        `yaml:"provider"`
	Model       string        `yaml:"model"`
	URL         string        `yaml:"url"`
	KeyFile     string        `yaml:"key-file"`
	Timeout     time.Duration `yaml:"timeout"`
	Silence     time.Duration `yaml:"silence"`
	Attempts    int           `yaml:"attempts"`
	Concurrency int           `yaml:"concurrency"`
}

// modelConfig is model: in docent.yaml, which writes the answers; without a
// provider there is none.
type modelConfig struct {
	providerConfig `yaml:",inline"`
	// MaxTokens bounds what each call writes, the thought before it included; 0
	// means 8,000 for an answer and 4,000 for what helps it.
	MaxTokens int `yaml:"max-tokens"`
	// Temperature is sent with every call; nil leaves it to the provider.
	Temperature *float64 `yaml:"temperature"`
	// Judge is answer.Writer's.
	Judge bool `yaml:"judge"`
}

// embedderConfig is embedder: in docent.yaml; without a provider it is the
// built-in one. With the provider local it is a model in a folder, see
// localConfig.
type embedderConfig struct {
	providerConfig `yaml:",inline"`
	localConfig    `yaml:",inline"`
	// Dimensions, prefixes and batch are those of embed.AdapterOptions. With
	// Dimensions the model is asked for vectors of that length.
	Dimensions    int    `yaml:"dimensions"`
	QueryPrefix   string `yaml:"query-prefix"`
	PassagePrefix string `yaml:"passage-prefix"`
	Batch         int    `yaml:"batch"`
}

// priceConfig is what a model costs for a million tokens.
type priceConfig struct {
	Input  float64 `yaml:"input"`
	Output float64 `yaml:"output"`
	// Cached is for what the provider had read before; 0 is the price of Input.
	Cached float64 `yaml:"cached"`
	// Currency is "" for USD.
	Currency string `yaml:"currency"`
}

// check says what is wrong with the part of the configuration of that name.
func (c providerConfig) check(part string) error {
	if c == (providerConfig{}) {
		return nil
	}
	if all := providers(part); !slices.Contains(all, c.Provider) {
		return fmt.Errorf("%s: provider is one of %s, not %q", part, strings.Join(all, ", "), c.Provider)
	}
	if c.Model == "" {
		return fmt.Errorf("%s: model is missing: the name of one of %s", part, c.Provider)
	}
	for _, n := range []int64{int64(c.Timeout), int64(c.Silence), int64(c.Attempts), int64(c.Concurrency)} {
		if n < 0 {
			return fmt.Errorf("%s: %d is below 0", part, n)
		}
	}
	return nil
}

func (c config) checkProviders() error {
	if c.Model.MaxTokens < 0 || c.Embedder.Dimensions < 0 || c.Embedder.Batch < 0 {
		return errors.New("max-tokens, dimensions and batch are not below 0")
	}
	if t := c.Model.Temperature; t != nil && !(*t >= 0 && *t <= 2) {
		return fmt.Errorf("model: temperature is from 0 to 2, not %v", *t)
	}
	for part, incomplete := range map[string]bool{
		"model":    c.Model.Provider == "" && c.Model != (modelConfig{}),
		"embedder": c.Embedder.Provider == "" && c.Embedder != (embedderConfig{}),
	} {
		if incomplete {
			return fmt.Errorf("%s: provider is missing, one of %s", part, strings.Join(providers(part), ", "))
		}
	}
	if err := c.Model.check("model"); err != nil {
		return err
	}
	if err := c.Embedder.check(); err != nil {
		return err
	}
	return c.Rerank.check(c.Model.Provider != "")
}

// providers are those that a part of the configuration may name.
func providers(part string) []string {
	switch part {
	case "rerank":
		return llm.Rerankers()
	case "embedder":
		return append([]string{localProvider}, llm.Presets()...)
	}
	return llm.Presets()
}

// localProvider is the provider of models in folders.
const localProvider = "local"

// localConfig is the part of embedder: that is for a model in a folder. What is
// left out is as the folder's files have it, see local.Options.
//
//	provider: local
//	path: models/multilingual-e5-small   # relative to docent.yaml
//	file: onnx/encoder.onnx              # instead of model.onnx
//	pooling: mean                        # or cls, max, last
//	max-tokens: 256                      # where passages are cut
//	query-prefix: "query: "
//	passage-prefix: "passage: "
//	concurrency: 2                       # texts at once
type localConfig struct {
	Path      string `yaml:"path"`
	File      string `yaml:"file"`
	Pooling   string `yaml:"pooling"`
	MaxTokens int    `yaml:"max-tokens"`
}

func (c embedderConfig) check() error {
	switch {
	case c == (embedderConfig{}):
		return nil
	case c.Provider == localProvider:
		return c.checkLocal()
	case c.localConfig != (localConfig{}):
		return fmt.Errorf("embedder: path, file, pooling and max-tokens are for the provider %s", localProvider)
	}
	if _, err := llm.FindPreset(c.Provider); err != nil {
		return fmt.Errorf("embedder: %w, and %s for a model in a folder", err, localProvider)
	}
	return c.providerConfig.check("embedder")
}

func (c embedderConfig) checkLocal() error {
	server := c.providerConfig
	server.Provider, server.Concurrency = "", 0
	switch {
	case server != (providerConfig{}) || c.Dimensions != 0 || c.Batch != 0:
		return fmt.Errorf("embedder: %s takes path, file, pooling, max-tokens, query-prefix, passage-prefix and concurrency, and nothing that is for a server", localProvider)
	case c.Path == "":
		return fmt.Errorf("embedder: path is missing: the folder of a model for %s", localProvider)
	case c.MaxTokens < 0 || c.Concurrency < 0:
		return errors.New("embedder: max-tokens and concurrency are not below 0")
	}
	return nil
}

// rerankConfig is rerank: in docent.yaml, which puts the passages found in order:
// a provider's model made for that, or the word model for the language model
// itself. Without either they stand as they were found.
type rerankConfig struct {
	providerConfig
	byModel bool
}

// UnmarshalYAML implements the yaml package's older interface, since the Decode
// of a yaml.Node forgets KnownFields.
func (c *rerankConfig) UnmarshalYAML(decode func(any) error) error {
	var n rawNode
	if err := decode(&n); err != nil {
		return err
	}
	if n.Kind != yaml.ScalarNode {
		return decode(&c.providerConfig)
	}
	if c.byModel = n.Value == "model"; !c.byModel {
		return fmt.Errorf("line %d: rerank is the word model, or has a provider and a model, not %q", n.Line, n.Value)
	}
	return nil
}

// rawNode is a part of docent.yaml as it is written.
type rawNode yaml.Node

// UnmarshalYAML implements yaml.Unmarshaler.
func (r *rawNode) UnmarshalYAML(n *yaml.Node) error {
	*r = rawNode(*n)
	return nil
}

// check says what is wrong with it, where docent.yaml has a language model or
// not.
func (c rerankConfig) check(hasModel bool) error {
	if c.byModel && !hasModel {
		return errors.New("rerank: model is for a language model, and model: names none")
	}
	return c.providerConfig.check("rerank")
}
