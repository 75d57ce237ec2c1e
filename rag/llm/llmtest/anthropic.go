package llmtest

import (
	"cmp"
	"encoding/json"
)

// anthropic reads the messages of a request as Anthropic has them.
func (r Request) anthropic() Request {
	system := r.Fields["system"]
	r = r.openAI()
	r.System = ""
	field(Request{Fields: map[string]json.RawMessage{"system": system}}, "system", &r.System)
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
	in, out := tokens(append(c.request.Turns, c.request.System)...), tokens(c.reply.text())
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
	c.event("message_delta", object{
		"type": "message_delta", "delta": object{"stop_reason": cmp.Or(c.reply.Finish, "end_turn"), "stop_sequence": nil},
		"usage": object{"output_tokens": out},
	})
	c.event("message_stop", object{"type": "message_stop"})
}

// anthropicExtras are thoughts, in the open and not, and what may come.
func (c *conversation) anthropicExtras() {
	c.event("content_block_start", object{"type": "content_block_start", "index": 0, "content_block": object{"type": "thinking", "thinking": ""}})
	c.event("content_block_delta", object{"type": "content_block_delta", "index": 0, "delta": object{"type": "thinking_delta", "thinking": "Hmm."}})
	c.event("content_block_delta", object{"type": "content_block_delta", "index": 0, "delta": object{"type": "signature_delta", "signature": "c2ln"}})
	c.event("content_block_stop", object{"type": "content_block_stop", "index": 0})
	c.event("content_block_start", object{"type": "content_block_start", "index": 1, "content_block": object{"type": "redacted_thinking", "data": "eHh4"}})
	c.event("content_block_stop", object{"type": "content_block_stop", "index": 1})
	c.event("weather", object{"type": "weather", "sky": "blue"})
}
