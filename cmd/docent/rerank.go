package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"go.yaml.in/yaml/v3"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/llm"
	"docent/rag/retrieve"
)

// rerankConfig is rerank: in docent.yaml, which puts the passages found in order:
// a provider's model made for that, or the word model for the language model
// itself. Without either they stand as they were found.
type rerankConfig struct {
	providerConfig
	byModel bool
}

// UnmarshalYAML implements yaml.Unmarshaler.
func (c *rerankConfig) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return n.Decode(&c.providerConfig)
	}
	if c.byModel = n.Value == "model"; !c.byModel {
		return fmt.Errorf("line %d: rerank is the word model, or has a provider and a model, not %q", n.Line, n.Value)
	}
	return nil
}

// check says what is wrong with it, where docent.yaml has a language model or
// not.
func (c rerankConfig) check(hasModel bool) error {
	if c.byModel && !hasModel {
		return errors.New("rerank: model is for a language model, and model: names none")
	}
	return c.providerConfig.check("rerank")
}

// reranker opens the model that puts passages in order.
func (a *app) reranker(c rerankConfig) (llm.Reranker, error) {
	full, err := a.provider(c.providerConfig)
	if err != nil {
		return llm.Reranker{}, fmt.Errorf("the reranker: %w", err)
	}
	return llm.OpenReranker(full)
}

// retriever searches the library, and puts what it finds in order where
// docent.yaml has it so. The model and the cache are for its orders and may be
// nil.
func (a *app) retriever(s *session, model *llm.Model, cache *rag.Cache) (retrieve.Retriever, error) {
	r := s.retriever()
	switch c := s.config.Rerank; {
	case c.Provider != "":
		reranker, err := a.reranker(c)
		if err != nil {
			return r, err
		}
		s.held = append(s.held, reranker)
		r.Reranker = loggedReranker{reranker, a.log}
	case c.byModel && model != nil:
		r.Reranker = loggedReranker{answer.ModelReranker{Model: model, Cache: cache}, a.log}
	}
	return r, nil
}

// loggedReranker tells operators what an answer can do without.
type loggedReranker struct {
	rag.Reranker
	log *slog.Logger
}

// Rerank implements rag.Reranker.
func (r loggedReranker) Rerank(ctx context.Context, question string, texts []string) ([]int, rag.Usage, error) {
	order, usage, err := r.Reranker.Rerank(ctx, question, texts)
	if err != nil && ctx.Err() == nil {
		r.log.WarnContext(ctx, "the passages stand as they were found", "error", err)
	}
	return order, usage, err
}
