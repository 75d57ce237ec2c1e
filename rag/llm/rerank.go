package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"docent/rag"
)

// Reranker orders texts with a provider's model made for that. It implements
// [rag.Reranker].
type Reranker struct{ *caller }

var _ rag.Reranker = Reranker{}

// What 0 means in a Config for a reranker: what waits for an order can do
// without it.
const (
	RerankTimeout  = 15 * time.Second
	RerankAttempts = 2
)

// OpenReranker makes a model for reranking ready, of a provider that Rerankers
// names. Config.MaxTokens means nothing to it.
func OpenReranker(c Config) (Reranker, error) {
	if !slices.Contains(Rerankers(), c.Provider) {
		return Reranker{}, fmt.Errorf("there is no provider %q that reranks; there are %s", c.Provider, strings.Join(Rerankers(), ", "))
	}
	c.Timeout, c.Attempts = cmp.Or(c.Timeout, RerankTimeout), cmp.Or(c.Attempts, RerankAttempts)
	calls, err := newCaller(c)
	return Reranker{calls}, err
}

// Rerank implements [rag.Reranker]. The usage stays with Config.Spent: it is not
// that of the model which answers.
//
// Hugging Face's text-embeddings-inference has a protocol of its own,
// https://huggingface.github.io/text-embeddings-inference; all others speak
// https://docs.cohere.com/reference/rerank, as do Jina (https://api.jina.ai/docs),
// vLLM, LiteLLM and llama.cpp.
func (r Reranker) Rerank(ctx context.Context, question string, texts []string) (order []int, _ rag.Usage, err error) {
	f := fields{"model": r.at.Model, "query": question, "documents": texts, "top_n": len(texts)}
	switch {
	case r.at.preset.protocol == teiAPI:
		f = fields{"query": question, "texts": texts, "truncate": true}
	case r.at.preset.echoes:
		f["return_documents"] = false
	}
	_, err = r.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		body, err := x.fetch(ctx, http.MethodPost, r.at.BaseURL+"/rerank", f, longestLine)
		if err == nil {
			order, err = x.order(body, len(texts))
		}
		return false, err
	})
	return order, rag.Usage{}, err
}

// ranking is an answer, of which text-embeddings-inference has the list alone.
type ranking struct {
	Results []struct {
		Index     *int    `json:"index"`
		Relevance float64 `json:"relevance_score"`
		Score     float64 `json:"score"`
	} `json:"results"`
	Usage struct {
		Tokens int `json:"total_tokens"`
	} `json:"usage"`
	Meta struct {
		Tokens struct {
			Input int `json:"input_tokens"`
		} `json:"tokens"`
	} `json:"meta"`
}

// order reads the scores of n texts, and puts their indexes in order.
func (x *roundTrip) order(body []byte, n int) ([]int, error) {
	var said ranking
	err := json.Unmarshal(body, &said)
	if x.at.preset.protocol == teiAPI {
		err = json.Unmarshal(body, &said.Results)
	}
	scores := said.Results
	if err != nil || len(scores) == 0 {
		return nil, x.without("no scores of texts", body, err)
	}
	var order []int
	of := make(map[int]float64)
	for _, s := range scores {
		if s.Index == nil || *s.Index < 0 || *s.Index >= n {
			return nil, x.fail(&Error{Kind: Garbled, Message: "the score of a text that was not sent"})
		}
		order, of[*s.Index] = append(order, *s.Index), s.Relevance+s.Score
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(of[b], of[a]) })
	x.count(delta{input: max(said.Usage.Tokens, said.Meta.Tokens.Input)})
	return order, nil
}
