package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/embed/local"
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
	return llm.Open(full)
}

// embedder is the one that libraries are made and searched with. What it holds
// open is closed by the caller.
func (a *app) embedder(ctx context.Context, c config) (_ rag.Embedder, held closers, err error) {
	if c.Embedder.Provider == "" {
		return embed.NewBuiltin(), nil, nil
	}
	client, options, err := a.embeddingsOf(ctx, c.Embedder)
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	held = closers{client}
	options.Log = a.log
	if options.Cache = a.embeddings(ctx); options.Cache != nil {
		held = append(held, options.Cache)
	}
	e, err := embed.NewAdapter(ctx, client, options)
	if err != nil {
		return nil, nil, errors.Join(err, held.Close())
	}
	return e, held, nil
}

type closingClient interface {
	embed.Client
	io.Closer
}

// embeddingsOf opens the model that makes embeddings: one in a folder, or a
// provider's.
func (a *app) embeddingsOf(ctx context.Context, c embedderConfig) (closingClient, embed.AdapterOptions, error) {
	if c.Provider == localProvider {
		m, err := local.Open(ctx, c.Path, local.Options{
			File: c.File, Pooling: local.Pooling(c.Pooling), QueryPrefix: c.QueryPrefix, PassagePrefix: c.PassagePrefix,
			MaxTokens: c.MaxTokens, Concurrency: c.Concurrency,
		})
		if err != nil {
			return nil, embed.AdapterOptions{}, err
		}
		return m, m.Options(), nil
	}
	options := embed.AdapterOptions{
		Model: c.Model, Dimension: c.Dimensions, Batch: c.Batch, QueryPrefix: c.QueryPrefix, PassagePrefix: c.PassagePrefix,
	}
	full, err := a.provider(c.providerConfig)
	if err != nil {
		return nil, options, err
	}
	client, err := llm.OpenEmbeddings(full, c.Dimensions)
	return client, options, err
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
