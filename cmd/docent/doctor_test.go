package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/rag/llm/llmtest"
)

// fixture is a folder with a configuration and a library, and an environment.
type fixture struct {
	dir string
	env map[string]string
}

func newFixture(t *testing.T, s *llmtest.Server, config string) fixture {
	t.Helper()
	c := fixture{dir: t.TempDir(), env: map[string]string{}}
	c.env["HOME"], c.env["DOCENT_CONFIG"] = c.dir, filepath.Join(c.dir, "docent.yaml")
	c.env["XDG_CACHE_HOME"] = filepath.Join(c.dir, "cache")
	c.env["OLLAMA_HOST"], c.env["OPENAI_BASE_URL"] = strings.TrimPrefix(s.URL, "http://"), s.URL+"/v1"
	c.write(t, "docent.yaml", "library: team.db\n"+config)
	c.write(t, "note.txt", "The ferry leaves at noon. It carries forty people.\n")
	return c
}

func (c fixture) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ingest reads the one note.
func (c fixture) ingest(t *testing.T) {
	t.Helper()
	if code, _, errs := c.run(t, "ingest", filepath.Join(c.dir, "note.txt")); code != 0 {
		t.Fatal(errs)
	}
}

func (c fixture) run(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, func(key string) string { return c.env[key] }, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// doctor has the doctor look at some parts, and returns what was found.
func (c fixture) doctor(t *testing.T, parts ...string) (code int, found map[string]checkJSON) {
	t.Helper()
	code, out, errs := c.run(t, append([]string{"doctor", "--json"}, parts...)...)
	if errs != "" {
		t.Errorf("on standard error: %s", errs)
	}
	found = make(map[string]checkJSON)
	for line := range strings.Lines(out) {
		var any any
		var one checkJSON
		if err := json.Unmarshal([]byte(line), &any); err != nil {
			t.Fatal(err)
		}
		if err := conforms(contract["doctor"], any, "doctor"); err != nil {
			t.Error(err)
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		found[one.Check] = one
	}
	return code, found
}

const (
	ollamaModel    = "model: {provider: ollama, model: tiny, attempts: 1}\n"
	ollamaEmbedder = "embedder: {provider: ollama, model: bge-m3, attempts: 1}\n"
	cohereReranker = "rerank: {provider: cohere, model: rerank-v3.5, attempts: 1}\n"
	openAIModel    = "model: {provider: openai, model: gpt-6.1-terra, attempts: 1}\nprices: {gpt-6.1-terra: {input: 100, output: 1000}}\n"
)

func TestDoctor(t *testing.T) {
	const secret = "sk-proj-0123456789abcdefghij" //nolint:gosec // of nobody
	for name, c := range map[string]struct {
		config    string
		ingested  bool
		reply     llmtest.Reply
		behaviour llmtest.Behaviour
		kill      bool
		env       map[string]string
		code      int
		part      string
		found     string
		wrong     string
		hint      string
	}{
		"model":          {config: ollamaModel, ingested: true, part: "model", found: "tiny of ollama, "},
		"embedder":       {config: ollamaEmbedder, ingested: true, part: "embedder", found: "bge-m3, 64 dimensions, of ollama, "},
		"index":          {config: ollamaEmbedder, ingested: true, part: "index", found: "made with this embedder"},
		"nothing to ask": {ingested: true, part: "model", found: "none is configured"},
		"built in":       {ingested: true, part: "embedder", found: "256 dimensions, built in"},
		"reader":         {ingested: true, part: "reader", found: "a process to read in"},
		"what it costs":  {config: openAIModel, ingested: true, env: map[string]string{"OPENAI_API_KEY": secret}, part: "model", found: "10 tokens in and 1 out, for 0.002000 USD"},
		"what is refused": {
			config: "model: {provider: ollama, model: tiny, temperature: 0, max-tokens: 900}\n", ingested: true, behaviour: llmtest.Behaviour{Refuse: []string{"max_tokens", "temperature"}},
			part: "model", found: "; it takes no max_tokens; it takes no temperature",
		},
		"what it reads": {
			config: ollamaModel, ingested: true, part: "model",
			behaviour: llmtest.Behaviour{
				NoTools: "tiny does not support tools", Models: []map[string]any{{"id": "tiny", "shutdown_date": "2027-01-14"}, {"id": "gemma4"}},
				Show: map[string]any{"parameters": "num_ctx 8192", "capabilities": []string{"completion", "tools"}},
			},
			found: "; it is asked in one round, without tools; it reads 8192 tokens; it leaves the API on 2027-01-14; it is given at most 4096 tokens of evidence; the server has gemma4, tiny",
		},
		"models to choose from": {
			config: ollamaModel, ingested: true, reply: llmtest.Reply{Status: 404, Message: "model 'tiny' not found"},
			behaviour: llmtest.Behaviour{Models: []map[string]any{{"id": "gemma4"}}},
			code:      1, part: "model", wrong: "tiny of ollama is not known there", hint: "ollama pull tiny; the server has gemma4",
		},
		"no library":        {code: 1, part: "library", wrong: "the file does not exist", hint: "docent ingest PATH"},
		"no scans wanted":   {config: "read: {ocr: \"off\"}\n", ingested: true, part: "scans", found: "not read, as read: ocr: has it"},
		"no reranker":       {ingested: true, part: "rerank", found: "none is configured"},
		"reranker":          {config: "rerank: {provider: tei, model: bge, url: URL}\n", ingested: true, part: "rerank", found: "bge of tei, "},
		"nothing to rerank": {config: "rerank: {provider: tei, model: bge, url: URL, attempts: 1}\n", ingested: true, kill: true, code: 1, part: "rerank", wrong: "connection refused", hint: "start the server"},
		"key of a reranker": {
			config: cohereReranker, ingested: true, code: 1, part: "rerank",
			wrong: "the reranker: there is no key of cohere", hint: "set COHERE_API_KEY, or name a file",
		},
		"no key": {
			config: openAIModel, ingested: true, code: 1, part: "model",
			wrong: "the language model: there is no key of openai", hint: "set OPENAI_API_KEY, or name a file",
		},
		"wrong key": {
			config: openAIModel, ingested: true, env: map[string]string{"OPENAI_API_KEY": secret},
			reply: llmtest.Reply{Status: 401, Message: "Incorrect API key provided: " + secret[:8] + "*****ghij."},
			code:  1, part: "model", wrong: "gpt-6.1-terra of openai denies access (status 401): Incorrect API key provided: [key]", hint: "check the key in OPENAI_API_KEY",
		},
		"no such model": {
			config: ollamaModel, ingested: true, reply: llmtest.Reply{Status: 404, Message: "model 'tiny' not found"},
			code: 1, part: "model", wrong: "tiny of ollama is not known there (status 404): model 'tiny' not found", hint: "ollama pull tiny",
		},
		"nobody there":    {config: ollamaModel, ingested: true, kill: true, code: 1, part: "model", wrong: "connection refused", hint: "ollama serve"},
		"nothing there":   {config: ollamaModel, ingested: true, reply: llmtest.Reply{Fault: llmtest.Page}, code: 1, part: "model", wrong: "text/html", hint: "up to and with the version"},
		"failing":         {config: ollamaModel, ingested: true, reply: llmtest.Reply{Status: 500}, code: 1, part: "model", wrong: "fails (status 500)", hint: "try again later"},
		"no embedder":     {config: ollamaEmbedder, kill: true, code: 1, part: "embedder", wrong: "connection refused", hint: "ollama serve"},
		"index unknown":   {config: ollamaEmbedder, kill: true, part: "index", found: "not compared, see embedder"},
		"no place at all": {config: "model: {provider: bedrock, model: m}\n", env: map[string]string{"AWS_BEARER_TOKEN_BEDROCK": secret}, ingested: true, code: 1, part: "model", wrong: "has no address of its own", hint: "set AWS_REGION"},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			f := newFixture(t, s, strings.ReplaceAll(c.config, "URL", s.URL))
			if c.ingested {
				f.ingest(t)
			}
			s.Behave(c.behaviour)
			for key, value := range c.env {
				f.env[key] = value
			}
			if c.reply.Status != 0 || c.reply.Fault != llmtest.None || c.reply.Text != "" {
				s.Answer(func(llmtest.Request) llmtest.Reply { return c.reply })
			}
			if c.kill {
				s.Kill()
			}
			code, found := f.doctor(t, c.part)
			got, ok := found[c.part]
			if code != c.code || !ok || got.OK != (c.wrong == "") {
				t.Errorf("exit code %d, %+v", code, found)
			}
			for what, pair := range map[string][2]string{"found": {got.Found, c.found}, "error": {got.Error, c.wrong}, "hint": {got.Hint, c.hint}} {
				if !strings.Contains(pair[0], pair[1]) || pair[1] == "" && pair[0] != "" {
					t.Errorf("%s %q, want %q", what, pair[0], pair[1])
				}
			}
			_, out, errs := f.run(t, "doctor", "--verbose", c.part)
			if strings.Contains(out+errs, secret) || strings.Contains(out+errs, secret[:8]) {
				t.Errorf("the key shows:\n%s%s", out, errs)
			}
		})
	}
}

