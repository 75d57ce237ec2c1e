package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/tmc/langchaingo/llms"

	"docent/rag"
)

// Model writes text with a provider's model. It implements [rag.ToolModel], and
// langchaingo's [llms.Model].
type Model struct {
	*caller
	dialect            dialect
	maxTokens, context int
	// thoughtful is set once a thought left no room for an answer, toolless once
	// tools were refused. tooMuch is how often evidence was halved.
	thoughtful, toolless atomic.Bool
	tooMuch              atomic.Int32
	server               atomic.Pointer[Server]
}

var (
	_ rag.ToolModel = (*Model)(nil)
	_ llms.Model    = (*Model)(nil)
)

// Open makes a model ready. It calls nobody: whether the model is there shows
// with the first call.
func Open(c Config) (*Model, error) {
	calls, err := newCaller(c)
	if err != nil {
		return nil, err
	}
	m := &Model{caller: calls, dialect: openAIChat{}, maxTokens: c.MaxTokens, context: c.Context}
	m.toolless.Store(c.NoTools)
	switch {
	case !calls.at.preset.writes():
		return nil, fmt.Errorf("%s has no models that write", c.Provider)
	case calls.at.preset.protocol == anthropicAPI:
		m.dialect = anthropicChat{}
	}
	return m, nil
}

// Generate implements [rag.Model].
func (m *Model) Generate(ctx context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	c := chat{messages: m.messages(req), options: llms.CallOptions{MaxTokens: req.MaxTokens}}
	for _, t := range req.Tools {
		c.options.Tools = append(c.options.Tools, functionTool(t))
	}
	if req.Schema != nil && (req.Tools == nil || req.MustWrite) { // some refuse both at once
		c.options.Metadata = map[string]any{SchemaKey: req.Schema}
	}
	if req.MustWrite && req.Tools != nil {
		c.options.ToolChoice = "none"
	}
	s, err := m.write(ctx, c, emit)
	g := rag.Generation{Text: s.text.String(), Cut: s.stop == stopLength, Usage: s.usage}
	for _, call := range s.calls {
		g.Calls = append(g.Calls, rag.ToolCall{ID: call.ID, Name: call.FunctionCall.Name, Arguments: call.FunctionCall.Arguments})
	}
	if g.Calls != nil {
		g.Calls[0].State = string(m.raw(s.turn).Data)
	}
	return g, err
}

// messages are langchaingo's of a request. A turn that called tools goes back as it
// came.
func (m *Model) messages(req rag.ModelRequest) []llms.MessageContent {
	var all []llms.MessageContent
	if req.System != "" {
		all = append(all, llms.TextParts(llms.ChatMessageTypeSystem, req.System))
	}
	for _, t := range req.Turns {
		said := llms.MessageContent{Role: llms.ChatMessageTypeHuman}
		if t.FromModel {
			said.Role = llms.ChatMessageTypeAI
		}
		for _, c := range t.Calls {
			said.Parts = append(said.Parts, functionCall(c.ID, c.Name, c.Arguments))
			if c.State != "" {
				said.Parts = append(said.Parts, m.raw(json.RawMessage(c.State)))
			}
		}
		for _, r := range t.Results {
			said.Role = llms.ChatMessageTypeTool
			said.Parts = append(said.Parts, llms.ToolCallResponse{ToolCallID: r.ID, Name: r.Name, Content: r.Text})
		}
		if t.Text != "" || said.Parts == nil {
			said.Parts = append(said.Parts, llms.TextPart(t.Text))
		}
		all = append(all, said)
	}
	return all
}

// functionTool describes a tool by the JSON schema of its parameters.
func functionTool(t rag.Tool) llms.Tool {
	properties, required := fields{}, []string{}
	for _, p := range t.Parameters {
		properties[p.Name] = fields{"type": "string", "description": p.Description}
		if p.Required {
			required = append(required, p.Name)
		}
	}
	return llms.Tool{Type: "function", Function: &llms.FunctionDefinition{
		Name: t.Name, Description: t.Description, Parameters: fields{"type": "object", "properties": properties, "required": required},
	}}
}

// What a choice has in its GenerationInfo: a rag.Usage, up to an error too, and
// the llms.MessageContent to go on with. That is the model's turn with what the
// provider wants to see again beside text and calls.
const (
	UsageKey = "Usage"
	TurnKey  = "Turn"
)

