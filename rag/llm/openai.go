package llm

import (
	"encoding/json"
	"net/http"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"
)

// openAIChat speaks OpenAI's chat completions, as streamed by nearly everyone:
// https://platform.openai.com/docs/api-reference/chat-streaming
type openAIChat struct{}

func (openAIChat) client(at *endpoint, x *roundTrip) (llms.Model, error) {
	return openai.New(openAIOptions(at, x)...)
}

func openAIOptions(at *endpoint, x *roundTrip) []openai.Option {
	key := string(at.key)
	if key == "" {
		key = "none" // langchaingo insists; roundTrip takes it out again
	}
	return []openai.Option{
		openai.WithToken(key), openai.WithModel(at.model), openai.WithEmbeddingModel(at.model), openai.WithBaseURL(at.baseURL),
		openai.WithOrganization(at.organization), openai.WithHTTPClient(x),
	}
}

func (openAIChat) edit(at *endpoint, fields map[string]json.RawMessage) {
	if n, ok := fields["max_completion_tokens"]; ok && !at.preset.newMaxTokens {
		fields["max_tokens"] = n
		delete(fields, "max_completion_tokens")
	}
	if at.preset.noStreamOptions {
		delete(fields, "stream_options")
	}
	at.setTemperature(fields)
}

// optional has what models that reason refuse, and what servers do that are
// older than it; OpenAI streams some models to verified organizations alone.
func (openAIChat) optional() []string {
	return []string{"temperature", "top_p", "max_tokens", "max_completion_tokens", "response_format", "stream_options", "stream"}
}

func (d openAIChat) receive(x *roundTrip, resp *http.Response) ([]byte, error) {
	switch {
	case isStream(resp):
		return []byte(openAIEnd), x.readStream(d.read, resp.Body)
	case isJSON(resp):
		return []byte(openAIEnd), x.readCompletion(d.read, resp.Body)
	}
	return nil, x.pageError(resp)
}

// openAIEnd is an answer of one letter, for langchaingo: the text was emitted
// before.
const openAIEnd = `data: {"choices":[{"delta":{"content":"."},"finish_reason":"stop"}]}

data: [DONE]

`

// openAIEvent is a chunk, or a whole completion, which has the message in one
// piece.
type openAIEvent struct {
	Choices []struct {
		Delta   openAIText `json:"delta"`
		Message openAIText `json:"message"`
		Finish  string     `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Input   int `json:"prompt_tokens"`
		Output  int `json:"completion_tokens"`
		Details struct {
			Cached int `json:"cached_tokens"`
		} `json:"prompt_tokens_details"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
	// Object is "error" where vLLM has one in place of the field.
	Object string `json:"object"`
}

type openAIText struct {
	Content string `json:"content"`
}

func (openAIChat) read(data []byte) (delta, error) {
	if string(data) == "[DONE]" {
		return delta{last: true}, nil
	}
	var e openAIEvent
	if err := json.Unmarshal(data, &e); err != nil {
		return delta{}, &Error{Kind: Garbled, Err: err, Message: "an event that is no JSON of a chat"}
	}
	if len(e.Error) > 0 && string(e.Error) != "null" || e.Object == "error" {
		return delta{}, &Error{Kind: Failing, Message: parseAPIError(data).message}
	}
	var p delta
	if e.Usage != nil {
		p.input, p.output, p.cached = e.Usage.Input, e.Usage.Output, e.Usage.Details.Cached
	}
	if len(e.Choices) == 0 {
		return p, nil
	}
	c := e.Choices[0]
	p.text, p.finished = c.Delta.Content+c.Message.Content, c.Finish != ""
	if c.Finish == "content_filter" {
		return p, &Error{Kind: Withheld, Message: "content filter"}
	}
	return p, nil
}
