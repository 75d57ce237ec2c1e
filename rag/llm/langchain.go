package llm

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tmc/langchaingo/llms"

	"docent/rag"
)

// GenerateContent implements langchaingo's llms.Model, for programs that speak its
// messages: text, calls of tools and what came of them. Of the options it knows the
// tools, the choice "none" among them, the greatest length and a function for the
// text; the rest is the Config's. There is one choice, also with an error, which
// stops for "stop", "length" or "tool_calls" and has a rag.Usage in its
// GenerationInfo.
func (m *Model) GenerateContent(ctx context.Context, all []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	var o llms.CallOptions
	for _, set := range options {
		set(&o)
	}
	req := rag.ModelRequest{MaxTokens: o.MaxTokens, MustWrite: o.ToolChoice == "none"}
	for _, c := range all {
		if t := turnOf(c); c.Role == llms.ChatMessageTypeSystem {
			req.System += t.Text
		} else {
			req.Turns = append(req.Turns, t)
		}
	}
	for _, t := range o.Tools {
		req.Tools = append(req.Tools, toolOf(t.Function))
	}
	var emit func(string) error
	if o.StreamingFunc != nil {
		emit = func(piece string) error { return o.StreamingFunc(ctx, []byte(piece)) }
	}
	g, err := m.Generate(ctx, req, emit)
	choice := &llms.ContentChoice{Content: g.Text, StopReason: stopEnd, GenerationInfo: map[string]any{"Usage": g.Usage}}
	for _, c := range g.Calls {
		choice.ToolCalls = append(choice.ToolCalls, llms.ToolCall{ID: c.ID, Type: "function", FunctionCall: &llms.FunctionCall{Name: c.Name, Arguments: c.Arguments}})
		choice.StopReason = "tool_calls"
	}
	if g.Cut {
		choice.StopReason = stopLength
	}
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{choice}}, err
}

// Call implements llms.Model.
func (m *Model) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, m, prompt, options...)
}

var _ llms.Model = (*Model)(nil)

func turnOf(c llms.MessageContent) rag.Turn {
	t := rag.Turn{FromModel: c.Role == llms.ChatMessageTypeAI}
	for _, p := range c.Parts {
		switch p := p.(type) {
		case llms.TextContent:
			t.Text += p.Text
		case llms.ToolCall:
			t.Calls = append(t.Calls, toolCall(p.ID, p.FunctionCall.Name, p.FunctionCall.Arguments))
		case llms.ToolCallResponse:
			t.Results = append(t.Results, rag.ToolResult{ID: p.ToolCallID, Name: p.Name, Text: p.Content})
		}
	}
	return t
}

// toolOf knows the names of a tool's parameters, which are strings here.
func toolOf(f *llms.FunctionDefinition) rag.Tool {
	t := rag.Tool{Name: f.Name, Description: f.Description}
	var schema struct {
		Properties map[string]struct {
			Description string `json:"description"`
		} `json:"properties"`
		Required []string `json:"required"`
	}
	data, _ := json.Marshal(f.Parameters) // what is no schema has no parameters
	_ = json.Unmarshal(data, &schema)
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[name]
		t.Parameters = append(t.Parameters, rag.ToolParameter{Name: name, Description: p.Description, Required: slices.Contains(schema.Required, name)})
	}
	return t
}
