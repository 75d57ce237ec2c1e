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

func (anthropicChat) reader() reader { return &anthropicReader{blocks: make(map[int]fields)} }

func (d anthropicChat) request(at *endpoint, c chat, r *request) {
	r.fields["max_tokens"] = cmp.Or(c.most, anthropicLength)
	r.fields["stream"] = true
	if at.temperature != nil {
		r.option("temperature", *at.temperature)
	}
	output := fields{}
	if at.effort != "" {
		output["effort"] = at.effort
	}
	if schema := c.options.Metadata[SchemaKey]; schema != nil {
		output["format"] = fields{"type": "json_schema", "schema": schema}
	}
	if len(output) > 0 {
		r.option("output_config", output)
	}
	var tools []any
	for _, t := range c.options.Tools {
		tools = append(tools, fields{"name": t.Function.Name, "description": t.Function.Description, "input_schema": t.Function.Parameters})
	}
	if tools != nil {
		r.fields["tools"] = tools
	}
	if choice := anthropicChoice(c.options.ToolChoice); choice != nil {
		r.option("tool_choice", choice)
	}
	d.messages(c, r)
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
func (d anthropicChat) messages(c chat, r *request) {
	type message struct {
		Role    string `json:"role"`
		Content []any  `json:"content"`
	}
	var said []message
	var system []any
	asItCame := r.within(ofTurns...)
	for _, m := range c.messages {
		blocks := d.blocks(m, asItCame)
		role := "user"
		switch m.Role {
		case llms.ChatMessageTypeSystem:
			system = append(system, blocks...)
			continue
		case llms.ChatMessageTypeAI:
			role = "assistant"
		}
		if n := len(said); n > 0 && said[n-1].Role == role {
			said[n-1].Content = append(said[n-1].Content, blocks...)
			continue
		}
		said = append(said, message{role, blocks})
	}
	r.fields["messages"] = said
	if r.within("cache_control") {
		keep(system)
		if n := len(said); n > 0 && len(c.options.Tools) > 0 {
			keep(said[n-1].Content)
		}
	}
	if system != nil {
		r.fields["system"] = system
	}
}

// keep has the provider keep in its cache what comes up to the last block.
func keep(blocks []any) {
	if n := len(blocks); n > 0 {
		if last, ok := blocks[n-1].(fields); ok {
			last["cache_control"] = fields{"type": "ephemeral"}
		}
	}
}

// blocks are what Anthropic makes of a message. It takes no empty text.
func (d anthropicChat) blocks(m llms.MessageContent, asItCame bool) (all []any) {
	if asItCame && json.Unmarshal(turnIn(d.path(), m), &all) == nil {
		return all
	}
	for _, r := range partsOf[llms.ToolCallResponse](m) {
		all = append(all, fields{"type": "tool_result", "tool_use_id": r.ToolCallID, "content": r.Content})
	}
	if text := textOf(m); text != "" {
		all = append(all, fields{"type": "text", "text": text})
	}
	for _, c := range partsOf[llms.ToolCall](m) {
		all = append(all, fields{"type": "tool_use", "id": c.ID, "name": c.FunctionCall.Name, "input": inputOf(c.FunctionCall.Arguments)})
	}
	return all
}

// anthropicEvent is one of a stream, or a whole message.
type anthropicEvent struct {
	Type    string   `json:"type"`
	Index   int      `json:"index"`
	Content []fields `json:"content"`
	Reason  string   `json:"stop_reason"`
	Message struct {
		Usage anthropicUsage `json:"usage"`
	} `json:"message"`
	Block fields          `json:"content_block"`
	Delta fields          `json:"delta"`
	Usage anthropicUsage  `json:"usage"`
	Error json.RawMessage `json:"error"`
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

// anthropicReader gathers the blocks of an answer: text, thoughts, calls of tools,
// and what is yet to come.
type anthropicReader struct{ blocks map[int]fields }

func (r *anthropicReader) read(data []byte) (delta, error) {
	var e anthropicEvent
	if err := json.Unmarshal(data, &e); err != nil || e.Type == "" {
		return delta{}, &Error{Kind: Garbled, Err: err, Message: "an event that is no JSON of a message"}
	}
	switch e.Type {
	case "message_start":
		return e.Message.Usage.delta(), nil
	case "content_block_start":
		return delta{text: r.begin(e.Index, e.Block)}, nil
	case "content_block_delta":
		return r.piece(e.Index, e.Delta), nil
	case "message_delta":
		reason, _ := e.Delta["stop_reason"].(string)
		return stopped(e.Usage, reason)
	case "message":
		var text string
		for i, b := range e.Content {
			text += r.begin(i, b)
		}
		p, err := stopped(e.Usage, e.Reason)
		p.text = text
		return p, err
	case "message_stop":
		return delta{last: true}, nil
	case "error":
		kind, said := Failing, parseAPIError(data)
		if said.kind == "rate_limit_error" || said.kind == "overloaded_error" {
			kind = Overloaded
		}
		return delta{}, &Error{Kind: kind, Message: said.message}
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

// begin keeps a block, and returns its text.
func (r *anthropicReader) begin(index int, b fields) string {
	if b == nil {
		b = fields{}
	}
	r.blocks[index] = b
	text, _ := b["text"].(string)
	return text
}

// piece adds to a block: to the field of the same name, but for arguments, which
// replace the empty ones that a block begins with.
func (r *anthropicReader) piece(index int, d fields) (p delta) {
	b := r.blocks[index]
	if b == nil {
		b = fields{"type": "text"}
		r.blocks[index] = b
	}
	for from, to := range map[string]string{"text": "text", "thinking": "thinking", "signature": "signature", "partial_json": "input"} {
		if piece, ok := d[from].(string); ok {
			before, _ := b[to].(string)
			b[to] = before + piece
			p.unseen += len(piece)
		}
	}
	p.text, _ = d["text"].(string)
	return p
}

func (r *anthropicReader) turn(string) (any, []llms.ToolCall) {
	var all []fields
	var calls []llms.ToolCall
	for _, i := range slices.Sorted(maps.Keys(r.blocks)) {
		b := r.blocks[i]
		if b["type"] == "text" && (b["text"] == nil || b["text"] == "") {
			continue
		}
		if b["type"] == "tool_use" {
			id, _ := b["id"].(string)
			name, _ := b["name"].(string)
			input, pieces := b["input"].(string)
			if whole, err := json.Marshal(b["input"]); !pieces && err == nil {
				input = string(whole)
			}
			b["input"] = inputOf(input)
			calls = append(calls, functionCall(id, name, input))
		}
		all = append(all, b)
	}
	return all, calls
}
