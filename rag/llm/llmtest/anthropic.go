package llmtest

import (
	"cmp"
)

// anthropic reads the messages of a request as Anthropic has them.
func (r Request) anthropic() Request {
	var system any
	field(r, "system", &system)
	r = r.openAI()
	r.System = plain(system)
	r.Tools = nil
	var tools []struct {
		Name string `json:"name"`
	}
	field(r, "tools", &tools)
	for _, t := range tools {
		r.Tools = append(r.Tools, t.Name)
	}
	var messages []struct {
		Content []struct {
			Type    string `json:"type"`
			ID      string `json:"tool_use_id"`
			Content any    `json:"content"`
		} `json:"content"`
	}
	field(r, "messages", &messages)
	if len(messages) > 0 {
		for _, b := range messages[len(messages)-1].Content {
			if b.Type == "tool_result" {
				r.result(b.ID, plain(b.Content))
			}
		}
	}
	return r
}

// anthropicMessages answers https://docs.anthropic.com/en/api/messages
func anthropicMessages(c *conversation) {
	kinds := map[int]string{400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}
	kind := cmp.Or(kinds[c.reply.Status], "api_error")
	if c.failed(object{"type": "error", "error": object{"type": kind, "message": c.reply.Message}, "request_id": "req_1"}) {
		return
	}
	if c.reply.Fault == Page || c.reply.Fault == NoStream {
		c.page()
		return
	}
	c.anthropicStream()
}

func (c *conversation) anthropicStream() {
	c.w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	in, out := tokens(append(c.request.Turns, c.request.System)...), tokens(c.reply.text())+c.reply.Reasoned
	c.event("message_start", object{"type": "message_start", "message": object{
		"id": "msg_1", "type": "message", "role": "assistant", "content": []any{}, "model": c.request.Model,
		"stop_reason": nil, "stop_sequence": nil, "usage": object{
			"input_tokens": in - c.reply.Cached, "cache_creation_input_tokens": 0, "cache_read_input_tokens": c.reply.Cached, "output_tokens": 1,
		},
	}})
	index := 0
	if c.reply.Fault == Extras {
		c.anthropicExtras()
		index = 2
	}
	if c.reply.Thought != "" {
		c.anthropicThought(index)
		index++
	}
	c.event("content_block_start", object{"type": "content_block_start", "index": index, "content_block": object{"type": "text", "text": ""}})
	c.event("ping", object{"type": "ping"})
	if !c.stream(
		func(p string) {
			c.event("content_block_delta", object{"type": "content_block_delta", "index": index, "delta": object{"type": "text_delta", "text": p}})
		},
		func() {
			c.event("error", object{"type": "error", "error": object{"type": "overloaded_error", "message": "Overloaded"}})
		},
	) {
		return
	}
	c.event("content_block_stop", object{"type": "content_block_stop", "index": index})
	c.anthropicCalls(index + 1)
	c.event("message_delta", object{
		"type": "message_delta", "delta": object{"stop_reason": c.reply.finish("end_turn", "tool_use"), "stop_sequence": nil},
		"usage": object{"output_tokens": out},
	})
	c.event("message_stop", object{"type": "message_stop"})
}

// anthropicCalls are calls of tools, whose arguments come in pieces.
func (c *conversation) anthropicCalls(index int) {
	for i, call := range c.reply.Calls {
		c.event("content_block_start", object{"type": "content_block_start", "index": index + i, "content_block": object{
			"type": "tool_use", "id": call.ID, "name": call.Name, "input": object{},
		}})
		for _, half := range halves(call.Arguments) {
			c.event("content_block_delta", object{"type": "content_block_delta", "index": index + i, "delta": object{"type": "input_json_delta", "partial_json": half}})
		}
		c.event("content_block_stop", object{"type": "content_block_stop", "index": index + i})
	}
}

// anthropicThought is a thought in the open, signed.
func (c *conversation) anthropicThought(index int) {
	delta := func(d object) {
		c.event("content_block_delta", object{"type": "content_block_delta", "index": index, "delta": d})
	}
	c.event("content_block_start", object{"type": "content_block_start", "index": index, "content_block": object{"type": "thinking", "thinking": ""}})
	delta(object{"type": "thinking_delta", "thinking": cmp.Or(c.reply.Thought, "Hmm.")})
	delta(object{"type": "signature_delta", "signature": signature})
	c.event("content_block_stop", object{"type": "content_block_stop", "index": index})
}

// anthropicExtras are thoughts, in the open and not, and what may come.
func (c *conversation) anthropicExtras() {
	c.anthropicThought(0)
	c.event("content_block_start", object{"type": "content_block_start", "index": 1, "content_block": object{"type": "redacted_thinking", "data": "eHh4"}})
	c.event("content_block_stop", object{"type": "content_block_stop", "index": 1})
	c.event("weather", object{"type": "weather", "sky": "blue"})
}
