package llm_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// claude are the fields that Anthropic knows, gpt those that OpenAI does.
var (
	claude = strings.Fields("model messages system max_tokens stream tools tool_choice output_config thinking metadata cache_control")
	gpt    = strings.Fields("model messages max_completion_tokens stream stream_options tools tool_choice response_format reasoning_effort")
)

// behaviours are those of providers' models at the end of 2026, and of what stands
// between.
var behaviours = map[string]struct {
	provider, model string
	behaviour       llmtest.Behaviour
	// negotiated is what the model is found not to take, toolless that it is asked
	// in one round.
	negotiated string
	toolless   bool
}{
	"a current Claude": {"anthropic", "claude-sonnet-5-5", llmtest.Behaviour{
		Refuse: []string{"temperature", "top_p"}, Knows: claude, Thought: 900, Signed: true, Window: 200_000,
	}, "temperature", false},
	"an old Claude behind a proxy":        {"anthropic", "my-claude", llmtest.Behaviour{Refuse: []string{"output_config", "cache_control"}}, "cache_control output_config", false},
	"one whose thoughts do not come back": {"anthropic", "claude-opus-5-5", llmtest.Behaviour{Knows: claude, Bound: true, Thought: 100}, "temperature", false},
	"OpenAI's reasoning model": {"openai", "gpt-6.1-terra", llmtest.Behaviour{
		Refuse: []string{"temperature", "max_tokens"}, Knows: gpt, Thought: 1500, Window: 400_000, Effortless: true,
	}, "reasoning_effort=none temperature", false},
	"an alias that no list knows": {"litellm", "azure/team-model-3", llmtest.Behaviour{
		Refuse: []string{"temperature", "max_tokens"}, Thought: 3000,
	}, "max_tokens temperature", false},
	"Claude behind a proxy of OpenAI's protocol": {"openrouter", "anthropic/claude-sonnet-5", llmtest.Behaviour{
		Refuse: []string{"temperature"}, Signed: true, Thought: 200,
	}, "temperature", false},
	"Mistral": {"mistral", "mistral-large-latest", llmtest.Behaviour{
		Knows: strings.Fields("model messages max_tokens temperature stream tools tool_choice response_format"),
	}, "reasoning_effort stream_options", false},
	"Gemini":                      {"gemini", "gemini-3-flash", llmtest.Behaviour{Signed: true, Thought: 2500}, "", false},
	"a server before all that":    {"vllm", "tiny", llmtest.Behaviour{Knows: strings.Fields("model messages max_tokens temperature")}, "reasoning_effort response_format stream stream_options", true},
	"Ollama":                      {"ollama", "gemma4", llmtest.Behaviour{NoTools: "registry.ollama.ai/library/gemma4:latest does not support tools"}, "", true},
	"a thought as long as can be": {"vllm", "qwen3", llmtest.Behaviour{Thought: 10_000}, "", false},
}

// answered drives a model to its answer, as who builds on it does: tools while it
// takes them, half of the evidence where it was too much.
func answered(t *testing.T, m *llm.Model, evidence string) (rag.Generation, error) {
	t.Helper()
	tools := []rag.Tool{{Name: "search", Description: "Finds passages.", Parameters: []rag.ToolParameter{{Name: "query", Required: true}}}}
	req := rag.ModelRequest{System: "Be brief.", Turns: []rag.Turn{{Text: evidence + " How many?"}}, MaxTokens: 8000, Schema: map[string]any{"type": "object"}}
	for range 12 {
		req.Tools = nil
		if m.Tools(t.Context()) {
			req.Tools = tools
		}
		g, err := m.Generate(t.Context(), req, nil)
		switch {
		case errors.Is(err, rag.ErrModelTools) && req.Tools != nil:
		case errors.Is(err, rag.ErrModelContext):
			evidence = evidence[:len(evidence)/2]
			req.Turns[0].Text = evidence + " How many?"
		case err != nil || len(g.Calls) == 0:
			return g, err
		default:
			found := rag.Turn{Text: "Now answer."}
			for _, c := range g.Calls {
				found.Results = append(found.Results, rag.ToolResult{ID: c.ID, Name: c.Name, Text: "Twenty-five days."})
			}
			req.Turns, req.MustWrite = append(req.Turns, rag.Turn{FromModel: true, Text: g.Text, Calls: g.Calls, Own: g.Own}, found), true
		}
	}
	return rag.Generation{}, errors.New("no end")
}

// searches is a model that searches once where it may.
func searches(r llmtest.Request) llmtest.Reply {
	if r.Tools == nil || r.Results != nil {
		return llmtest.Reply{Text: "Twenty-five days."}
	}
	return llmtest.Reply{Calls: []llmtest.Call{{ID: "c1", Name: "search", Arguments: `{"query":"leave"}`}, {ID: "c2", Name: "search", Arguments: `{"query":"congés"}`}}}
}

