package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"docent/rag"
)

// Reranker orders texts with a provider's model made for that. It implements
// [rag.Reranker].
type Reranker struct {
	*caller
	dialect reranking
}

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
	if err == nil && calls.at.preset.protocol == teiAPI {
		return Reranker{calls, teiRerank{}}, nil
	}
	return Reranker{calls, cohereRerank{}}, err
}

// Rerank implements [rag.Reranker]. The usage stays with Config.Spent: it is not
// that of the model which answers.
func (r Reranker) Rerank(ctx context.Context, question string, texts []string) (order []int, _ rag.Usage, err error) {
	_, err = r.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		body, err := x.post(ctx, "/rerank", r.dialect.request(r.at, question, texts), longestLine)
		if err == nil {
			order, err = x.order(r.dialect, body, len(texts))
		}
		return false, err
	})
	return order, rag.Usage{}, err
}

// order reads the scores of n texts, and puts their indexes in order.
func (x *roundTrip) order(d reranking, body []byte, n int) ([]int, error) {
	scores, tokens, err := d.scores(body)
	if err != nil || len(scores) == 0 {
		if words := parseAPIError(body); words.message != "" {
			return nil, x.fail(&Error{Kind: Failing, Message: words.message})
		}
		return nil, x.fail(&Error{Kind: Garbled, Message: "no scores of texts", Err: err})
	}
	slices.SortStableFunc(scores, func(a, b score) int { return cmp.Compare(b.of, a.of) })
	var order []int
	for _, s := range scores {
		if s.index == nil || *s.index < 0 || *s.index >= n {
			return nil, x.fail(&Error{Kind: Garbled, Message: "the score of a text that was not sent"})
		}
		order = append(order, *s.index)
	}
	x.count(delta{input: tokens})
	return order, nil
}

// reranking is a dialect in which texts are given scores.
type reranking interface {
	request(at *endpoint, question string, texts []string) fields
	// scores reads an answer, with the tokens that it says were read.
	scores(body []byte) (found []score, tokens int, err error)
}

// score is what a text got.
type score struct {
	index *int
	of    float64
}

// cohereRerank speaks https://docs.cohere.com/reference/rerank, as do Jina
// (https://api.jina.ai/docs), vLLM, LiteLLM and llama.cpp.
type cohereRerank struct{}

func (cohereRerank) request(at *endpoint, question string, texts []string) fields {
	fields := fields{"model": at.model, "query": question, "documents": texts, "top_n": len(texts)}
	if at.preset.echoes {
		fields["return_documents"] = false
	}
	return fields
}

func (cohereRerank) scores(body []byte) ([]score, int, error) {
	var said struct {
		Results []struct {
			Index *int    `json:"index"`
			Score float64 `json:"relevance_score"`
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
	err := json.Unmarshal(body, &said)
	found := make([]score, len(said.Results))
	for i, r := range said.Results {
		found[i] = score{index: r.Index, of: r.Score}
	}
	return found, max(said.Usage.Tokens, said.Meta.Tokens.Input), err
}

// teiRerank speaks as Hugging Face's text-embeddings-inference does:
// https://huggingface.github.io/text-embeddings-inference
type teiRerank struct{}

func (teiRerank) request(_ *endpoint, question string, texts []string) fields {
	return fields{"query": question, "texts": texts, "truncate": true}
}

func (teiRerank) scores(body []byte) ([]score, int, error) {
	var said []struct {
		Index *int    `json:"index"`
		Score float64 `json:"score"`
	}
	err := json.Unmarshal(body, &said)
	found := make([]score, len(said))
	for i, r := range said {
		found[i] = score{index: r.Index, of: r.Score}
	}
	return found, 0, err
}
