package llm

import (
	"cmp"
	"encoding/json"

	"docent/rag"
)

// dialect is a protocol in which models write.
type dialect interface {
	// path is where a request goes, below the endpoint's address.
	path() string
	// request writes down what is asked, of at most so many tokens; 0 sets no bound.
	request(at *endpoint, req rag.ModelRequest, most int, r *request)
	// reader reads one answer.
	reader() reader
}

// reader understands the events of an answer, or the whole of one.
type reader interface {
	// read takes the data of an event. An *Error is why it cannot go on.
	read(data []byte) (delta, error)
	// turn is what the model said, as it wants to see it again, with its calls.
	turn(text string) (own any, calls []rag.ToolCall)
}

// delta is what one event of a stream brings.
type delta struct {
	text string
	// unseen counts bytes of thought and of calls.
	unseen int
	// input and output count tokens, where the event says so; 0 where not.
	// cached are those of the input that were read from a cache.
	input, output, cached int
	// stop is why the model has stopped, and the stream may end; last holds for
	// the event after which none comes.
	stop string
	last bool
}

// Why a model stops.
const (
	stopEnd    = "stop"
	stopLength = "length"
)

// stopReason puts both protocols' words for it in two.
func stopReason(said string) string {
	switch said {
	case "", stopLength:
		return said
	case "max_tokens", "model_context_window_exceeded":
		return stopLength
	}
	return stopEnd
}

// parameters describe what a tool takes, as a JSON schema.
func parameters(t rag.Tool) fields {
	properties, required := fields{}, []string{}
	for _, p := range t.Parameters {
		properties[p.Name] = fields{"type": "string", "description": p.Description}
		if p.Required {
			required = append(required, p.Name)
		}
	}
	return fields{"type": "object", "properties": properties, "required": required}
}

// inputOf makes an object of the arguments of a call, also where the model wrote
// something else.
func inputOf(arguments string) json.RawMessage {
	var object fields
	if json.Unmarshal([]byte(arguments), &object) != nil || object == nil {
		return json.RawMessage("{}")
	}
	return json.RawMessage(arguments)
}

func toolCall(id, name, arguments string) rag.ToolCall {
	return rag.ToolCall{ID: id, Name: name, Arguments: cmp.Or(arguments, "{}")}
}
