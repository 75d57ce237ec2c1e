package llm

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/llms"
)

// openAIChat speaks OpenAI's chat completions, as nearly everyone does:
// https://platform.openai.com/docs/api-reference/chat
type openAIChat struct{}

func (openAIChat) path() string { return "/chat/completions" }

func (openAIChat) reader() reader { return &openAIReader{} }

func (d openAIChat) request(at *endpoint, c chat) (f fields, optional []string) {
	f = fields{"model": at.model, "messages": d.messages(c.messages), "stream": true, "stream_options": fields{"include_usage": true}}
	if c.most > 0 {
		f[at.preset.lengthName()] = c.most
	}
	if at.temperature != nil {
		f["temperature"] = *at.temperature
	}
	if at.effort != "" {
		f["reasoning_effort"] = at.effort
	}
	if schema := c.schema(); schema != nil {
		f["response_format"] = fields{"type": "json_schema", "json_schema": fields{"name": "answer", "schema": schema, "strict": true}}
	}
	if len(c.options.Tools) > 0 {
		f["tools"] = c.options.Tools
	}
	if c.options.ToolChoice != nil {
		f["tool_choice"] = c.options.ToolChoice
	}
	return f, []string{
		"temperature", "max_tokens", "max_completion_tokens", "reasoning_effort", "response_format", "tool_choice", "strict",
		"stream_options", "stream", "reasoning_content", "reasoning_details", "extra_content",
	}
}

func (d openAIChat) messages(all []llms.MessageContent) []any {
	var said []any
	for _, m := range all {
		raw := turnIn(d.path(), m)
		switch {
		case raw != nil:
			said = append(said, decoded(raw))
		case m.Role == llms.ChatMessageTypeTool:
			for _, r := range partsOf[llms.ToolCallResponse](m) {
				said = append(said, fields{"role": "tool", "tool_call_id": r.ToolCallID, "content": r.Content})
			}
		case m.Role == llms.ChatMessageTypeAI:
			turn := fields{"role": "assistant", "content": textOf(m)}
			var calls []openAICall
			for _, c := range partsOf[llms.ToolCall](m) {
				calls = append(calls, openAICall{ID: c.ID, Type: "function", Function: openAIFunction{c.FunctionCall.Name, arguments(inputOf(c.FunctionCall.Arguments))}})
			}
			if calls != nil {
				turn["tool_calls"] = calls
			}
			said = append(said, turn)
		case m.Role == llms.ChatMessageTypeSystem:
			said = append(said, fields{"role": "system", "content": textOf(m)})
		default:
			said = append(said, fields{"role": "user", "content": textOf(m)})
		}
	}
	return said
}

// openAIEvent is a chunk, or a whole completion, which has the message in one
// piece.
type openAIEvent struct {
	Choices []struct {
		Delta   openAIMessage `json:"delta"`
		Message openAIMessage `json:"message"`
		Finish  string        `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Input   int `json:"prompt_tokens"`
		Output  int `json:"completion_tokens"`
		Details struct {
			Cached int `json:"cached_tokens"`
		} `json:"prompt_tokens_details"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
	// Object is "error" where vLLM has one in place of the field.
	Object string `json:"object"`
}

type openAIMessage struct {
	Content openAIContent `json:"content"`
	Refusal string        `json:"refusal"`
	Calls   []openAICall  `json:"tool_calls"`
	// Thought is DeepSeek's, and Details are OpenRouter's: both want it back
	// with the answers of tools.
	Thought string            `json:"reasoning_content"`
	Details []json.RawMessage `json:"reasoning_details"`
}

// openAIContent is text, or a list of parts, of which Mistral has thoughts too.
type openAIContent struct{ text, refusal string }

// UnmarshalJSON implements json.Unmarshaler.
func (c *openAIContent) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &c.text) == nil {
		return nil
	}
	var parts []struct {
		Text    string `json:"text"`
		Refusal string `json:"refusal"`
	}
	err := json.Unmarshal(data, &parts)
	for _, p := range parts {
		c.text += p.Text
		c.refusal += p.Refusal
	}
	return err
}

// openAICall is a call of a tool, or a piece of one.
type openAICall struct {
	Index    *int           `json:"index,omitempty"`
	ID       string         `json:"id"`
	Type     string         `json:"type"`
	Function openAIFunction `json:"function"`
	// Extra holds Gemini's signature of a thought.
	Extra json.RawMessage `json:"extra_content,omitempty"`
}

