package llm

import (
	"encoding/json"
	"strings"

	"github.com/tmc/langchaingo/llms"
)

// dialect is a protocol in which models write.
type dialect interface {
	// path is where a request goes, below the endpoint's address.
	path() string
	// request writes down what is asked.
	request(at *endpoint, c chat, r *request)
	// reader reads one answer.
	reader() reader
}

// chat is what a model is asked in any protocol.
type chat struct {
	messages []llms.MessageContent
	options  llms.CallOptions
	// most bounds what is written, in tokens; 0 does not.
	most int
}

// SchemaKey is the metadata of a call, see llms.WithMetadata, that holds the JSON
// schema of the answer, for models that can be held to one.
const SchemaKey = "schema"

// reader understands the events of an answer, or the whole of one.
type reader interface {
	// read takes the data of an event. An *Error is why it cannot go on.
	read(data []byte) (delta, error)
	// turn is what the model said, as it wants to see it again, with the calls of
	// tools in it.
	turn(text string) (raw any, calls []llms.ToolCall)
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

// Why a model stops, in llms.ContentChoice.StopReason.
const (
	stopEnd    = "stop"
	stopLength = "length"
	stopCalls  = "tool_calls"
)

// stopReason puts both protocols' words for it in OpenAI's.
func stopReason(said string) string {
	switch said {
	case "", stopLength:
		return said
	case "max_tokens", "model_context_window_exceeded":
		return stopLength
	}
	return stopEnd
}

// raw is the part of a message that holds a turn as it came: langchaingo's messages
// have no place for signed thoughts.
func (m *Model) raw(turn any) llms.BinaryContent {
	data, _ := json.Marshal(turn) // it was JSON before
	return llms.BinaryContent{MIMEType: "application/x" + m.dialect.path(), Data: data}
}

// turnIn is such a part of a message, in the protocol of that path; nil for none.
func turnIn(path string, m llms.MessageContent) json.RawMessage {
	for _, raw := range partsOf[llms.BinaryContent](m) {
		if raw.MIMEType == "application/x"+path && json.Valid(raw.Data) {
			return raw.Data
		}
	}
	return nil
}

// textOf is the text of a message.
func textOf(m llms.MessageContent) string {
	var b strings.Builder
	for _, t := range partsOf[llms.TextContent](m) {
		b.WriteString(t.Text)
	}
	return b.String()
}

// partsOf are the parts of a message of one kind.
func partsOf[P llms.ContentPart](m llms.MessageContent) []P {
	var all []P
	for _, p := range m.Parts {
		if p, ok := p.(P); ok {
			all = append(all, p)
		}
	}
	return all
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

func functionCall(id, name, arguments string) llms.ToolCall {
	if arguments == "" {
		arguments = "{}"
	}
	return llms.ToolCall{ID: id, Type: "function", FunctionCall: &llms.FunctionCall{Name: name, Arguments: arguments}}
}
