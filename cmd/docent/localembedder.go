package main

import (
	"context"
	"errors"
	"fmt"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/embed/local"
	"docent/rag/llm"
)

// localProvider is the provider of models in folders.
const localProvider = "local"

// localConfig is the part of embedder: that is for a model in a folder. What is
// left out is as the folder's files have it, see local.Options.
//
//	provider: local
//	path: models/multilingual-e5-small   # relative to docent.yaml
//	file: onnx/encoder.onnx              # instead of model.onnx
//	pooling: mean                        # or cls, max, last
//	max-tokens: 256                      # where passages are cut
//	query-prefix: "query: "
//	passage-prefix: "passage: "
//	concurrency: 2                       # texts at once
type localConfig struct {
	Path      string `yaml:"path"`
	File      string `yaml:"file"`
	Pooling   string `yaml:"pooling"`
	MaxTokens int    `yaml:"max-tokens"`
}

var localKeys = []string{"path", "file", "pooling", "max-tokens"}

func (c embedderConfig) check() error {
	switch {
	case c == (embedderConfig{}):
		return nil
	case c.Provider == localProvider:
		return c.checkLocal()
	case c.localConfig != (localConfig{}):
		return fmt.Errorf("embedder: path, file, pooling and max-tokens are for the provider %s", localProvider)
	}
	if _, err := llm.FindPreset(c.Provider); err != nil {
		return fmt.Errorf("embedder: %w, and %s for a model in a folder", err, localProvider)
	}
	return c.providerConfig.check("embedder")
}

func (c embedderConfig) checkLocal() error {
	server := c.providerConfig
	server.Provider, server.Concurrency = "", 0
	switch {
	case server != (providerConfig{}) || c.Dimensions != 0 || c.Batch != 0:
		return fmt.Errorf("embedder: %s takes path, file, pooling, max-tokens, query-prefix, passage-prefix and concurrency, and nothing that is for a server", localProvider)
	case c.Path == "":
		return fmt.Errorf("embedder: path is missing: the folder of a model for %s", localProvider)
	case c.MaxTokens < 0 || c.Concurrency < 0:
		return errors.New("embedder: max-tokens and concurrency are not below 0")
	}
	return nil
}

// localEmbedder is the embedder of a model in a folder.
func (a *app) localEmbedder(ctx context.Context, c embedderConfig) (_ rag.Embedder, held closers, err error) {
	m, err := local.Open(ctx, c.Path, local.Options{
		File: c.File, Pooling: local.Pooling(c.Pooling), QueryPrefix: c.QueryPrefix, PassagePrefix: c.PassagePrefix,
		MaxTokens: c.MaxTokens, Concurrency: c.Concurrency,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	held = closers{m}
	options := m.Options()
	options.Log = a.log
	if options.Cache = a.embeddings(ctx); options.Cache != nil {
		held = append(held, options.Cache)
	}
	e, err := embed.NewAdapter(ctx, m, options)
	if err != nil {
		return nil, nil, errors.Join(err, held.Close())
	}
	return e, held, nil
}
