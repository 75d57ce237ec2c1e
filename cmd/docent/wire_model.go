package main

import (
	"context"
	"errors"
	"fmt"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/llm"
)

// model opens the language model of the configuration; nil where it has none.
func (a *app) model(c config) (*llm.Model, error) {
	if c.Model.Provider == "" {
		return nil, nil
	}
	full, err := a.provider(c.Model.providerConfig)
	if err != nil {
		return nil, fmt.Errorf("the language model: %w", err)
	}
	full.MaxTokens, full.Temperature = c.Model.MaxTokens, c.Model.Temperature
	full.Context, full.ReasoningEffort = c.Model.Context, c.Model.Effort
	full.NoTools = c.Model.Tools != nil && !*c.Model.Tools
	return llm.Open(full)
}

// embedder is the one that libraries are made and searched with. What it holds
// open is closed by the caller.
func (a *app) embedder(ctx context.Context, c config) (_ rag.Embedder, held closers, err error) {
	if c.Embedder.Provider == "" {
		return embed.NewBuiltin(), nil, nil
	}
	full, err := a.provider(c.Embedder.providerConfig)
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	client, err := llm.OpenEmbeddings(full, c.Embedder.Dimensions)
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	held = closers{client}
	options := embed.AdapterOptions{
		Model: c.Embedder.Model, Dimension: c.Embedder.Dimensions, Batch: c.Embedder.Batch,
		QueryPrefix: c.Embedder.QueryPrefix, PassagePrefix: c.Embedder.PassagePrefix, Log: a.log,
	}
	if options.Cache = a.embeddings(ctx); options.Cache != nil {
		held = append(held, options.Cache)
	}
	e, err := embed.NewAdapter(ctx, client, options)
	if err != nil {
		return nil, nil, errors.Join(err, held.Close())
	}
	return e, held, nil
}

// embeddings is the cache of them, nil where there can be none: it saves work,
// and its absence is no reason to stop.
func (a *app) embeddings(ctx context.Context) *embed.Cache {
	path := a.cached("embeddings.db")
	if path == "" {
		return nil
	}
	cache, err := embed.OpenCache(ctx, path)
	if err != nil {
		a.log.Warn("embeddings are not kept", "error", err)
		return nil
	}
	return cache
}
