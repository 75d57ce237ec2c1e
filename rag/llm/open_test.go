package llm_test

import (
	"testing"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// providers speak both protocols.
var providers = []string{"ollama", "anthropic"}

const key = "sk-test-0123456789abcdef"

// open opens a model of the server's, with some of its settings changed.
func open(t *testing.T, s *llmtest.Server, provider string, change ...func(*llm.Config)) *llm.Model {
	t.Helper()
	c := llm.Config{Provider: provider, Model: "tiny", BaseURL: s.URL, Key: key, Attempts: 1, Client: s.Client}
	for _, f := range change {
		f(&c)
	}
	m, err := llm.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// ask asks a question, and returns what was said piece by piece too.
func ask(t *testing.T, m rag.Model, question string) (rag.Generation, string, error) {
	t.Helper()
	told := ""
	g, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: question}}}, func(piece string) error {
		told += piece
		return nil
	})
	return g, told, err
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		config llm.Config
		want   string
	}{
		"no such provider": {
			llm.Config{Provider: "skynet", Model: "m"},
			`there is no provider "skynet"; there are openai, anthropic, mistral, gemini, groq, openrouter, bedrock, ollama, vllm, lmstudio, llamacpp, litellm`,
		},
		"no model":       {llm.Config{Provider: "ollama"}, "no model of ollama is named"},
		"no key":         {llm.Config{Provider: "openai", Model: "m"}, "there is no key of openai"},
		"no address":     {llm.Config{Provider: "bedrock", Model: "m", Key: key}, "the provider bedrock has no address of its own"},
		"bad address":    {llm.Config{Provider: "vllm", Model: "m", BaseURL: "ftp://x"}, "the address of vllm is no URL such as https://api.openai.com/v1"},
		"no writer":      {llm.Config{Provider: "cohere", Model: "m", Key: key}, "cohere has no models that write"},
		"key in address": {llm.Config{Provider: "vllm", Model: "m", BaseURL: "http://me:" + key + "@x/v1"}, "the address of vllm holds more than a place; keys have their own"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := llm.Open(c.config); err == nil || err.Error() != c.want {
				t.Errorf("error %v\nwant  %s", err, c.want)
			}
		})
	}
	if _, err := llm.OpenEmbeddings(llm.Config{Provider: "anthropic", Model: "m", Key: key}, 0); err == nil {
		t.Error("anthropic has embeddings")
	}
	const want = `there is no provider "openai" that reranks; there are vllm, llamacpp, litellm, cohere, jina, tei`
	if _, err := llm.OpenReranker(llm.Config{Provider: "openai", Model: "m", Key: key}); err == nil || err.Error() != want {
		t.Errorf("error %v\nwant  %s", err, want)
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ provider, said, want string }{
		{"ollama", "", "http://127.0.0.1:11434/v1"},
		{"ollama", "0.0.0.0:11434", "http://127.0.0.1:11434/v1"},
		{"ollama", "gpu.lan", "http://gpu.lan:11434/v1"},
		{"ollama", ":8080", "http://127.0.0.1:8080/v1"},
		{"ollama", "http://[::]:11434/", "http://127.0.0.1:11434/v1"},
		{"ollama", "http://[fe80::1]:9/v1", "http://[fe80::1]:9/v1"},
		{"ollama", "https://ollama.example", "https://ollama.example/v1"},
		{"openai", "https://proxy.example/openai/v1/", "https://proxy.example/openai/v1"},
		{"cohere", "", "https://api.cohere.com/v2"},
		{"cohere", "https://proxy.example", "https://proxy.example/v2"},
		{"jina", "https://proxy.example", "https://proxy.example/v1"},
		{"tei", "gpu.lan", "http://gpu.lan:8080"},
		{"anthropic", "https://api.anthropic.com", "https://api.anthropic.com/v1"},
		{"bedrock", "https://bedrock-runtime.eu-west-3.amazonaws.com/openai/v1", "https://bedrock-runtime.eu-west-3.amazonaws.com/openai/v1"},
	} {
		p, err := llm.FindPreset(c.provider)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Address(c.said); err != nil || got != c.want {
			t.Errorf("%s at %q: %s, %v; want %s", c.provider, c.said, got, err, c.want)
		}
	}
}
