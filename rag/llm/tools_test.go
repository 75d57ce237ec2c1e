package llm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/llms"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

var searchTool = rag.Tool{Name: "search", Description: "Finds passages.", Parameters: []rag.ToolParameter{
	{Name: "query", Description: "words", Required: true}, {Name: "format", Description: "of the document"},
}}

// TestTools: a model calls tools, several at once, is sent what they found with
// its own turn as it came, and its answer is streamed.
func TestTools(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			s := llmtest.New(t)
			s.Script(
				llmtest.Reply{Thought: "Two words.", Text: "I look.", Calls: []llmtest.Call{{ID: "c1", Name: "search", Arguments: `{"query":"congés été"}`}, {ID: "c2", Name: "search", Arguments: `{"query":"leave"}`}}},
				llmtest.Reply{Text: "Twenty-five days."},
			)
			m := open(t, s, provider)
			told := ""
			emit := func(piece string) error {
				told += piece
				return nil
			}
			req := rag.ModelRequest{System: "Be brief.", Turns: []rag.Turn{{Text: "How many?"}}, MaxTokens: 500, Tools: []rag.Tool{searchTool}}
			g, err := m.Generate(t.Context(), req, emit)
			if d := cmp.Diff("c1 search {\"query\":\"congés été\"}; c2 search {\"query\":\"leave\"}", calls(g)); d != "" || err != nil || told != "I look." {
				t.Fatal(told, err, d)
			}
			found := []rag.ToolResult{{ID: "c1", Name: "search", Text: "found for c1"}, {ID: "c2", Name: "search", Text: "found for c2"}}
			req.Turns = append(req.Turns, rag.Turn{FromModel: true, Text: g.Text, Calls: g.Calls, Own: g.Own}, rag.Turn{Results: found})
			g, err = m.Generate(t.Context(), req, emit)
			if err != nil || g.Text != "Twenty-five days." || g.Cut || g.Calls != nil || told != "I look.Twenty-five days." || g.Usage.OutputTokens != 2 {
				t.Errorf("%+v, told %q, %v", g, told, err)
			}
			last := s.Requests()[1]
			if d := cmp.Diff(map[string]string{"c1": "found for c1", "c2": "found for c2"}, last.Results); d != "" || last.MaxTokens != 500 {
				t.Error(last.MaxTokens, d)
			}
			if d := cmp.Diff([]string{"search"}, last.Tools); d != "" {
				t.Error(d)
			}
			if sent := string(last.Fields["messages"]); !strings.Contains(sent, "Two words.") {
				t.Errorf("the thought is not sent back: %s", sent)
			}
		})
	}
}

// TestTurnsWithoutTheirOwn: a conversation that was not kept as it came is one
// too.
func TestTurnsWithoutTheirOwn(t *testing.T) {
	req := rag.ModelRequest{Tools: []rag.Tool{searchTool}, MustWrite: true, Turns: []rag.Turn{
		{Text: "How many?"}, {FromModel: true, Text: "I look.", Calls: []rag.ToolCall{{ID: "c1", Name: "search", Arguments: "no JSON"}}},
		{Results: []rag.ToolResult{{ID: "c1", Text: "25"}}, Text: "Now answer."},
	}}
	for provider, want := range map[string]string{
		"ollama": `[{"role":"user","content":"How many?"},` +
			`{"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"search","arguments":"{}"}}]},` +
			`{"role":"tool","content":"25","tool_call_id":"c1"},{"role":"user","content":"Now answer."}]`,
		"anthropic": `[{"role":"user","content":[{"text":"How many?","type":"text"}]},` +
			`{"role":"assistant","content":[{"text":"I look.","type":"text"},{"id":"c1","input":{},"name":"search","type":"tool_use"}]},` +
			`{"role":"user","content":[{"content":"25","tool_use_id":"c1","type":"tool_result"},{"cache_control":{"type":"ephemeral"},"text":"Now answer.","type":"text"}]}]`,
	} {
		s := llmtest.New(t)
		if _, err := open(t, s, provider).Generate(t.Context(), req, nil); err != nil {
			t.Fatal(err)
		}
		got := s.Requests()[0]
		if d := cmp.Diff(want, string(got.Fields["messages"])); d != "" {
			t.Errorf("%s: %s", provider, d)
		}
		if choice := string(got.Fields["tool_choice"]); !strings.Contains(choice, "none") {
			t.Errorf("%s: choice %s", provider, choice)
		}
		if tools := string(got.Fields["tools"]); !strings.Contains(tools, `"required":["query"]`) || !strings.Contains(tools, `"format":{"description":"of the document","type":"string"}`) {
			t.Errorf("%s: tools %s", provider, tools)
		}
	}
}

