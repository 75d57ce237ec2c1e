package llm

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tmc/langchaingo/llms"
)

// anthropicChat speaks Anthropic's messages:
// https://docs.anthropic.com/en/api/messages
type anthropicChat struct{}

// anthropicLength is max_tokens where nobody sets it: there is no request
// without.
const anthropicLength = 8000

func (anthropicChat) path() string { return "/messages" }

func (anthropicChat) reader() reader { return &anthropicReader{blocks: make(map[int]*anthropicBlock)} }

func (d anthropicChat) request(at *endpoint, c chat) (f fields, optional []string) {
	f = fields{"model": at.model, "stream": true, "max_tokens": cmp.Or(c.most, anthropicLength)}
	f["messages"], f["system"] = d.messages(c)
	if at.temperature != nil {
		f["temperature"] = *at.temperature
	}
	output := fields{}
	if at.effort != "" {
		output["effort"] = at.effort
	}
	if schema := c.schema(); schema != nil {
		output["format"] = fields{"type": "json_schema", "schema": schema}
	}
	if len(output) > 0 {
		f["output_config"] = output
	}
	if len(c.options.Tools) > 0 {
		var tools []any
		for _, t := range c.options.Tools {
			tools = append(tools, fields{"name": t.Function.Name, "description": t.Function.Description, "input_schema": t.Function.Parameters})
		}
		f["tools"] = tools
	}
	if choice := anthropicChoice(c.options.ToolChoice); choice != nil {
		f["tool_choice"] = choice
	}
	return f, []string{"temperature", "output_config", "effort", "format", "tool_choice", "cache_control"}
}

// anthropicChoice puts OpenAI's words for it in Anthropic's.
func anthropicChoice(choice any) any {
	switch choice := choice.(type) {
	case string:
		if choice == "required" {
			choice = "any"
		}
		return fields{"type": choice}
	case llms.ToolChoice:
		return fields{"type": "tool", "name": choice.Function.Name}
	}
	return nil
}

// messages joins those of one role that follow each other. The system prompt is
// kept in the provider's cache with the tools, and with tools the conversation is
// too, which comes again with their answers.
func (d anthropicChat) messages(c chat) (said []any, system []any) {
	cached := fields{"type": "ephemeral"}
	var blocks []any
	last := ""
	for i, m := range c.messages {
		role, own := d.blocks(m)
		if role == "system" {
			system = append(system, own...)
			continue
		}
		if role != last && len(blocks) > 0 {
			said = append(said, fields{"role": last, "content": blocks})
			blocks = nil
		}
		blocks, last = append(blocks, own...), role
		if i == len(c.messages)-1 && len(c.options.Tools) > 0 && len(own) > 0 && role == "user" {
			own[len(own)-1].(fields)["cache_control"] = cached
		}
	}
	if len(system) > 0 {
		system[len(system)-1].(fields)["cache_control"] = cached
	}
	return append(said, fields{"role": last, "content": blocks}), system
}

// blocks are what Anthropic makes of a message. It takes no empty text.
func (d anthropicChat) blocks(m llms.MessageContent) (role string, all []any) {
	if raw := turnIn(d.path(), m); raw != nil {
		all, _ := decoded(raw).([]any)
		return "assistant", all
	}
	if text := textOf(m); text != "" {
		all = append(all, fields{"type": "text", "text": text})
	}
	for _, r := range partsOf[llms.ToolCallResponse](m) {
		all = append(all, fields{"type": "tool_result", "tool_use_id": r.ToolCallID, "content": r.Content})
	}
	for _, c := range partsOf[llms.ToolCall](m) {
		all = append(all, fields{"type": "tool_use", "id": c.ID, "name": c.FunctionCall.Name, "input": inputOf(c.FunctionCall.Arguments)})
	}
	switch m.Role {
	case llms.ChatMessageTypeAI:
		role = "assistant"
	case llms.ChatMessageTypeSystem:
		role = "system"
	default:
		role = "user"
	}
	return role, all
}

// anthropicEvent is one of a stream, or a whole message.
type anthropicEvent struct {
	Type    string           `json:"type"`
	Index   int              `json:"index"`
	Content []anthropicBlock `json:"content"`
	Reason  string           `json:"stop_reason"`
	Message struct {
		Usage anthropicUsage `json:"usage"`
	} `json:"message"`
	Block anthropicBlock `json:"content_block"`
	Delta struct {
		Text      string `json:"text"`
		Input     string `json:"partial_json"`
		Thinking  string `json:"thinking"`
		Signature string `json:"signature"`
		Reason    string `json:"stop_reason"`
	} `json:"delta"`
	Usage anthropicUsage `json:"usage"`
	Error struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	} `json:"error"`
}

