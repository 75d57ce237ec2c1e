package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseConfig(t *testing.T) {
	threshold, cold := 0.6, 0.0
	for name, c := range map[string]struct {
		yaml string
		want config
		err  string
	}{
		"nothing": {"", config{}, ""},
		"comment": {"# later\n", config{}, ""},
		"all": {
			"library: team.db\nspaces:\n  staff:\n    members: [anna, karim]\n  open:\n",
			config{Library: "team.db", Spaces: map[string]spaceConfig{"staff": {Members: []string{"anna", "karim"}}, "open": {}}}, "",
		},
		"threshold":          {"answer: {threshold: 0.6}\n", config{Answer: answerConfig{Threshold: &threshold}}, ""},
		"threshold of 0":     {"answer: {threshold: 0}\n", config{}, "threshold is above 0 and at most 1, not 0"},
		"threshold in words": {"answer: {threshold: high}\n", config{}, "line 1: "},
		"rounds":             {"answer: {rounds: 2, time: 1m}\n", config{Answer: answerConfig{Rounds: 2, Time: time.Minute}}, ""},
		"a space withheld":   {"spaces: {board: {model: no}}\n", config{}, `spaces: board: model is any, local or off, not "no"`},
		"aliases":            {"aliases:\n  - [CSE, comité social et économique]\n", config{Aliases: [][]string{{"CSE", "comité social et économique"}}}, ""},
		"alias of nothing":   {"aliases: [CSE]\n", config{}, "line 1: "},
		"spaces in Slack": {
			"spaces:\n  board: {channels: [C1], users: [U1], groups: [S1]}\n  open: {everyone: true}\n",
			config{Spaces: map[string]spaceConfig{"board": {Channels: []string{"C1"}, Users: []string{"U1"}, Groups: []string{"S1"}}, "open": {Everyone: true}}}, "",
		},
		"Slack": {
			"slack: {admins: [U1], external: {C2: [open]}, add: {C1: board}, file: 1 MiB, keep: 48h}\n",
			config{Slack: slackConfig{Admins: []string{"U1"}, External: map[string][]string{"C2": {"open"}}, Add: map[string]string{"C1": "board"}, File: 1 << 20, Keep: 48 * time.Hour}}, "",
		},
		"unknown key of Slack": {"slack: {token: xoxb}\n", config{}, `line 1: unknown key "token"`},
		"model": {
			"model: {provider: mistral, model: mistral-small-latest, key-file: k, max-tokens: 900, context: 12000, reasoning-effort: low, temperature: 0, judge: on, timeout: 90s, silence: 30s, attempts: 2, concurrency: 4}\n" +
				"prices: {mistral-small-latest: {input: 0.1, output: 0.3}}\n",
			config{
				Model: modelConfig{MaxTokens: 900, Context: 12000, Effort: "low", Temperature: &cold, Judge: "on", providerConfig: providerConfig{
					Provider: "mistral", Model: "mistral-small-latest", KeyFile: "k", Timeout: 90 * time.Second, Silence: 30 * time.Second, Attempts: 2, Concurrency: 4,
				}},
				Prices: map[string]priceConfig{"mistral-small-latest": {Input: 0.1, Output: 0.3}},
			}, "",
		},
		"embedder": {
			"embedder: {provider: ollama, model: bge-m3, dimensions: 512, query-prefix: 'query: ', passage-prefix: 'passage: ', batch: 16}\n",
			config{Embedder: embedderConfig{
				providerConfig: providerConfig{Provider: "ollama", Model: "bge-m3"}, Dimensions: 512, QueryPrefix: "query: ", PassagePrefix: "passage: ", Batch: 16,
			}}, "",
		},
		"reranker": {
			"rerank: {provider: cohere, model: rerank-v3.5, key-file: k}\n",
			config{Rerank: providerConfig{Provider: "cohere", Model: "rerank-v3.5", KeyFile: "k"}}, "",
		},
		"reranker that only writes": {"rerank: {provider: openai, model: m}\n", config{}, `rerank: provider is one of vllm, llamacpp, litellm, cohere, jina, tei, not "openai"`},
		"reranker without a name":   {"rerank: {provider: jina}\n", config{}, "rerank: model is missing: the name of one of jina"},
		"reranker with a key":       {"rerank: {provider: jina, model: m, key: k}\n", config{}, "line 1: no key is read from here"},
		"writer that only reranks":  {"model: {provider: cohere, model: m}\n", config{}, `model: provider is one of openai, `},
		"embedder that does not":    {"embedder: {provider: tei, model: m}\n", config{}, `embedder: provider is one of openai, `},
		"model without provider":    {"model: {model: m}\n", config{}, "model: provider is missing, one of openai, "},
		"model without a name":      {"model: {provider: openai}\n", config{}, "model: model is missing: the name of one of openai"},
		"model of nobody":           {"model: {provider: skynet, model: m}\n", config{}, `model: provider is one of openai, `},
		"model with a key":          {"model: {provider: openai, model: m, key: sk-1}\n", config{}, "line 1: no key is read from here; set the provider's variable"},
		"model with half a second":  {"model: {provider: openai, model: m, timeout: -500ms}\n", config{}, "is below 0"},
		"model that boils":          {"model: {provider: openai, model: m, temperature: 3}\n", config{}, "model: temperature is from 0 to 2, not 3"},
		"temperature of no number":  {"model: {provider: openai, model: m, temperature: .nan}\n", config{}, "model: temperature is from 0 to 2, not NaN"},
		"embedder alone":            {"embedder: {batch: 3}\n", config{}, "embedder: provider is missing"},
		"embedder's unknown key":    {"embedder: {provider: ollama, model: m, dimension: 3}\n", config{}, `line 1: unknown key "dimension"`},
		"price's unknown key":       {"prices: {m: {in: 3}}\n", config{}, `line 1: unknown key "in"`},
		"unknown key":               {"library: a\nlanguage: fr\n", config{}, `line 2: unknown key "language"`},
		"unknown key inside":        {"spaces:\n  staff:\n    people: [anna]\n", config{}, `line 3: unknown key "people"`},
		"misspelt":                  {"# ours\nmodle: {provider: openai, model: m}\n", config{}, `line 2: unknown key "modle"; did you mean model?`},
		"misspelt inside":           {"read:\n  ocr: auto\n  pasword_file: p\n", config{}, `line 3: unknown key "pasword_file"; did you mean password-file?`},
		"misspelt of both kinds":    {"embedder: {provider: ollama, model: m, queryPrefix: q}\n", config{}, `line 1: unknown key "queryPrefix"; did you mean query-prefix?`},
		"misspelt in a map":         {"spaces:\n  staff:\n    Members: [anna]\n", config{}, `line 3: unknown key "Members"; did you mean members?`},
		"misspelt of a reranker":    {"rerank:\n  provider: jina\n  modell: m\n", config{}, `line 3: unknown key "modell"; did you mean model?`},
		"a beginning":               {"model: {provider: openai, model: m, max: 3}\n", config{}, `line 1: unknown key "max"; did you mean max-tokens?`},
		"like nothing":              {"spaces: {staff: {people: [anna]}}\n", config{}, `line 1: unknown key "people"; the keys here are members, everyone, channels, users, groups`},
		"two at once":               {"libary: a\nspace: {}\n", config{}, `line 1: unknown key "libary"; did you mean library?; line 2: unknown key "space"; did you mean spaces?`},
		"api key":                   {"model: {provider: openai, model: m, api_key: sk-1}\n", config{}, "line 1: no key is read from here; set the provider's variable"},
		"list for a name":           {"library: [a]\n", config{}, "line 1: "},
		"name for a list":           {"spaces:\n  staff: anna\n", config{}, "line 2: cannot unmarshal !!str `anna` into a mapping"},
		"text for everything":       {"library\n", config{}, "line 1: "},
		"not YAML":                  {"spaces: {staff: [\n", config{}, "line 1: "},
		"key twice":                 {"library: a\nlibrary: b\n", config{}, "line 2: "},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := parseConfig([]byte(c.yaml))
			switch {
			case c.err == "" && err != nil:
				t.Fatal(err)
			case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
				t.Fatalf("error %v, want %s", err, c.err)
			case c.err == "":
				if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(modelConfig{}, embedderConfig{})); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// Whatever a configuration holds, it is read or refused.
func FuzzParseConfig(f *testing.F) {
	f.Add("library: team.db\nspaces:\n  staff:\n    members: [anna]\n")
	f.Add("spaces: &a\n  b: *a\n")
	f.Fuzz(func(t *testing.T, yaml string) {
		c, err := parseConfig([]byte(yaml))
		if err != nil && (c.Library != "" || c.Spaces != nil) {
			t.Errorf("refused and read: %v", err)
		}
	})
}

func TestAudience(t *testing.T) {
	c := config{Spaces: map[string]spaceConfig{"staff": {Members: []string{"anna", "karim"}}, "board": {Members: []string{"anna"}}}}
	for user, want := range map[string][]string{
		"anna":  {"board", "everyone", "staff"},
		"karim": {"everyone", "staff"},
		"zoe":   {"everyone"},
	} {
		if diff := cmp.Diff(want, c.audience(user).Spaces()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", user, diff)
		}
	}
	if !c.audience("").All() {
		t.Error("the operator does not see all")
	}
}

func TestPlaces(t *testing.T) {
	home := filepath.Join(string(filepath.Separator), "home", "anna")
	for name, c := range map[string]struct {
		goos                string
		env                 map[string]string
		data, config, cache string
	}{
		"linux":        {"linux", map[string]string{"HOME": home}, filepath.Join(home, ".local", "share"), filepath.Join(home, ".config"), filepath.Join(home, ".cache")},
		"xdg":          {"linux", map[string]string{"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}, home, home, home},
		"xdg relative": {"linux", map[string]string{"HOME": home, "XDG_DATA_HOME": "x", "XDG_CONFIG_HOME": "x", "XDG_CACHE_HOME": "x"}, filepath.Join(home, ".local", "share"), filepath.Join(home, ".config"), filepath.Join(home, ".cache")},
		"macOS":        {"darwin", map[string]string{"HOME": home}, filepath.Join(home, "Library", "Application Support"), filepath.Join(home, "Library", "Application Support"), filepath.Join(home, "Library", "Caches")},
		"Windows":      {"windows", map[string]string{"LocalAppData": "local", "AppData": "roaming"}, "local", "roaming", "local"},
		"no home":      {"linux", nil, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			getenv := func(key string) string { return c.env[key] }
			data, err := dataDir(c.goos, getenv)
			if data != c.data || (err == nil) != (c.data != "") {
				t.Errorf("data in %s, %v; want %s", data, err, c.data)
			}
			config, err := configDir(c.goos, getenv)
			if config != c.config || (err == nil) != (c.config != "") {
				t.Errorf("configuration in %s, %v; want %s", config, err, c.config)
			}
			cache, err := cacheDir(c.goos, getenv)
			if cache != c.cache || (err == nil) != (c.cache != "") {
				t.Errorf("cache in %s, %v; want %s", cache, err, c.cache)
			}
		})
	}
}
