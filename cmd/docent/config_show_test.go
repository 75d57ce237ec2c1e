package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag/llm/llmtest"
)

// TestConfigShow: what is shown holds, with where it comes from, and is as good
// as what it was made from.
func TestConfigShow(t *testing.T) {
	f := newFixture(t, llmtest.New(t), `read: {memory: 1000000}
spaces:
  staff: &staff {members: [anna]}
  board: *staff
model: {provider: ollama, model: tiny, max-tokens: 9}
embedder: {provider: openai, model: m, url: "https://own.example"}
rerank: {provider: tei, model: bge, url: "http://localhost:9"}
slack: {adding: false, state: s.db}
prices: {tiny: {input: 1, output: 2}}
`)
	f.env["OPENAI_API_KEY"] = "sk-of-nobody"
	code, out, errs := f.run(t, "config", "show")
	if code != 0 || errs != "" || strings.Contains(out, "sk-of-nobody") {
		t.Fatalf("exit code %d\n%s%s", code, out, errs)
	}
	at := filepath.Join(f.dir, configName)
	for _, want := range []string{
		"library: " + filepath.Join(f.dir, "team.db") + " # " + at + ":1\n",
		"  memory: 1000000 B # " + at + ":2\n", "  text: 32 MiB\n", "  time: 1m0s\n", "  threshold: 0.35\n", "members: [anna] # " + at + ":4\n",
		"/v1 # OLLAMA_HOST\n", "  url: https://own.example/v1 # " + at + ":7\n", "  adding: false # " + at + ":9\n", "  batch: 64\n",
		"  folder: " + filepath.Join(f.dir, "team-slack-files") + "\n", "  model: bge # " + at + ":8\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
	before := shown(t, f)
	if before.Origins["library"] != at+":1" || before.Origins["model.url"] != "OLLAMA_HOST" {
		t.Errorf("origins %v", before.Origins)
	}
	f.write(t, configName, out)
	if d := cmp.Diff(before.Config, shown(t, f).Config); d != "" {
		t.Errorf("of what was shown (-want +got):\n%s", d)
	}
	f.env["DOCENT_LIBRARY"] = "other.db"
	if got := shown(t, f); got.Config["library"] != "other.db" || got.Origins["library"] != "DOCENT_LIBRARY" {
		t.Errorf("%+v", got)
	}
}

func shown(t *testing.T, f fixture) (got configJSON) {
	t.Helper()
	code, out, errs := f.run(t, "config", "show", "--json")
	if err := json.Unmarshal([]byte(out), &got); code != 0 || err != nil {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	return got
}

// An address that holds a password is refused, and neither shown nor told.
func TestConfigShowsNoSecret(t *testing.T) {
	f := newFixture(t, llmtest.New(t), "model: {provider: vllm, model: m, url: \"https://anna:secret@gpu.example\"}\n")
	for _, args := range [][]string{{"config", "show"}, {"config", "show", "--json"}} {
		code, out, errs := f.run(t, args...)
		if code != 0 || strings.Contains(out+errs, "secret") || !strings.Contains(errs, "model: the address of vllm holds more than a place") {
			t.Errorf("exit code %d\n%s%s", code, out, errs)
		}
	}
}

// TestConfigSchema: the schema says of each key what it means, and its defaults
// can be written down.
func TestConfigSchema(t *testing.T) {
	f := newFixture(t, llmtest.New(t), "")
	code, out, errs := f.run(t, "config", "schema")
	var all described
	if err := json.Unmarshal([]byte(out), &all); code != 0 || err != nil {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	all.check(t, "")
	if got := slices.Sorted(maps.Keys(all.Properties)); !slices.Equal(got, []string{
		"aliases", "answer", "embedder", "keep-removed", "library", "limits", "log", "model", "prices", "read", "removal-grace", "rerank", "slack", "spaces",
	}) {
		t.Errorf("the keys are %q", got)
	}
	if p := all.Properties["model"].Properties["provider"]; !slices.Contains(p.Enum, "ollama") || slices.Contains(p.Enum, "local") {
		t.Errorf("models are of %q", p.Enum)
	}
	if p := all.Properties["read"].Properties["memory"]; p.Default != "512 MiB" {
		t.Errorf("the memory is %v", p.Default)
	}
}

// described is what a test reads of a schema.
type described struct {
	Description string
	Default     any
	Enum        []string
	AnyOf       []described
	Properties  map[string]described
	// Items of lists and AdditionalProperties of maps are schemas, or false.
	AdditionalProperties json.RawMessage
}

func (d described) check(t *testing.T, path string) {
	for _, alternative := range d.AnyOf {
		alternative.check(t, path)
	}
	for key, p := range d.Properties {
		at := strings.TrimPrefix(path+"."+key, ".")
		if p.Description == "" {
			t.Errorf("%s is not described", at)
		}
		p.check(t, at)
		if p.Default == nil {
			continue
		}
		value, err := json.Marshal(p.Default)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(at, ".", ": {") + ": " + string(value) + strings.Repeat("}", strings.Count(at, "."))
		if _, err := parseConfig([]byte(text)); err != nil {
			t.Errorf("the default %s: %v", text, err)
		}
	}
	var values described
	if json.Unmarshal(d.AdditionalProperties, &values) == nil {
		values.check(t, path+".*")
	}
}
