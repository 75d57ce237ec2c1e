package llm

import (
	"encoding/json"
	"net/http"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/anthropic"
)

// anthropicChat speaks Anthropic's messages:
// https://docs.anthropic.com/en/api/messages-streaming
type anthropicChat struct{}

func (anthropicChat) client(at *endpoint, x *roundTrip) (llms.Model, error) {
	key := string(at.key)
	if key == "" {
		key = "none" // as in openAIOptions
	}
	return anthropic.New(anthropic.WithToken(key), anthropic.WithModel(at.model), anthropic.WithBaseURL(at.baseURL), anthropic.WithHTTPClient(x))
}

func (anthropicChat) edit(at *endpoint, fields map[string]json.RawMessage) { at.setTemperature(fields) }

// optional leaves out max_tokens, which every request must have, and stream,
// since an answer in one piece is not read.
func (anthropicChat) optional() []string { return []string{"temperature", "top_p"} }

func (d anthropicChat) receive(x *roundTrip, resp *http.Response) ([]byte, error) {
	if isStream(resp) {
		return []byte(anthropicEnd), x.readStream(d.read, resp.Body)
	}
	return nil, x.pageError(resp)
}

// anthropicEnd is an answer of one letter, for langchaingo: the text was emitted
// before.
const anthropicEnd = `data: {"type":"content_block_start","index":0,"content_block":{"type":"text"}}

data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"."}}

data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}

data: {"type":"message_stop"}

`

type anthropicEvent struct {
	Type    string `json:"type"`
	Message struct {
		Usage anthropicUsage `json:"usage"`
	} `json:"message"`
	Delta struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Reason string `json:"stop_reason"`
	} `json:"delta"`
	Usage anthropicUsage `json:"usage"`
	Error struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	} `json:"error"`
}

// anthropicUsage counts what was read from and written to a cache apart.
type anthropicUsage struct {
	Input   int `json:"input_tokens"`
	Created int `json:"cache_creation_input_tokens"`
	Cached  int `json:"cache_read_input_tokens"`
	Output  int `json:"output_tokens"`
}

// read takes the text and leaves out what else there is: thoughts, tools, and
// kinds of events that are yet to come.
func (anthropicChat) read(data []byte) (delta, error) {
	var e anthropicEvent
	if err := json.Unmarshal(data, &e); err != nil || e.Type == "" {
		return delta{}, &Error{Kind: Garbled, Err: err, Message: "an event that is no JSON of a message"}
	}
	switch e.Type {
	case "message_start":
		return e.Message.Usage.delta(), nil
	case "content_block_delta":
		if e.Delta.Type == "text_delta" {
			return delta{text: e.Delta.Text}, nil
		}
	case "message_delta":
		if e.Delta.Reason == "refusal" {
			return delta{}, &Error{Kind: Withheld, Message: "refusal"}
		}
		return e.Usage.delta(), nil
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

func (u anthropicUsage) delta() delta {
	return delta{input: u.Input + u.Created + u.Cached, output: u.Output, cached: u.Cached}
}
