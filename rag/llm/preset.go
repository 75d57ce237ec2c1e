package llm

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// protocol is how a provider is talked to.
type protocol int

const (
	openAI protocol = iota
	anthropicAPI
	// Those that rerank and write nothing.
	cohereAPI
	teiAPI
)

// Preset is what is known of a provider.
type Preset struct {
	Name string
	// BaseURL is where it is, up to and with the version; "" where only its
	// user knows.
	BaseURL string
	// KeyVariables and URLVariable are the variables of the environment in
	// which its users keep a key and an address; the first that is set counts.
	KeyVariables []string
	URLVariable  string
	// NeedsKey holds for those that let nobody in without one.
	NeedsKey bool

	protocol protocol
	// newMaxTokens holds where a length is better called max_completion_tokens at
	// once.
	newMaxTokens bool
	// Whether it reranks, and returns the texts then unless told not to.
	reranks, echoes bool
}

// presets are the providers by name.
var presets = []Preset{
	{
		Name: "openai", BaseURL: "https://api.openai.com/v1", KeyVariables: []string{"OPENAI_API_KEY"}, URLVariable: "OPENAI_BASE_URL",
		NeedsKey: true, newMaxTokens: true,
	},
	{
		Name: "anthropic", BaseURL: "https://api.anthropic.com/v1", KeyVariables: []string{"ANTHROPIC_API_KEY"},
		URLVariable: "ANTHROPIC_BASE_URL", NeedsKey: true, protocol: anthropicAPI,
	},
	{Name: "mistral", BaseURL: "https://api.mistral.ai/v1", KeyVariables: []string{"MISTRAL_API_KEY"}, NeedsKey: true},
	{
		Name: "gemini", BaseURL: "https://generativelanguage.googleapis.com/v1beta/openai",
		KeyVariables: []string{"GEMINI_API_KEY", "GOOGLE_API_KEY"}, NeedsKey: true,
	},
	{Name: "groq", BaseURL: "https://api.groq.com/openai/v1", KeyVariables: []string{"GROQ_API_KEY"}, NeedsKey: true},
	{Name: "openrouter", BaseURL: "https://openrouter.ai/api/v1", KeyVariables: []string{"OPENROUTER_API_KEY"}, NeedsKey: true},
	// Bedrock's address has the region; it speaks OpenAI's protocol with a key
	// of its own kind.
	{Name: "bedrock", KeyVariables: []string{"AWS_BEARER_TOKEN_BEDROCK"}, NeedsKey: true},
	{Name: "ollama", BaseURL: "http://127.0.0.1:11434/v1", URLVariable: "OLLAMA_HOST"},
	{Name: "vllm", BaseURL: "http://127.0.0.1:8000/v1", KeyVariables: []string{"VLLM_API_KEY"}, reranks: true},
	{Name: "lmstudio", BaseURL: "http://127.0.0.1:1234/v1"},
	{Name: "llamacpp", BaseURL: "http://127.0.0.1:8080/v1", KeyVariables: []string{"LLAMA_API_KEY"}, reranks: true},
	{
		Name: "litellm", BaseURL: "http://127.0.0.1:4000/v1", KeyVariables: []string{"LITELLM_API_KEY", "LITELLM_MASTER_KEY"},
		reranks: true,
	},
	{
		Name: "cohere", BaseURL: "https://api.cohere.com/v2", KeyVariables: []string{"COHERE_API_KEY", "CO_API_KEY"}, NeedsKey: true,
		protocol: cohereAPI, reranks: true,
	},
	{
		Name: "jina", BaseURL: "https://api.jina.ai/v1", KeyVariables: []string{"JINA_API_KEY"}, NeedsKey: true,
		protocol: cohereAPI, reranks: true, echoes: true,
	},
	{Name: "tei", BaseURL: "http://127.0.0.1:8080", protocol: teiAPI, reranks: true},
}

// Presets returns the names of the providers of models that write.
func Presets() []string { return named(Preset.writes) }

// Rerankers returns the names of the providers of models that rerank.
func Rerankers() []string { return named(func(p Preset) bool { return p.reranks }) }

func named(wanted func(Preset) bool) (names []string) {
	for _, p := range presets {
		if wanted(p) {
			names = append(names, p.Name)
		}
	}
	return names
}

func (p Preset) lengthName() string {
	if p.newMaxTokens {
		return "max_completion_tokens"
	}
	return "max_tokens"
}

func (p Preset) writes() bool { return p.protocol == openAI || p.protocol == anthropicAPI }

// FindPreset returns what is known of a provider.
func FindPreset(name string) (Preset, error) {
	for _, p := range presets {
		if p.Name == name {
			return p, nil
		}
	}
	return Preset{}, fmt.Errorf("there is no provider %q; there are %s", name, strings.Join(Presets(), ", "))
}

// Defaults are what a Config means by 0 with this provider: more patience with
// a server of one's own, which may have a model to load, and takes its time
// over a long question.
func (p Preset) Defaults() Config {
	d := Config{Timeout: 2 * time.Minute, Silence: time.Minute, Attempts: 3, Concurrency: 8}
	if !p.NeedsKey { // one's own
		d.Timeout, d.Silence = 5*time.Minute, 2*time.Minute
	}
	return d
}

// Address makes a base URL of what a user says, which may be a host alone, as
// Ollama has it, and may lack the version. "" is the preset's own.
func (p Preset) Address(said string) (string, error) {
	said = strings.TrimRight(strings.TrimSpace(said), "/")
	if said == "" {
		if p.BaseURL == "" {
			return "", fmt.Errorf("the provider %s has no address of its own", p.Name)
		}
		return p.BaseURL, nil
	}
	if !strings.Contains(said, "://") {
		said = "http://" + said
	}
	u, err := url.Parse(said)
	switch {
	case err != nil, u.Hostname() == "" && u.Port() == "", u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("the address of %s is no URL such as %s", p.Name, presets[0].BaseURL)
	case u.User != nil, u.RawQuery != "":
		return "", fmt.Errorf("the address of %s holds more than a place; keys have their own", p.Name)
	}
	own, _ := url.Parse(p.BaseURL) // it is one, or ""
	u.Host = hostOf(u, own)
	switch {
	case u.Path != "":
	case p.writes():
		u.Path = "/v1"
	default:
		u.Path = own.Path
	}
	return u.String(), nil
}

// hostOf completes a local server's: its port, and where one listens on all
// addresses, the one it is called at.
func hostOf(u, own *url.URL) string {
	name, port := u.Hostname(), u.Port()
	if name == "" || name == "0.0.0.0" || name == "::" {
		name = "127.0.0.1"
	}
	if u.Scheme == "http" {
		port = cmp.Or(port, own.Port())
	}
	return strings.TrimSuffix(net.JoinHostPort(name, port), ":")
}
