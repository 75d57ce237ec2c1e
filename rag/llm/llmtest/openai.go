package llmtest

import (
	"net/http"
	"strings"
)

// openAI reads the messages of a request as OpenAI has them.
func (r Request) openAI() Request {
	var messages []struct {
		Role    string `json:"role"`
		Content any    `json:"content"`
		ID      string `json:"tool_call_id"`
	}
	field(r, "messages", &messages)
	for _, m := range messages {
		switch {
		case m.Role == "system":
			r.System = plain(m.Content)
			continue
		case m.Role == "tool":
			r.result(m.ID, plain(m.Content))
		case m.Role == "assistant":
			r.Results = nil
		}
		r.Turns = append(r.Turns, plain(m.Content))
	}
	var tools []struct {
		Function struct {
			Name string `json:"name"`
		} `json:"function"`
	}
	field(r, "tools", &tools)
	for _, t := range tools {
		r.Tools = append(r.Tools, t.Function.Name)
	}
	field(r, "max_tokens", &r.MaxTokens)
	field(r, "max_completion_tokens", &r.MaxTokens)
	return r
}

func (r *Request) result(id, text string) {
	if r.Results == nil {
		r.Results = make(map[string]string)
	}
	r.Results[id] = text
}

// plain is the text of a message, which may be in a list of parts.
func plain(content any) string {
	switch content := content.(type) {
	case string:
		return content
	case []any:
		var b strings.Builder
		for _, part := range content {
			if p, ok := part.(object); ok {
				text, _ := p["text"].(string)
				b.WriteString(text)
			}
		}
		return b.String()
	}
	return ""
}

func (c *conversation) openAIError() object {
	code, param := any(nil), any(nil)
	if c.reply.Code != "" {
		code = c.reply.Code
	}
	if c.reply.Param != "" {
		param = c.reply.Param
	}
	return object{"error": object{"message": c.reply.Message, "type": "error", "param": param, "code": code}}
}

// openAIChat answers https://platform.openai.com/docs/api-reference/chat
func openAIChat(c *conversation) {
	if c.failed(c.openAIError()) {
		return
	}
	var streams bool
	field(c.request, "stream", &streams)
	switch {
	case c.reply.Fault == Page:
		c.page()
	case !streams, c.reply.Fault == NoStream:
		c.json(http.StatusOK, object{
			"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": c.request.Model,
			"choices": []any{object{
				"index": 0, "message": c.openAIMessage(),
				"finish_reason": c.reply.finish("stop", "tool_calls"),
			}},
			"usage": c.openAIUsage(),
		})
	default:
		c.openAIStream()
	}
}

// content is a text, or the parts of one.
func (r Reply) content(text string) any {
	if !r.Parts {
		return text
	}
	return []any{object{"type": "thinking", "thinking": []any{object{"type": "text", "text": "Hmm."}}}, object{"type": "text", "text": text}}
}

func (c *conversation) openAIMessage() object {
	m := object{"role": "assistant", "content": c.reply.content(c.reply.text()), "refusal": nil}
	if c.reply.Refusal != "" {
		m["content"], m["refusal"] = nil, c.reply.Refusal
	}
	if c.reply.Thought != "" {
		m["reasoning_content"] = c.reply.Thought + " " + signature
	}
	var calls []any
	for _, call := range c.reply.Calls {
		calls = append(calls, object{"id": call.ID, "type": "function", "function": object{"name": call.Name, "arguments": call.Arguments}})
	}
	if calls != nil {
		m["tool_calls"] = calls
	}
	return m
}

func (c *conversation) openAIErrorEvent() {
	words := object{"message": "CUDA out of memory", "code": 500}
	if c.reply.Fault != ErrorObject {
		c.event("", object{"error": words})
		return
	}
	words["object"] = "error"
	c.event("", words)
	c.event("", "[DONE]")
}

func (c *conversation) openAIUsage() object {
	in, out := tokens(append(c.request.Turns, c.request.System)...), tokens(c.reply.text())+c.reply.Reasoned
	return object{
		"prompt_tokens": in, "completion_tokens": out, "total_tokens": in + out,
		"completion_tokens_details": object{"reasoning_tokens": c.reply.Reasoned},
		"prompt_tokens_details":     object{"cached_tokens": c.reply.Cached, "audio_tokens": 0},
	}
}

func (c *conversation) openAIStream() {
	c.w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	chunk := func(choices ...any) object {
		return object{
			"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1700000000, "model": c.request.Model,
			"system_fingerprint": "fp_1", "choices": append([]any{}, choices...), "usage": nil,
		}
	}
	delta := func(d object, finish any) object {
		return chunk(object{"index": 0, "delta": d, "logprobs": nil, "finish_reason": finish})
	}
	c.event("", delta(object{"role": "assistant", "content": ""}, nil))
	if c.reply.Fault == Extras {
		_, _ = c.w.Write([]byte(": keep-alive\n\nretry: 3000\n\n"))
		c.event("", delta(object{"reasoning_content": "Hmm."}, nil))
		c.event("", delta(object{"content": nil, "audio": object{"id": "a"}}, nil))
	}
	if c.reply.Thought != "" {
		c.event("", delta(object{"reasoning_content": c.reply.Thought + " " + signature}, nil))
	}
	if !c.stream(
		func(p string) { c.event("", delta(object{"content": c.reply.content(p)}, nil)) },
		c.openAIErrorEvent,
	) {
		return
	}
	if c.reply.Refusal != "" {
		c.event("", delta(object{"refusal": c.reply.Refusal}, nil))
	}
	for i, call := range c.reply.Calls {
		c.event("", delta(object{"tool_calls": []any{object{
			"index": i, "id": call.ID, "type": "function", "function": object{"name": call.Name, "arguments": ""},
		}}}, nil))
		for _, half := range halves(call.Arguments) {
			c.event("", delta(object{"tool_calls": []any{object{"index": i, "function": object{"arguments": half}}}}, nil))
		}
	}
	c.event("", delta(object{}, c.reply.finish("stop", "tool_calls")))
	var options struct {
		Usage bool `json:"include_usage"`
	}
	field(c.request, "stream_options", &options)
	if options.Usage {
		last := chunk()
		last["usage"] = c.openAIUsage()
		c.event("", last)
	}
	c.event("", "[DONE]")
}