// anthropicBlock is a piece of an answer: text, a thought, one that is not shown,
// a call of a tool.
type anthropicBlock struct {
	Type      string          `json:"type"`
	Text      string          `json:"text,omitempty"`
	Thinking  string          `json:"thinking"`
	Signature string          `json:"signature"`
	Data      string          `json:"data"`
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Input     json.RawMessage `json:"input"`
}

// anthropicUsage counts what was read from and written to a cache apart.
type anthropicUsage struct {
	Input   int `json:"input_tokens"`
	Created int `json:"cache_creation_input_tokens"`
	Cached  int `json:"cache_read_input_tokens"`
	Output  int `json:"output_tokens"`
}

func (u anthropicUsage) delta() delta {
	return delta{input: u.Input + u.Created + u.Cached, output: u.Output, cached: u.Cached}
}

type anthropicReader struct{ blocks map[int]*anthropicBlock }

// read leaves out kinds of events that are yet to come.
func (r *anthropicReader) read(data []byte) (delta, error) {
	var e anthropicEvent
	if err := json.Unmarshal(data, &e); err != nil || e.Type == "" {
		return delta{}, &Error{Kind: Garbled, Err: err, Message: "an event that is no JSON of a message"}
	}
	switch e.Type {
	case "message_start":
		return e.Message.Usage.delta(), nil
	case "content_block_start":
		r.blocks[e.Index] = &e.Block
		if e.Block.Type == "tool_use" {
			e.Block.Input = nil // it comes in pieces
		}
		return delta{text: e.Block.Text}, nil
	case "content_block_delta":
		return r.piece(e), nil
	case "message_delta":
		return stopped(e.Usage, e.Delta.Reason)
	case "message":
		var text string
		for i, b := range e.Content {
			r.blocks[i] = &b
			text += b.Text
		}
		p, err := stopped(e.Usage, e.Reason)
		p.text, p.last = text, err == nil
		return p, err
	case "message_stop":
		return delta{last: true}, nil
	case "error":
		kind := Failing
		if e.Error.Type == "rate_limit_error" || e.Error.Type == "overloaded_error" {
			kind = Overloaded
		}
		return delta{}, &Error{Kind: kind, Message: e.Error.Message}
	}
	return delta{}, nil
}

// stopped is the end of a message.
func stopped(u anthropicUsage, reason string) (delta, error) {
	p := u.delta()
	p.stop = stopReason(reason)
	if reason == "refusal" {
		return p, &Error{Kind: Withheld, Message: "refusal"}
	}
	return p, nil
}

// piece adds to a block.
func (r *anthropicReader) piece(e anthropicEvent) delta {
	b := r.blocks[e.Index]
	if b == nil {
		b = &anthropicBlock{Type: "text"}
		r.blocks[e.Index] = b
	}
	b.Text += e.Delta.Text
	b.Thinking += e.Delta.Thinking
	b.Signature += e.Delta.Signature
	b.Input = append(b.Input, e.Delta.Input...)
	return delta{text: e.Delta.Text, unseen: len(e.Delta.Thinking) + len(e.Delta.Signature) + len(e.Delta.Input)}
}

func (r *anthropicReader) ordered() []*anthropicBlock {
	var all []*anthropicBlock
	for _, i := range slices.Sorted(maps.Keys(r.blocks)) {
		all = append(all, r.blocks[i])
	}
	return all
}

func (r *anthropicReader) calls() []llms.ToolCall {
	var all []llms.ToolCall
	for _, b := range r.ordered() {
		if b.Type == "tool_use" {
			all = append(all, functionCall(b.ID, b.Name, string(b.Input)))
		}
	}
	return all
}

func (r *anthropicReader) turn(string) any {
	var all []any
	for _, b := range r.ordered() {
		switch {
		case b.Type == "text" && b.Text != "":
			all = append(all, fields{"type": b.Type, "text": b.Text})
		case b.Type == "thinking":
			all = append(all, fields{"type": b.Type, "thinking": b.Thinking, "signature": b.Signature})
		case b.Type == "redacted_thinking":
			all = append(all, fields{"type": b.Type, "data": b.Data})
		case b.Type == "tool_use":
			all = append(all, fields{"type": b.Type, "id": b.ID, "name": b.Name, "input": inputOf(string(b.Input))})
		}
	}
	return all
}
