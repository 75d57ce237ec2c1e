package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/tmc/langchaingo/llms/openai"
)

// Embeddings turns texts into vectors with a provider's model. It implements
// langchaingo's EmbedderClient, and docent/rag/embed makes an embedder of it.
type Embeddings struct{ *caller }

// OpenEmbeddings makes a model of embeddings ready, of a provider that speaks
// OpenAI's protocol. Config.MaxTokens and Temperature mean nothing to it;
// dimensions asks for vectors of another length than the model's own, 0 does
// not.
func OpenEmbeddings(c Config, dimensions int) (Embeddings, error) {
	calls, err := newCaller(c, func(p protocol) (dialect, error) {
		if p != openAI {
			return nil, fmt.Errorf("%s has no embeddings", c.Provider)
		}
		return openAIEmbeddings{dimensions: dimensions}, nil
	})
	return Embeddings{calls}, err
}

// CreateEmbedding returns a vector for each text, in order. All texts go in one
// request.
func (e Embeddings) CreateEmbedding(ctx context.Context, texts []string) ([][]float32, error) {
	var vectors [][]float32
	_, err := e.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		client, err := openai.New(openAIOptions(e.at, x)...)
		if err != nil {
			return false, err
		}
		vectors, err = client.CreateEmbedding(ctx, texts)
		if err == nil && len(vectors) != len(texts) {
			err = e.at.error(Garbled, fmt.Sprintf("%d vectors for %d texts", len(vectors), len(texts)))
		}
		return false, err
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// openAIEmbeddings speaks https://platform.openai.com/docs/api-reference/embeddings
type openAIEmbeddings struct{ dimensions int }

func (d openAIEmbeddings) edit(_ *endpoint, fields map[string]json.RawMessage) {
	if d.dimensions > 0 {
		fields["dimensions"] = fmt.Append(nil, d.dimensions)
	}
}

func (openAIEmbeddings) optional() []string { return nil }

// longestVectors bounds an answer, in bytes: 2000 vectors of 3000 numbers.
const longestVectors = 128 << 20

// receive puts the vectors in the order of the texts, which langchaingo takes
// for granted, and fails where one is missing.
func (openAIEmbeddings) receive(x *roundTrip, resp *http.Response) ([]byte, error) {
	data, err := x.readAll(resp.Body, longestVectors)
	if err != nil {
		return nil, x.broken(Cut, err)
	}
	var said openAIVectors
	if err := json.Unmarshal(data, &said); err != nil || len(said.Data) == 0 {
		if words := parseAPIError(data); words.message != "" {
			return nil, x.fail(&Error{Kind: Failing, Message: words.message})
		}
		return nil, x.fail(&Error{Kind: Garbled, Message: "no vectors", Err: err})
	}
	// Servers that number nothing leave all at 0, and in order.
	slices.SortStableFunc(said.Data, func(a, b openAIVector) int { return cmp.Compare(a.Index, b.Index) })
	x.count(delta{input: said.Usage.Input})
	x.complete()
	return json.Marshal(said)
}

type openAIVectors struct {
	Data  []openAIVector `json:"data"`
	Usage struct {
		Input int `json:"prompt_tokens"`
	} `json:"usage"`
}

type openAIVector struct {
	Index     int             `json:"index"`
	Embedding json.RawMessage `json:"embedding"`
}