type openAIFunction struct {
	Name      string    `json:"name"`
	Arguments arguments `json:"arguments"`
}

// arguments are JSON in a string; some servers leave out the string.
type arguments string

// UnmarshalJSON implements json.Unmarshaler.
func (a *arguments) UnmarshalJSON(data []byte) error {
	if string(data) != "null" && json.Unmarshal(data, (*string)(a)) != nil {
		*a = arguments(data)
	}
	return nil
}

type openAIReader struct {
	said    openAIMessage
	refusal strings.Builder
}

func (r *openAIReader) read(data []byte) (delta, error) {
	if string(data) == "[DONE]" {
		return delta{last: true}, nil
	}
	var e openAIEvent
	if err := json.Unmarshal(data, &e); err != nil {
		return delta{}, &Error{Kind: Garbled, Err: err, Message: "an event that is no JSON of a chat"}
	}
	if len(e.Error) > 0 && string(e.Error) != "null" || e.Object == "error" {
		return delta{}, &Error{Kind: Failing, Message: parseAPIError(data).message}
	}
	var p delta
	if e.Usage != nil {
		p.input, p.output, p.cached = e.Usage.Input, e.Usage.Output, e.Usage.Details.Cached
	}
	if len(e.Choices) == 0 {
		return p, nil
	}
	c := e.Choices[0]
	p.stop = stopReason(c.Finish)
	p.text = c.Delta.Content.text + c.Message.Content.text
	p.unseen = r.add(c.Delta) + r.add(c.Message)
	switch {
	case c.Finish == "content_filter":
		return p, &Error{Kind: Withheld, Message: "content filter"}
	case c.Finish != "" && r.refusal.Len() > 0:
		return p, &Error{Kind: Withheld, Message: r.refusal.String()}
	}
	return p, nil
}

// add keeps what a message, or a piece of one, has beside its text, and returns
// its size.
func (r *openAIReader) add(m openAIMessage) (size int) {
	r.refusal.WriteString(m.Refusal + m.Content.refusal)
	r.said.Thought += m.Thought
	r.said.Details = append(r.said.Details, m.Details...)
	for _, c := range m.Calls {
		size += len(c.Function.Arguments)
		at := r.call(c)
		at.Function.Name += c.Function.Name
		at.Function.Arguments += c.Function.Arguments
		if c.Extra != nil {
			at.Extra = c.Extra
		}
	}
	return size + len(m.Thought) + len(m.Refusal)
}

// call is the one that a piece belongs to: that of its index, unless it begins
// another, as where Gemini and older Ollamas give all of them the same. Where the
// server names none, it gets a name of nine letters, as Mistral has them.
func (r *openAIReader) call(piece openAICall) *openAICall {
	for i := range slices.Backward(r.said.Calls) {
		c := &r.said.Calls[i]
		if piece.Index != nil && *c.Index != *piece.Index {
			continue
		}
		begins := piece.ID != "" && piece.ID != c.ID || piece.ID == "" && piece.Function.Name != "" && json.Valid([]byte(c.Function.Arguments))
		if begins && piece.Function.Name != "" {
			break
		}
		return c
	}
	n := len(r.said.Calls)
	if piece.Index == nil {
		piece.Index = &n
	}
	if piece.ID == "" {
		piece.ID = rand.Text()[:9]
	}
	r.said.Calls = append(r.said.Calls, openAICall{Index: piece.Index, ID: piece.ID, Type: "function"})
	return &r.said.Calls[n]
}

func (r *openAIReader) calls() []llms.ToolCall {
	var all []llms.ToolCall
	for _, c := range r.said.Calls {
		all = append(all, functionCall(c.ID, c.Function.Name, string(c.Function.Arguments)))
	}
	return all
}

func (r *openAIReader) turn(text string) any {
	said := fields{"role": "assistant", "content": text}
	if len(r.said.Calls) > 0 {
		calls := slices.Clone(r.said.Calls)
		for i := range calls {
			calls[i].Index, calls[i].Function.Arguments = nil, arguments(inputOf(string(calls[i].Function.Arguments)))
		}
		said["tool_calls"] = calls
	}
	if r.said.Thought != "" {
		said["reasoning_content"] = r.said.Thought
	}
	if len(r.said.Details) > 0 {
		said["reasoning_details"] = r.said.Details
	}
	return said
}
