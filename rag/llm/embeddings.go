package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// Embeddings turns texts into vectors with a provider's model. It implements
// langchaingo's EmbedderClient, and docent/rag/embed makes an embedder of it.
type Embeddings struct {
	*caller
	dimensions int
}

// OpenEmbeddings makes a model of embeddings ready, of a provider that speaks
// OpenAI's protocol. Config.MaxTokens and Temperature mean nothing to it;
// dimensions asks for vectors of another length than the model's own, 0 does
// not.
func OpenEmbeddings(c Config, dimensions int) (Embeddings, error) {
	calls, err := newCaller(c)
	if err == nil && calls.at.preset.protocol != openAI {
		err = fmt.Errorf("%s has no embeddings", c.Provider)
	}
	return Embeddings{calls, dimensions}, err
}

// CreateEmbedding returns a vector for each text, in order. All texts go in one
// request, see https://platform.openai.com/docs/api-reference/embeddings
func (e Embeddings) CreateEmbedding(ctx context.Context, texts []string) (vectors [][]float32, err error) {
	f := fields{"model": e.at.Model, "input": texts}
	if e.dimensions > 0 {
		f["dimensions"] = e.dimensions
	}
	_, err = e.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		data, err := x.fetch(ctx, http.MethodPost, e.at.BaseURL+"/embeddings", f, longestVectors)
		if err == nil {
			vectors, err = x.vectors(data, len(texts))
		}
		return false, err
	})
	return vectors, err
}

// longestVectors bounds an answer, in bytes: 2000 vectors of 3000 numbers.
const longestVectors = 128 << 20

// vectors reads n of them, and puts them in the order of the texts.
func (x *roundTrip) vectors(data []byte, n int) ([][]float32, error) {
	var said openAIVectors
	if err := json.Unmarshal(data, &said); err != nil || len(said.Data) == 0 {
		return nil, x.without("no vectors", data, err)
	}
	if len(said.Data) != n {
		return nil, x.fail(&Error{Kind: Garbled, Message: fmt.Sprintf("%d vectors for %d texts", len(said.Data), n)})
	}
	// Servers that number nothing leave all at 0, and in order.
	slices.SortStableFunc(said.Data, func(a, b openAIVector) int { return cmp.Compare(a.Index, b.Index) })
	x.count(delta{input: said.Usage.Input})
	vectors := make([][]float32, n)
	for i, v := range said.Data {
		vectors[i] = v.Embedding
	}
	return vectors, nil
}

type openAIVectors struct {
	Data  []openAIVector `json:"data"`
	Usage struct {
		Input int `json:"prompt_tokens"`
	} `json:"usage"`
}

type openAIVector struct {
	Index     int       `json:"index"`
	Embedding []float32 `json:"embedding"`
}
