package llmtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Behaviour is what a model does with every request, before any reply.
type Behaviour struct {
	// Refuse are the parameters that it refuses, at any depth. Knows are all that
	// it knows, where it refuses others too.
	Refuse, Knows []string
	// Thought is how many tokens it thinks before it writes: where a request
	// leaves no room for more, nothing is written.
	Thought int
	// Window is how many tokens it reads at once.
	Window int
	// NoTools are the words in which it refuses tools, "" for none.
	NoTools string
	// Effortless refuses tools but with the effort none, as OpenAI does. Bound refuses
	// thoughts that are sent back.
	Effortless, Bound bool
	// Signed refuses what tools found without the thought that called them.
	Signed bool
	// Models is what OpenAI says of its models, Show and Running what Ollama does.
	Models        []map[string]any
	Show, Running map[string]any
}

// Behave gives the model a behaviour.
func (s *Server) Behave(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviour = b
}

// refusal is the reply to a request that the model does not take.
func (b Behaviour) refusal(r Request) (_ Reply, refused bool) {
	anthropic, bad := strings.HasSuffix(r.Path, "/messages"), Reply{Status: http.StatusBadRequest}
	for _, p := range b.Refuse {
		if r.has(p) {
			return r.refusal(p), true
		}
	}
	for name := range r.Fields {
		if b.Knows != nil && !slices.Contains(b.Knows, name) {
			bad.Message = "Unrecognized request argument supplied: " + name
			if anthropic {
				bad.Message = name + ": Extra inputs are not permitted"
			}
			return bad, true
		}
	}
	n := tokens(append(r.Turns, r.System)...)
	switch {
	case b.NoTools != "" && r.Tools != nil:
		bad.Message = b.NoTools
	case b.Effortless && r.Tools != nil && string(r.Fields["reasoning_effort"]) != `"none"`:
		bad.Param = "reasoning_effort"
		bad.Message = "Function tools with reasoning_effort are not supported for " + r.Model + " in /v1/chat/completions. " +
			"To use function tools, use /v1/responses or set reasoning_effort to 'none'."
	case b.Bound && strings.Contains(string(r.Fields["messages"]), signature):
		bad.Message = "messages.1.content.0: `thinking` blocks cannot be used in another conversation"
	case b.Signed && r.Results != nil && !strings.Contains(string(r.Fields["messages"]), signature):
		bad.Message = "messages.1.content.0: expected `thinking`, but found `tool_use`: the signature of the thought is missing"
	case b.Window == 0 || n <= b.Window:
		return bad, false
	case anthropic:
		bad.Message = fmt.Sprintf("prompt is too long: %d tokens > %d maximum", n, b.Window)
	default:
		bad.Code, bad.Param = "context_length_exceeded", "messages"
		bad.Message = fmt.Sprintf("This model's maximum context length is %d tokens. However, your messages resulted in %d tokens. "+
			"Please reduce the length of the messages.", b.Window, n)
	}
	return bad, true
}

const signature = "c2ln" // of a thought

// has reports whether a request has a parameter, at any depth.
func (r Request) has(name string) bool {
	for field, value := range r.Fields {
		if field == name || strings.Contains(string(value), `"`+name+`":`) {
			return true
		}
	}
	return false
}

// refusal is the reply to a request that has a parameter that is not taken.
func (r Request) refusal(p string) Reply {
	bad := Reply{Status: http.StatusBadRequest, Param: p, Code: "unsupported_parameter"}
	switch {
	case strings.HasSuffix(r.Path, "/messages"):
		return Reply{Status: http.StatusBadRequest, Message: "`" + p + "` is deprecated for this model."}
	case p == "temperature":
		bad.Code = "unsupported_value"
		bad.Message = "Unsupported value: 'temperature' does not support " + string(r.Fields[p]) + " with this model. Only the default (1) value is supported."
	case p == "max_tokens":
		bad.Message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
	default:
		bad.Message = "Unsupported parameter: '" + p + "' is not supported with this model."
	}
	return bad
}

// shortened cuts a reply where it is longer than the request allows.
func (b Behaviour) shortened(r Request, reply Reply) Reply {
	if b.Thought == 0 || reply.Status != 0 {
		return reply
	}
	reply.Reasoned = b.Thought
	if reply.Thought == "" {
		reply.Thought = "Hmm."
	}
	if left := max(0, r.MaxTokens-b.Thought); r.MaxTokens > 0 && left < len(reply.pieces()) {
		reply.Pieces, reply.Calls, reply.Finish = append([]string{}, reply.pieces()[:left]...), nil, "length"
		if strings.HasSuffix(r.Path, "/messages") {
			reply.Finish = "max_tokens"
		}
	}
	return reply
}

// list answers what is asked about models; nil where that is not known.
func (b Behaviour) list(path string) any {
	switch {
	case strings.HasSuffix(path, "/models") && b.Models != nil:
		return object{"object": "list", "data": b.Models}
	case strings.HasSuffix(path, "/api/show") && b.Show != nil:
		return b.Show
	case strings.HasSuffix(path, "/api/ps") && b.Running != nil:
		return b.Running
	}
	return nil
}