// TestDoctorOfAll: all parts are looked at, in people's words too.
func TestDoctorOfAll(t *testing.T) {
	s := llmtest.New(t)
	f := newFixture(t, s, ollamaModel+ollamaEmbedder)
	f.ingest(t)
	code, found := f.doctor(t)
	for _, part := range []string{"configuration", "library", "embedder", "index", "reader", "scans", "model", "rerank", "slack"} {
		if !found[part].OK {
			t.Errorf("%s: %+v", part, found[part])
		}
	}
	if code != 0 || len(found) != 9 {
		t.Errorf("exit code %d, %d parts", code, len(found))
	}
	s.Kill()
	code, out, errs := f.run(t, "doctor", "library", "model")
	want := "ok     configuration\nok     library       " + filepath.Join(f.dir, "team.db") + ": 1 documents, 1 passages\nwrong  model         tiny of ollama cannot be reached: "
	if code != 1 || errs != "" || !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 3 {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
	f.write(t, "docent.yaml", "modle: {provider: ollama}\n")
	if code, found := f.doctor(t); code != 1 || len(found) != 1 || !strings.Contains(found["configuration"].Error, "modle") || found["configuration"].Hint == "" {
		t.Errorf("exit code %d, %+v", code, found)
	}
	if code, _, _ := f.run(t, "doctor", "liver"); code != 2 {
		t.Errorf("exit code %d for a part that there is not", code)
	}
}
