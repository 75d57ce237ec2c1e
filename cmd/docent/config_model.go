package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

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
	MaxTokens      int      `yaml:"max-tokens,omitempty" doc:"The most tokens of each call, the thought before the answer included; by default 8000 for an answer and 4000 for what helps it."`
	Temperature    *float64 `yaml:"temperature,omitempty" doc:"The temperature, from 0 to 2; by default none is sent, since many models refuse one."`
	Judge          bool     `yaml:"judge" doc:"Whether the model looks once more at the claims that code let pass."`
}

// embedderConfig is embedder: in docent.yaml; without a provider it is the
// built-in one. With the provider local it is a model in a folder, see
// localConfig.
type embedderConfig struct {
	providerConfig `yaml:",inline"`
	localConfig    `yaml:",inline"`
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
	if c.Model.MaxTokens < 0 || c.Embedder.Dimensions < 0 || c.Embedder.Batch < 0 {
		return errors.New("max-tokens, dimensions and batch are not below 0")
	}
	if t := c.Model.Temperature; t != nil && !(*t >= 0 && *t <= 2) {
		return fmt.Errorf("model: temperature is from 0 to 2, not %v", *t)
	}
	if c.Rerank.byModel && c.Model.Provider == "" {
		return errors.New("rerank: model is for a language model, and model: names none")
	}
	return cmp.Or(c.Model.check("model", c.Model != (modelConfig{})), c.Embedder.check(),
		c.Rerank.check("rerank", c.Rerank.providerConfig != (providerConfig{})))
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
type localConfig struct {
	Path      string `yaml:"path,omitempty" doc:"With the provider local: the folder of the model, relative to this file."`
	File      string `yaml:"file,omitempty" doc:"With the provider local: the graph, where the folder has several, as in onnx/encoder.onnx."`
	Pooling   string `yaml:"pooling,omitempty" enum:"mean,cls,max,last" doc:"With the provider local: how the vectors of tokens become one."`
	MaxTokens int    `yaml:"max-tokens,omitempty" doc:"With the provider local: where passages are cut."`
}

func (c embedderConfig) check() error {
	_, err := llm.FindPreset(c.Provider)
	switch {
	case c.Provider == "":
	case c.Provider == localProvider:
		return c.checkLocal()
	case err != nil:
		return fmt.Errorf("embedder: %w, and %s for a model in a folder", err, localProvider)
	case c.localConfig != (localConfig{}):
		return fmt.Errorf("embedder: path, file, pooling and max-tokens are for the provider %s", localProvider)
	}
	return c.providerConfig.check("embedder", c != (embedderConfig{}))
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
	providerConfig `yaml:",inline"`
	byModel        bool
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

// MarshalYAML implements yaml.Marshaler.
func (c rerankConfig) MarshalYAML() (any, error) { //nolint:unparam // the interface has an error
	if c.byModel {
		return "model", nil
	}
	return c.providerConfig, nil
}

// rawNode is a part of docent.yaml as it is written.
type rawNode yaml.Node

// UnmarshalYAML implements yaml.Unmarshaler.
func (r *rawNode) UnmarshalYAML(n *yaml.Node) error {
	*r = rawNode(*n)
	return nil
}
