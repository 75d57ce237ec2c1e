package llm

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"docent/rag"
)

// anthropicChat speaks Anthropic's messages:
// https://docs.anthropic.com/en/api/messages
type anthropicChat struct{}

// anthropicLength is max_tokens where nobody sets it: there is no request
// without.
const anthropicLength = 8000

func (anthropicChat) path() string { return "/messages" }

func (anthropicChat) reader() reader { return &anthropicReader{blocks: make(map[int]fields)} }

func (d anthropicChat) request(at *endpoint, req rag.ModelRequest, most int, r *request) {
	r.fields["max_tokens"] = cmp.Or(most, anthropicLength)
	r.fields["stream"] = true
	if at.Temperature != nil {
		r.option("temperature", *at.Temperature)
	}
	output := fields{}
	if at.ReasoningEffort != "" {
		output["effort"] = at.ReasoningEffort
	}
	if req.Schema != nil {
		output["format"] = fields{"type": "json_schema", "schema": req.Schema}
	}
	if len(output) > 0 {
		r.option("output_config", output)
	}
	var tools []any
	for _, t := range req.Tools {
		tools = append(tools, fields{"name": t.Name, "description": t.Description, "input_schema": parameters(t)})
	}
	if tools != nil {
		r.fields["tools"] = tools
	}
	if tools != nil && req.MustWrite {
		r.option("tool_choice", fields{"type": "none"})
	}
	d.messages(req, r)
}

type anthropicMessage struct {
	Role    string   `json:"role"`
	Content []fields `json:"content"`
}

// messages are those of a conversation. The system prompt is kept in the provider's
// cache with the tools, and with tools the conversation is too, which comes again
// with their answers.
func (d anthropicChat) messages(req rag.ModelRequest, r *request) {
	asItCame, cached := r.within(ofTurns...), r.within("cache_control")
	var all []anthropicMessage
	for i, t := range req.Turns {
		m := anthropicMessage{Role: "user", Content: d.blocks(t)}
		if t.FromModel {
			m.Role = "assistant"
		}
		if own, ok := t.Own.([]fields); ok && asItCame {
			m.Content = own
		}
		if n := len(m.Content); cached && n > 0 && i == len(req.Turns)-1 && len(req.Tools) > 0 {
			m.Content[n-1]["cache_control"] = ephemeral
		}
		all = append(all, m)
	}
	r.fields["messages"] = all
	if req.System == "" {
		return
	}
	system := fields{"type": "text", "text": req.System}
	if cached {
		system["cache_control"] = ephemeral
	}
	r.fields["system"] = []fields{system}
}

// ephemeral has the provider keep in its cache what comes up to a block.
var ephemeral = fields{"type": "ephemeral"}

// blocks are what Anthropic makes of a turn. It takes no empty text.
func (d anthropicChat) blocks(t rag.Turn) (all []fields) {
	for _, r := range t.Results {
		all = append(all, fields{"type": "tool_result", "tool_use_id": r.ID, "content": r.Text})
	}
	if t.Text != "" {
		all = append(all, fields{"type": "text", "text": t.Text})
	}
	for _, c := range t.Calls {
		all = append(all, fields{"type": "tool_use", "id": c.ID, "name": c.Name, "input": inputOf(c.Arguments)})
	}
	return all
}

// anthropicEvent is one of a stream.
type anthropicEvent struct {
	Type    string `json:"type"`
	Index   int    `json:"index"`
	Message struct {
		Usage anthropicUsage `json:"usage"`
	} `json:"message"`
	Block fields         `json:"content_block"`
	Delta fields         `json:"delta"`
	Usage anthropicUsage `json:"usage"`
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
		r.blocks[e.Index] = e.Block
	case "content_block_delta":
		return r.piece(e.Index, e.Delta), nil
	case "message_delta":
		p, reason := e.Usage.delta(), e.Delta["stop_reason"]
		if reason == "refusal" {
			return p, &Error{Kind: Withheld, Message: "refusal"}
		}
		said, _ := reason.(string)
		p.stop = stopReason(said)
		return p, nil
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
	p.unseen -= len(p.text)
	return p
}

func (r *anthropicReader) turn(string) (any, []rag.ToolCall) {
	var own []fields
	var calls []rag.ToolCall
	for _, i := range slices.Sorted(maps.Keys(r.blocks)) {
		b := r.blocks[i]
		if b == nil || b["type"] == "text" && (b["text"] == nil || b["text"] == "") {
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
			calls = append(calls, toolCall(id, name, input))
		}
		own = append(own, b)
	}
	return own, calls
}
