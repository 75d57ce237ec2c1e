package llm

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"

	"docent/rag"
)

// openAIChat speaks OpenAI's chat completions, as nearly everyone does:
// https://platform.openai.com/docs/api-reference/chat
type openAIChat struct{}

func (openAIChat) path() string { return "/chat/completions" }

func (openAIChat) reader() reader { return &openAIReader{} }

func (d openAIChat) request(at *endpoint, req rag.ModelRequest, most int, r *request) {
	r.option("stream", true)
	r.option("stream_options", fields{"include_usage": true})
	if most > 0 {
		r.option(at.preset.lengthName(), most)
	}
	if at.Temperature != nil {
		r.option("temperature", *at.Temperature)
	}
	switch tools := len(req.Tools) > 0; {
	case tools && r.refused[effortless]:
		r.option("reasoning_effort", "none")
	case at.ReasoningEffort != "":
		r.option("reasoning_effort", at.ReasoningEffort)
	case tools:
		r.within("reasoning_effort")
	}
	if req.Schema != nil {
		r.option("response_format", fields{"type": "json_schema", "json_schema": fields{"name": "answer", "schema": req.Schema, "strict": true}})
	}
	var tools []any
	for _, t := range req.Tools {
		tools = append(tools, fields{"type": "function", "function": fields{"name": t.Name, "description": t.Description, "parameters": parameters(t)}})
	}
	if tools != nil {
		r.fields["tools"] = tools
	}
	if tools != nil && req.MustWrite {
		r.option("tool_choice", "none")
	}
	r.fields["messages"] = d.messages(req, r.within(ofTurns...))
}

// messages are those of a conversation; the model's own are as it wants to see them
// again, unless that was refused.
func (openAIChat) messages(req rag.ModelRequest, asItCame bool) (all []openAIMessage) {
	if req.System != "" {
		all = append(all, openAIMessage{Role: "system", Content: req.System})
	}
	for _, t := range req.Turns {
		if own, ok := t.Own.(openAIMessage); ok && asItCame {
			all = append(all, own)
			continue
		}
		for _, r := range t.Results {
			all = append(all, openAIMessage{Role: "tool", CallID: r.ID, Content: r.Text})
		}
		said := openAIMessage{Role: "user", Content: t.Text}
		if t.FromModel {
			said.Role = "assistant"
		}
		for _, c := range t.Calls {
			f := openAIFunction{c.Name, arguments(inputOf(c.Arguments))}
			said.Calls = append(said.Calls, openAICall{ID: c.ID, Type: "function", Function: f})
		}
		if t.Text != "" || t.Results == nil {
			all = append(all, said)
		}
	}
	return all
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
	Role string `json:"role,omitempty"`
	// Content is text, or a list of parts.
	Content any          `json:"content"`
	Refusal string       `json:"refusal,omitempty"`
	Calls   []openAICall `json:"tool_calls,omitempty"`
	CallID  string       `json:"tool_call_id,omitempty"`
	// Thought is DeepSeek's, and Details are OpenRouter's: both want it back
	// with the answers of tools.
	Thought string `json:"reasoning_content,omitempty"`
	Details []any  `json:"reasoning_details,omitempty"`
}

// said is the text and the refusal of a message. Mistral has thoughts among the
// parts too.
func (m openAIMessage) said() (text, refusal string) {
	text, _ = m.Content.(string)
	parts, _ := m.Content.([]any)
	for _, p := range parts {
		part, _ := p.(fields)
		t, _ := part["text"].(string)
		r, _ := part["refusal"].(string)
		text, refusal = text+t, refusal+r
	}
	return text, refusal + m.Refusal
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

// openAIReader gathers what there is beside text.
type openAIReader struct {
	message openAIMessage
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
	for _, m := range []openAIMessage{c.Delta, c.Message} {
		text, refusal := m.said()
		r.refusal.WriteString(refusal)
		p.text, p.unseen = p.text+text, p.unseen+len(refusal)+r.add(m)
	}
	switch {
	case c.Finish == "content_filter":
		return p, &Error{Kind: Withheld, Message: "content filter"}
	case c.Finish != "" && r.refusal.Len() > 0:
		return p, &Error{Kind: Withheld, Message: r.refusal.String()}
	}
	return p, nil
}

// add keeps the thoughts and calls of a message, or a piece of one, and returns
// their size.
func (r *openAIReader) add(m openAIMessage) (size int) {
	r.message.Thought += m.Thought
	r.message.Details = append(r.message.Details, m.Details...)
	for _, c := range m.Calls {
		size += len(c.Function.Arguments) + len(c.Extra)
		at := r.call(c)
		at.Function.Name += c.Function.Name
		at.Function.Arguments += c.Function.Arguments
		if c.Extra != nil {
			at.Extra = c.Extra
		}
	}
	return size + len(m.Thought)
}

// call is the one that a piece belongs to: that of its index, unless it begins
// another, as where Gemini and older Ollamas give all of them the same. Where the
// server names none, it gets a name of nine letters, as Mistral has them.
func (r *openAIReader) call(piece openAICall) *openAICall {
	for i := range slices.Backward(r.message.Calls) {
		c := &r.message.Calls[i]
		if piece.Index != nil && *c.Index != *piece.Index {
			continue
		}
		begins := piece.ID != "" && piece.ID != c.ID || piece.ID == "" && piece.Function.Name != "" && json.Valid([]byte(c.Function.Arguments))
		if begins && piece.Function.Name != "" {
			break
		}
		return c
	}
	n := len(r.message.Calls)
	if piece.Index == nil {
		piece.Index = &n
	}
	if piece.ID == "" {
		piece.ID = rand.Text()[:9]
	}
	r.message.Calls = append(r.message.Calls, openAICall{Index: piece.Index, ID: piece.ID, Type: "function"})
	return &r.message.Calls[n]
}

func (r *openAIReader) turn(text string) (any, []rag.ToolCall) {
	own := r.message
	own.Role, own.Content, own.Calls = "assistant", text, nil
	var all []rag.ToolCall
	for _, c := range r.message.Calls {
		all = append(all, toolCall(c.ID, c.Function.Name, string(c.Function.Arguments)))
		c.Index, c.Function.Arguments = nil, arguments(inputOf(string(c.Function.Arguments)))
		own.Calls = append(own.Calls, c)
	}
	return own, all
}