// GenerateContent implements [llms.Model]. Of the options it knows the tools and
// their choice, the greatest length, a function for the text, which is never told
// of thoughts or calls, and the schema under SchemaKey; the rest is the Config's.
// There is one choice, also with an error, which stops for "stop", "length" or
// "tool_calls".
func (m *Model) GenerateContent(ctx context.Context, all []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	c := chat{messages: all}
	for _, o := range options {
		o(&c.options)
	}
	var emit func(string) error
	if f := c.options.StreamingFunc; f != nil {
		emit = func(piece string) error { return f(ctx, []byte(piece)) }
	}
	said, err := m.write(ctx, c, emit)
	text := said.text.String()
	choice := &llms.ContentChoice{
		Content: text, StopReason: said.stop, ToolCalls: said.calls, GenerationInfo: map[string]any{UsageKey: said.usage},
	}
	turn := llms.MessageContent{Role: llms.ChatMessageTypeAI}
	if said.turn != nil {
		turn.Parts = append(turn.Parts, m.raw(said.turn))
	}
	if text != "" {
		turn.Parts = append(turn.Parts, llms.TextPart(text))
	}
	for _, c := range said.calls {
		turn.Parts = append(turn.Parts, c)
	}
	choice.GenerationInfo[TurnKey] = turn
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{choice}}, err
}

// Call implements [llms.Model].
func (m *Model) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, m, prompt, options...)
}

// said is what a model wrote.
type said struct {
	text  strings.Builder
	calls []llms.ToolCall
	turn  any
	stop  string
	usage rag.Usage
}

// moreForThought is how many times the length is asked for again whose thought
// left no room for an answer.
const (
	moreForThought = 4
	// mostHalved is how often the evidence is halved at most that is too long.
	mostHalved = 3
)

// write makes a call, and one more with a greater length where the thought left
// no room for an answer.
func (m *Model) write(ctx context.Context, c chat, emit func(string) error) (*said, error) {
	if len(c.options.Tools) > 0 && m.toolless.Load() {
		return &said{}, m.at.error(NoTools, "")
	}
	c.most = cmp.Or(m.maxTokens, c.options.MaxTokens)
	if s := m.server.Load(); s != nil && s.Window > 0 {
		c.most = min(c.most, s.Window/4)
	}
	if m.thoughtful.Load() {
		c.most *= moreForThought
	}
	halved := m.tooMuch.Load()
	s, err := m.once(ctx, c, emit)
	var failed *Error
	switch {
	case !errors.As(err, &failed):
		return s, err
	case failed.Kind == Exceeded && halved < mostHalved:
		m.tooMuch.CompareAndSwap(halved, halved+1)
	}
	if failed.Kind != Starved || c.most == 0 || m.thoughtful.Swap(true) {
		return s, err
	}
	c.most *= moreForThought
	used := s.usage
	s, err = m.once(ctx, c, emit)
	s.usage.Add(used)
	return s, err
}

// once makes a call. Text always comes in a stream, so that one that breaks off
// can be told from one that ends, and silence from slowness.
func (m *Model) once(ctx context.Context, c chat, emit func(string) error) (s *said, err error) {
	var refused error
	keep := func(piece string) error {
		s.text.WriteString(piece)
		if emit != nil {
			refused = emit(piece)
		}
		return refused
	}
	usage, err := m.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		s = &said{}
		answer := &stream{x: x, read: m.dialect.reader(), emit: keep}
		resp, err := x.negotiate(ctx, m.dialect.path(), func(r *request) { m.dialect.request(m.at, c, r) })
		if err == nil {
			err = answer.readAnswer(resp)
		}
		if err == nil {
			err = m.end(s, answer)
		}
		return emit != nil && s.text.Len() > 0, m.withoutTools(c, err)
	})
	if s == nil {
		s = &said{} // it was not its turn
	}
	s.usage = usage
	if refused != nil {
		err = refused
	}
	return s, err
}

// end is what is made of an answer that came to its end.
func (m *Model) end(s *said, answer *stream) error {
	s.stop = cmp.Or(answer.stop, stopEnd)
	s.turn, s.calls = answer.read.turn(s.text.String())
	if s.stop == stopLength {
		s.calls = nil // the last may be half of one
	}
	switch {
	case len(s.calls) > 0:
		s.stop = stopCalls
	case strings.TrimSpace(s.text.String()) != "":
	case s.stop == stopLength:
		return m.at.error(Starved, "")
	default:
		return m.at.error(Empty, "")
	}
	return nil
}

// withoutTools tells a refusal of tools from others: that of a first request with
// them, in words that speak of them. The model is asked for none again.
func (m *Model) withoutTools(c chat, err error) error {
	var failed *Error
	if len(c.options.Tools) > 0 && !slices.ContainsFunc(c.messages, ofTool) && errors.As(err, &failed) && failed.Status >= 400 &&
		failed.Kind != Denied && failed.Kind != Overloaded && ofTools.MatchString(failed.Message) {
		failed.Kind = NoTools
		m.toolless.Store(true)
	}
	return err
}

func ofTool(m llms.MessageContent) bool { return m.Role == llms.ChatMessageTypeTool }

var ofTools = regexp.MustCompile(`(?i)\btools?\b|\btool_|\bfunctions?\b`)

// Refused are the parameters that the model was seen to refuse, by name: those
// are no longer sent. Of the two names of a text's length the other is, unless it
// is refused too.
func (m *Model) Refused() []string { return slices.Sorted(maps.Keys(m.at.support.now())) }