// TestLangchain: a program that speaks langchaingo's messages has tools as well.
func TestLangchain(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Answer(searches)
		var m llms.Model = open(t, s, provider)
		tool := llms.Tool{Type: "function", Function: &llms.FunctionDefinition{Name: "search", Parameters: map[string]any{
			"type": "object", "properties": map[string]any{"query": map[string]any{"type": "string"}}, "required": []string{"query"},
		}}}
		told := ""
		options := []llms.CallOption{llms.WithTools([]llms.Tool{tool}), llms.WithMaxTokens(99), llms.WithStreamingFunc(func(_ context.Context, piece []byte) error {
			told += string(piece)
			return nil
		})}
		all := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeSystem, "Be brief."), llms.TextParts(llms.ChatMessageTypeHuman, "How many?")}
		r, err := m.GenerateContent(t.Context(), all, options...)
		if err != nil || r.Choices[0].StopReason != "tool_calls" || len(r.Choices[0].ToolCalls) != 2 {
			t.Fatalf("%+v, %v", r.Choices[0], err)
		}
		model, found := llms.MessageContent{Role: llms.ChatMessageTypeAI}, llms.MessageContent{Role: llms.ChatMessageTypeTool}
		for _, c := range r.Choices[0].ToolCalls {
			model.Parts, found.Parts = append(model.Parts, c), append(found.Parts, llms.ToolCallResponse{ToolCallID: c.ID, Content: "25"})
		}
		r, err = m.GenerateContent(t.Context(), append(all, model, found), options...)
		if err != nil || r.Choices[0].Content != "Twenty-five days." || r.Choices[0].StopReason != "stop" || told != "Twenty-five days." {
			t.Errorf("%+v, told %q, %v", r.Choices[0], told, err)
		}
		last := s.Requests()[1]
		if last.System != "Be brief." || last.MaxTokens != 99 || last.Results["c2"] != "25" || !strings.Contains(string(last.Fields["tools"]), `"required":["query"]`) {
			t.Errorf("asked %+v", last)
		}
		s.Behave(llmtest.Behaviour{Thought: 100})
		s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: "one two three"} })
		if r, err := m.GenerateContent(t.Context(), all, llms.WithMaxTokens(102)); err != nil || r.Choices[0].StopReason != "length" {
			t.Errorf("%+v, %v", r.Choices[0], err)
		}
	}
}

