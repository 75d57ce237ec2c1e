package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	// Judge is rag.Writer's.
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

var priceKeys = []string{"input", "output", "cached", "currency"}

var (
	providerKeys = []string{"provider", "model", "url", "key-file", "timeout", "silence", "attempts", "concurrency"}
	modelKeys    = append([]string{"max-tokens", "temperature", "judge"}, providerKeys...)
	embedderKeys = slices.Concat([]string{"dimensions", "query-prefix", "passage-prefix", "batch"}, localKeys, providerKeys)
)

// knownProviderKeys refuses what nobody would obey, and keys written down where
// they get copied and committed.
func knownProviderKeys(doc *yaml.Node) error {
	for name, keys := range map[string][]string{"model": modelKeys, "embedder": embedderKeys, "rerank": providerKeys} {
		for _, n := range values(doc, name) {
			if len(values(n, "key")) > 0 {
				return fmt.Errorf("line %d: no key is read from here; set the provider's variable, as OPENAI_API_KEY, or name a file with key-file", n.Line)
			}
			if err := knownKeys(n, keys...); err != nil {
				return err
			}
		}
	}
	for _, prices := range values(doc, "prices") {
		for _, n := range values(prices, "") {
			if err := knownKeys(n, priceKeys...); err != nil {
				return err
			}
		}
	}
	return nil
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

// provider completes what docent.yaml says with the environment's part.
func (a *app) provider(c providerConfig) (llm.Config, error) {
	preset, err := llm.FindPreset(c.Provider)
	if err != nil {
		return llm.Config{}, err
	}
	full := llm.Config{
		Provider: c.Provider, Model: c.Model, BaseURL: c.URL, Timeout: c.Timeout, Silence: c.Silence,
		Attempts: c.Attempts, Concurrency: c.Concurrency, Log: a.log, Spent: a.usageLog().recorder(c.Model),
	}
	if full.Key, err = a.key(c, preset); err != nil {
		return llm.Config{}, err
	}
	if full.BaseURL == "" && preset.URLVariable != "" {
		full.BaseURL = a.getenv(preset.URLVariable)
	}
	switch c.Provider {
	case "openai":
		full.Organization = cmp.Or(a.getenv("OPENAI_ORG_ID"), a.getenv("OPENAI_ORGANIZATION"))
	case "bedrock":
		if region := cmp.Or(a.getenv("AWS_REGION"), a.getenv("AWS_DEFAULT_REGION")); full.BaseURL == "" && region != "" {
			full.BaseURL = "https://bedrock-runtime." + region + ".amazonaws.com/openai/v1"
		}
	}
	if full.BaseURL, err = preset.Address(full.BaseURL); err != nil {
		return llm.Config{}, &hinted{err: err, hint: addressHint(preset)}
	}
	return full, nil
}

func addressHint(p llm.Preset) string {
	if p.Name == "bedrock" {
		return "set AWS_REGION, or say where it is with url: in docent.yaml"
	}
	return "mend url: in docent.yaml, or " + cmp.Or(p.URLVariable, "leave it out for the usual one")
}

// key is the one in the file that the configuration names, or else that of the
// environment.
func (a *app) key(c providerConfig, p llm.Preset) (llm.Secret, error) {
	if c.KeyFile != "" {
		data, err := os.ReadFile(c.KeyFile)
		if err != nil {
			return "", fmt.Errorf("read the key of %s: %w", p.Name, err)
		}
		if key := strings.TrimSpace(string(data)); key != "" {
			return llm.Secret(key), nil
		}
		return "", &hinted{err: fmt.Errorf("%w of %s in %s", llm.ErrNoKey, p.Name, c.KeyFile), hint: "write the key on the first line of the file"}
	}
	for _, name := range p.KeyVariables {
		if key := strings.TrimSpace(a.getenv(name)); key != "" {
			return llm.Secret(key), nil
		}
	}
	if p.NeedsKey {
		return "", &hinted{
			err:  fmt.Errorf("%w of %s", llm.ErrNoKey, p.Name),
			hint: fmt.Sprintf("set %s, or name a file that holds it with key-file: in docent.yaml", p.KeyVariables[0]),
		}
	}
	return "", nil
}

// beside makes paths of the configuration relative to its file.
func (c *config) beside(file string) {
	for _, p := range []*string{&c.Library, &c.Read.PasswordFile, &c.Model.KeyFile, &c.Embedder.KeyFile, &c.Embedder.Path, &c.Rerank.KeyFile, &c.Slack.Folder, &c.Slack.State} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(filepath.Dir(file), *p)
		}
	}
}
