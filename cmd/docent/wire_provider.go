package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"docent/rag/llm"
)

// provider completes what docent.yaml says with the environment's part.
func (a *app) provider(c providerConfig) (llm.Config, error) {
	preset, err := llm.FindPreset(c.Provider)
	if err != nil {
		return llm.Config{}, err
	}
	full := llm.Config{
		Provider: c.Provider, Model: c.Model, Timeout: c.Timeout, Silence: c.Silence,
		Attempts: c.Attempts, Concurrency: c.Concurrency, Log: a.log, Spent: a.usageLog().Recorder(c.Model),
	}
	if full.Key, err = a.key(c, preset); err != nil {
		return llm.Config{}, err
	}
	if c.Provider == "openai" {
		full.Organization = cmp.Or(a.getenv("OPENAI_ORG_ID"), a.getenv("OPENAI_ORGANIZATION"))
	}
	said, _ := a.address(c, preset)
	if full.BaseURL, err = preset.Address(said); err != nil {
		return llm.Config{}, &hinted{err: err, hint: addressHint(preset)}
	}
	return full, nil
}

// address is where the user says that a provider is, "" for its usual place, and
// the variable of the environment that says so, "" for docent.yaml.
func (a *app) address(c providerConfig, p llm.Preset) (said, variable string) {
	if c.URL != "" {
		return c.URL, ""
	}
	if p.Name == "bedrock" {
		for _, variable := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
			if region := a.getenv(variable); region != "" {
				return "https://bedrock-runtime." + region + ".amazonaws.com/openai/v1", variable
			}
		}
	}
	if p.URLVariable != "" {
		return a.getenv(p.URLVariable), p.URLVariable
	}
	return "", ""
}

// key is the one in the file that the configuration names, or else that of the
// environment.
func (a *app) key(c providerConfig, p llm.Preset) (llm.Secret, error) {
	if c.KeyFile != "" {
		data, err := contentOf(c.KeyFile)
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

// usageLog is in the user's data folder, where that is known.
func (a *app) usageLog() llm.UsageLog {
	dir, err := dataDir(runtime.GOOS, a.getenv)
	if err != nil {
		return llm.UsageLog{Log: a.log}
	}
	return llm.UsageLog{Path: filepath.Join(dir, "docent", "usage.jsonl"), Log: a.log}
}