func generate(t *testing.T, m rag.Model, req rag.ModelRequest) rag.Generation {
	t.Helper()
	req.Turns = []rag.Turn{{Text: "?"}}
	g, err := m.Generate(t.Context(), req, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func calls(g rag.Generation) string {
	var all []string
	for _, c := range g.Calls {
		all = append(all, c.ID+" "+c.Name+" "+c.Arguments)
	}
	return strings.Join(all, "; ")
}

// TestToolPieces: calls come in the pieces and with the numbers that servers
// have for them.
func TestToolPieces(t *testing.T) {
	const end = `{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}`
	for name, c := range map[string]struct {
		pieces []string
		want   string
	}{
		"OpenAI": {[]string{
			`[{"index":0,"id":"a","function":{"name":"search","arguments":""}}]`, `[{"index":1,"id":"b","function":{"name":"read","arguments":"{\"d"}}]`,
			`[{"index":0,"function":{"arguments":"{\"q\":1}"}}]`, `[{"index":1,"function":{"arguments":"\":2}"}}]`,
		}, `a search {"q":1}; b read {"d":2}`},
		"the id each time":  {[]string{`[{"index":0,"id":"a","function":{"name":"search","arguments":"{"}}]`, `[{"index":0,"id":"a","function":{"arguments":"}"}}]`}, "a search {}"},
		"all of one number": {[]string{`[{"index":0,"id":"a","function":{"name":"search","arguments":"{}"}}]`, `[{"index":0,"id":"b","function":{"name":"read","arguments":"{}"}}]`}, "a search {}; b read {}"},
		"no numbers":        {[]string{`[{"id":"a","function":{"name":"search","arguments":"{}"}},{"id":"b","function":{"name":"read","arguments":"{}"}}]`}, "a search {}; b read {}"},
		"no names":          {[]string{`[{"index":0,"function":{"name":"search","arguments":"{}"}}]`, `[{"index":0,"function":{"name":"read","arguments":"{}"}}]`}, "? search {}; ? read {}"},
		"an object":         {[]string{`[{"index":0,"id":"a","function":{"name":"search","arguments":{"q":"x"}}}]`}, `a search {"q":"x"}`},
		"Gemini's":          {[]string{`[{"index":0,"id":"a","extra_content":{"google":{"thought_signature":"signed"}},"function":{"name":"search","arguments":"{}"}}]`}, "a search {}"},
		"no arguments":      {[]string{`[{"index":0,"id":"a","function":{"name":"list_documents"}}]`}, "a list_documents {}"},
	} {
		t.Run(name, func(t *testing.T) {
			body := "text/event-stream\n"
			for _, p := range c.pieces {
				body += fmt.Sprintf("data: {\"choices\":[{\"delta\":{\"tool_calls\":%s}}]}\n\n", p)
			}
			g := generate(t, said(t, "vllm", body+"data: "+end+"\n\ndata: [DONE]\n\n"), rag.ModelRequest{})
			for i := range g.Calls {
				if id := g.Calls[i].ID; strings.Contains(c.want, "? ") && len(id) == 9 {
					g.Calls[i].ID = "?"
				}
			}
			if got := calls(g); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
			if own, err := json.Marshal(g.Own); err != nil || strings.Contains(body, "signed") != strings.Contains(string(own), `"thought_signature":"signed"`) {
				t.Errorf("its own: %s, %v", own, err)
			}
		})
	}
}

// TestBlocks: Claude's calls come whole too, and blocks of no kind that is known are
// sent back as they are.
func TestBlocks(t *testing.T) {
	body := "text/event-stream\n"
	for i, block := range []string{`{"type":"weather","sky":"blue"}`, `null`, `{"type":"tool_use","id":"a","name":"search","input":{"q":1}}`, `{"type":"tool_use","id":"b","name":"list","input":{}}`} {
		body += fmt.Sprintf("data: {\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}\n\n", i, block)
	}
	g := generate(t, said(t, "anthropic", body+"data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n"), rag.ModelRequest{})
	own, err := json.Marshal(g.Own)
	if got := calls(g); err != nil || got != `a search {"q":1}; b list {}` || !strings.HasPrefix(string(own), `[{"sky":"blue","type":"weather"},{"id":"a",`) {
		t.Errorf("%s; its own: %s, %v", got, own, err)
	}
}

// said is a model of a server that says this.
func said(t *testing.T, provider, answer string) *llm.Model {
	t.Helper()
	m, err := llm.Open(llm.Config{Provider: provider, Model: "m", Key: key, Attempts: 1, Client: newClient(answer)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNoTools: the words in which a server has no tools are learnt from, and are
// no failure of the model.
func TestNoTools(t *testing.T) {
	for name, c := range map[string]struct {
		provider, words string
		status          int
		want            bool
	}{
		"Ollama":           {"ollama", "registry.ollama.ai/library/gemma:2b does not support tools", 400, true},
		"vLLM":             {"vllm", `"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set`, 400, true},
		"llama.cpp":        {"llamacpp", "tools param requires --jinja flag", 500, true},
		"OpenRouter":       {"openrouter", "No endpoints found that support tool use.", 404, true},
		"LiteLLM":          {"litellm", "litellm.UnsupportedParamsError: fireworks does not support parameters: ['tools']", 400, true},
		"another fault":    {"vllm", "no such model", 404, false},
		"of a key":         {"openai", "your project may not use tools", 403, false},
		"of too many":      {"openai", "too many tool calls", 429, false},
		"a behind the bar": {"anthropic", "tools: Extra inputs are not permitted", 400, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.NewInMemory(t)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				if r.Tools != nil {
					return llmtest.Reply{Status: c.status, Message: c.words}
				}
				return llmtest.Reply{Text: "Good."}
			})
			m := open(t, s, c.provider)
			question := rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}, Tools: []rag.Tool{searchTool}}
			for range 2 {
				if _, err := m.Generate(t.Context(), question, nil); errors.Is(err, rag.ErrModelTools) != c.want {
					t.Error(err)
				}
			}
			if n := len(s.Requests()); c.want != (n == 1) {
				t.Errorf("asked %d times", n)
			}
			if got := generate(t, m, rag.ModelRequest{}).Text; got != "Good." {
				t.Error(got)
			}
		})
	}
}

// TestSchema: who can be held to a form is, and who cannot answers without.
func TestSchema(t *testing.T) {
	schema := map[string]any{"type": "object", "properties": map[string]any{"format": map[string]any{"type": "string"}}}
	for _, provider := range providers {
		for _, refuse := range []string{"", "response_format", "output_config"} {
			s := llmtest.New(t)
			s.Behave(llmtest.Behaviour{Refuse: []string{refuse}})
			m := open(t, s, provider, func(c *llm.Config) { c.ReasoningEffort = "low" })
			if got := generate(t, m, rag.ModelRequest{Schema: schema}).Text; got != "Yes." {
				t.Error(got)
			}
			sent, _ := json.Marshal(s.Requests()[len(s.Requests())-1].Fields)
			if has := strings.Contains(string(sent), `"properties":{"format"`); has != (len(m.Refused()) == 0) {
				t.Errorf("%s refuses %q: sent %s", provider, refuse, sent)
			}
		}
	}
}

// A refusal of a schema in words that name nothing of the request costs the schema alone,
// and says nothing of the model.
func TestSchemaRefusedInOtherWords(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Answer(func(r llmtest.Request) llmtest.Reply {
			if r.Fields["response_format"] != nil || r.Fields["output_config"] != nil {
				return llmtest.Reply{Status: 400, Message: "json_schema is not supported by this model"}
			}
			return llmtest.Reply{Text: "Yes."}
		})
		m := open(t, s, provider, func(*llm.Config) {})
		if got := generate(t, m, rag.ModelRequest{Schema: map[string]any{"type": "object"}}).Text; got != "Yes." || len(m.Refused()) > 0 || len(s.Requests()) != 2 {
			t.Errorf("%s: %q after %d requests, %q", provider, got, len(s.Requests()), m.Refused())
		}
	}
}
