package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// TestProvider: keys and addresses are where each ecosystem has them.
func TestProvider(t *testing.T) {
	keyFile := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(keyFile, []byte("of-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	type env map[string]string
	for name, c := range map[string]struct {
		config  providerConfig
		env     env
		key     llm.Secret
		address string
		err     string
	}{
		"openai":             {providerConfig{Provider: "openai"}, env{"OPENAI_API_KEY": " k\n"}, "k", "https://api.openai.com/v1", ""},
		"openai elsewhere":   {providerConfig{Provider: "openai"}, env{"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://eu.example/v1/"}, "k", "https://eu.example/v1", ""},
		"url goes first":     {providerConfig{Provider: "openai", URL: "https://own.example"}, env{"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://eu.example"}, "k", "https://own.example/v1", ""},
		"file goes first":    {providerConfig{Provider: "openai", KeyFile: keyFile}, env{"OPENAI_API_KEY": "k"}, "of-the-file", "https://api.openai.com/v1", ""},
		"only its own":       {providerConfig{Provider: "mistral"}, env{"MISTRAL_API_KEY": "m", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://eu.example"}, "m", "https://api.mistral.ai/v1", ""},
		"anthropic":          {providerConfig{Provider: "anthropic"}, env{"ANTHROPIC_API_KEY": "a", "ANTHROPIC_BASE_URL": "https://api.anthropic.com"}, "a", "https://api.anthropic.com/v1", ""},
		"gemini":             {providerConfig{Provider: "gemini"}, env{"GOOGLE_API_KEY": "g"}, "g", "https://generativelanguage.googleapis.com/v1beta/openai", ""},
		"ollama":             {providerConfig{Provider: "ollama"}, nil, "", "http://127.0.0.1:11434/v1", ""},
		"ollama's host":      {providerConfig{Provider: "ollama"}, env{"OLLAMA_HOST": "0.0.0.0"}, "", "http://127.0.0.1:11434/v1", ""},
		"bedrock":            {providerConfig{Provider: "bedrock"}, env{"AWS_BEARER_TOKEN_BEDROCK": "b", "AWS_DEFAULT_REGION": "eu-west-3"}, "b", "https://bedrock-runtime.eu-west-3.amazonaws.com/openai/v1", ""},
		"no region":          {providerConfig{Provider: "bedrock"}, env{"AWS_BEARER_TOKEN_BEDROCK": "b"}, "", "", "the provider bedrock has no address of its own"},
		"no key":             {providerConfig{Provider: "groq"}, env{"OPENAI_API_KEY": "k"}, "", "", "there is no key of groq"},
		"no key file":        {providerConfig{Provider: "groq", KeyFile: "nowhere"}, nil, "", "", "read the key of groq: open nowhere"},
		"nothing in the key": {providerConfig{Provider: "groq", KeyFile: os.DevNull}, nil, "", "", "there is no key of groq in " + os.DevNull},
	} {
		t.Run(name, func(t *testing.T) {
			a := &app{getenv: func(key string) string { return c.env[key] }, stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler)}
			got, err := a.provider(c.config)
			switch {
			case c.err != "":
				if err == nil || !strings.Contains(err.Error(), c.err) || hint(err) == "" {
					t.Errorf("error %v, hint %q; want %s", err, hint(err), c.err)
				}
			case err != nil:
				t.Error(err)
			case string(got.Key) != string(c.key) || got.BaseURL != c.address:
				t.Errorf("key %q at %s, want %q at %s", string(got.Key), got.BaseURL, string(c.key), c.address)
			}
		})
	}
}

// TestBeside: files that the configuration names lie beside it.
func TestBeside(t *testing.T) {
	f := newFixture(t, llmtest.New(t), "model: {provider: openai, model: m, key-file: openai.key}\nembedder: {provider: mistral, model: m, key-file: /etc/mistral.key}\n")
	c, err := loadConfig(filepath.Join(f.dir, configName))
	if err != nil || c.Model.KeyFile != filepath.Join(f.dir, "openai.key") || c.Embedder.KeyFile != "/etc/mistral.key" {
		t.Errorf("%+v, %v", c, err)
	}
}