// TestBehaviours: each of them gives its answer, and the second question costs no
// refused request.
func TestBehaviours(t *testing.T) {
	for name, c := range behaviours {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			if c.toolless && c.behaviour.NoTools == "" {
				c.behaviour.NoTools = "tools: unknown field"
			}
			s.Behave(c.behaviour)
			s.Answer(searches)
			m := open(t, s, c.provider, func(f *llm.Config) {
				warm := 0.3
				f.Model, f.Temperature, f.ReasoningEffort = c.model, &warm, "low"
			})
			for i := range 2 {
				before := len(s.Requests())
				g, err := answered(t, m, "Days of leave.")
				if err != nil || g.Text != "Twenty-five days." || g.Cut || m.Tools(t.Context()) == c.toolless {
					t.Fatalf("%+v, %v", g, err)
				}
				want := 2
				switch {
				case c.toolless:
					want = 1
				case c.behaviour.Bound:
					want = 3
				}
				if n := len(s.Requests()) - before; i == 1 && n != want {
					t.Errorf("asked %d times, not %d", n, want)
				}
			}
			if got := strings.Join(m.Refused(), " "); got != c.negotiated {
				t.Errorf("negotiated %q, want %q", got, c.negotiated)
			}
		})
	}
}

// TestStarved: a thought that takes all that may be written is given more, once for
// all; what is written and cut is told as cut.
func TestStarved(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Behave(llmtest.Behaviour{Thought: 1200})
		s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: strings.Repeat("word ", 100)} })
		m := open(t, s, provider, func(c *llm.Config) { c.MaxTokens = 1200; c.Attempts = 3 })
		for range 2 {
			g, _, err := ask(t, m, "?")
			if err != nil || len(strings.Fields(g.Text)) != 100 || g.Cut || g.Usage.OutputTokens < 1300 {
				t.Errorf("%s: %.40q, %+v, %v", provider, g.Text, g.Usage, err)
			}
		}
		var asked []int
		for _, r := range s.Requests() {
			asked = append(asked, r.MaxTokens)
		}
		if d := cmp.Diff([]int{1200, 4800, 4800}, asked); d != "" {
			t.Errorf("%s: %s", provider, d)
		}
		s.Behave(llmtest.Behaviour{Thought: 4750})
		if g, _, err := ask(t, m, "?"); err != nil || !g.Cut || len(strings.Fields(g.Text)) != 50 {
			t.Errorf("%s: %.40q, cut %v, %v", provider, g.Text, g.Cut, err)
		}
		s.Behave(llmtest.Behaviour{Thought: 5000})
		_, _, err := ask(t, m, "?")
		checkFailure(t, err, llm.Starved, false, "nothing was left for an answer")
	}
}

// TestTooMuch: the words in which too much was asked, by provider; half of it may
// do, and is what the next question is given.
func TestTooMuch(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Behave(llmtest.Behaviour{Window: 600})
		m := open(t, s, provider, func(c *llm.Config) { c.Context = 2000 })
		if g, err := answered(t, m, strings.Repeat("word ", 2000)); err != nil || g.Text != "Yes." {
			t.Errorf("%s: %v", provider, err)
		}
		if got := m.Evidence(t.Context()); got != 500 {
			t.Errorf("%s: %d tokens of evidence", provider, got)
		}
	}
	for words, code := range map[string]string{
		"the request exceeds the available context size, try increasing it":                                                 "exceed_context_size_error",
		"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).":                           "400",
		"Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length":            "3051",
		"input length and `max_tokens` exceed context limit: 195000 + 8192 > 200000, decrease input length":                 "",
		"Please reduce the length of the messages or completion.":                                                           "context_length_exceeded",
		"Input is too long for requested model.":                                                                            "",
		"Requested token count exceeds the model's maximum context length of 8192 tokens.":                                  "400",
		"litellm.ContextWindowExceededError: Your input exceeds the context window of this model. Please adjust your input": "",
	} {
		s := llmtest.NewInMemory(t)
		s.Script(llmtest.Reply{Status: 400, Message: words, Code: code})
		if _, _, err := ask(t, open(t, s, "vllm"), "?"); !errors.Is(err, rag.ErrModelContext) {
			t.Errorf("%s: %v", words, err)
		}
	}
}

// TestDeclined: a model's no is told from a failure, in each of the forms that
// it has.
func TestDeclined(t *testing.T) {
	for name, c := range map[string]struct {
		provider string
		reply    llmtest.Reply
		says     string
	}{
		"refusal":          {"openai", llmtest.Reply{Refusal: "I can't help with that."}, "I can't help"},
		"in one piece":     {"openai", llmtest.Reply{Refusal: "I can't help with that.", Fault: llmtest.NoStream}, "I can't help"},
		"content filter":   {"openai", llmtest.Reply{Text: "Half", Finish: "content_filter"}, "content filter"},
		"of the question":  {"vllm", llmtest.Reply{Status: 400, Code: "content_filter", Message: "The prompt was filtered."}, "filtered"},
		"Claude's refusal": {"anthropic", llmtest.Reply{Text: "Half", Finish: "refusal"}, "refusal"},
	} {
		s := llmtest.New(t)
		s.Script(c.reply)
		_, _, err := ask(t, open(t, s, c.provider, func(c *llm.Config) { c.Attempts = 3 }), "?")
		if !errors.Is(err, rag.ErrModelDeclined) || errors.Is(err, rag.ErrModelUnavailable) || !strings.Contains(err.Error(), c.says) || len(s.Requests()) != 1 {
			t.Errorf("%s: %v, asked %d times", name, err, len(s.Requests()))
		}
	}
}

// TestParts: a text in parts is one, without the thoughts among them.
func TestParts(t *testing.T) {
	for _, fault := range []llmtest.Fault{llmtest.None, llmtest.NoStream} {
		s := llmtest.New(t)
		s.Script(llmtest.Reply{Text: "Twenty-five days.", Parts: true, Fault: fault})
		if g, told, err := ask(t, open(t, s, "mistral"), "?"); err != nil || g.Text != "Twenty-five days." || told != g.Text {
			t.Errorf("%q, told %q, %v", g.Text, told, err)
		}
	}
}

// TestRoundsWait: a round of tools waits as long as the provider asks, and is made
// again.
func TestRoundsWait(t *testing.T) {
	for _, provider := range providers {
		synctest.Test(t, func(t *testing.T) {
			s := llmtest.NewInMemory(t)
			s.Answer(searches)
			s.Script(llmtest.Reply{Status: 429, RetryAfter: "7"})
			began := time.Now()
			g, err := answered(t, open(t, s, provider, func(c *llm.Config) { c.Attempts = 2 }), "")
			if took := time.Since(began); err != nil || g.Text != "Twenty-five days." || took < 7*time.Second || took > 8*time.Second {
				t.Errorf("%s: %v after %s", provider, err, took)
			}
		})
	}
}

// TestServer: what is known of a model's window is what its server says, and half
// of that is for evidence.
func TestServer(t *testing.T) {
	type list = []map[string]any
	show := func(parameters string, capabilities ...string) map[string]any {
		return map[string]any{"parameters": parameters, "model_info": map[string]any{"gemma4.context_length": 131072}, "capabilities": capabilities}
	}
	running := map[string]any{"models": list{{"name": "tiny:latest", "context_length": 65536}, {"name": "other", "context_length": 1}}}
	for name, c := range map[string]struct {
		provider  string
		behaviour llmtest.Behaviour
		window    int
		evidence  int
		tools     bool
	}{
		"silent":         {"openai", llmtest.Behaviour{}, 0, 16000, true},
		"no window":      {"openai", llmtest.Behaviour{Models: list{{"id": "tiny"}}}, 0, 16000, true},
		"vLLM":           {"vllm", llmtest.Behaviour{Models: list{{"id": "tiny", "max_model_len": 8192}, {"id": "b", "max_model_len": 9}}}, 8192, 4096, true},
		"a large one":    {"openrouter", llmtest.Behaviour{Models: list{{"id": "tiny", "context_length": 1_000_000}}}, 1_000_000, 32000, true},
		"Claude":         {"anthropic", llmtest.Behaviour{Models: list{{"id": "tiny", "type": "model", "max_input_tokens": 200_000}}}, 200_000, 32000, true},
		"LM Studio":      {"lmstudio", llmtest.Behaviour{Models: list{{"id": "tiny", "max_context_length": 131072, "loaded_context_length": 8192}}}, 8192, 4096, true},
		"llama.cpp":      {"llamacpp", llmtest.Behaviour{Models: list{{"id": "tiny", "meta": map[string]any{"n_ctx_train": 131072, "n_ctx": 16384}}}}, 16384, 8192, true},
		"Ollama":         {"ollama", llmtest.Behaviour{Models: list{}, Show: show("temperature 1\nnum_ctx 8192", "completion", "tools")}, 8192, 4096, true},
		"Ollama, silent": {"ollama", llmtest.Behaviour{Show: show("", "completion")}, 4096, 2048, false},
		"Ollama, loaded": {"ollama", llmtest.Behaviour{Models: list{}, Show: show("num_ctx 8192", "completion", "tools"), Running: running}, 65536, 32000, true},
		"an old Ollama":  {"ollama", llmtest.Behaviour{Models: list{{"id": "tiny"}}}, 4096, 2048, true},
	} {
		s := llmtest.New(t)
		s.Behave(c.behaviour)
		m := open(t, s, c.provider)
		evidence, tools := m.Evidence(t.Context()), m.Tools(t.Context())
		got, _ := m.Server(context.Background())
		if got.Window != c.window || evidence != c.evidence || tools != c.tools {
			t.Errorf("%s: window %d, evidence %d, tools %v", name, got.Window, evidence, tools)
		}
		if c.window == 8192 {
			if _, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}, MaxTokens: 8000}, nil); err != nil || s.Requests()[0].MaxTokens != 2048 {
				t.Errorf("%s: asked for %d tokens, %v", name, s.Requests()[0].MaxTokens, err)
			}
		}
	}
}
