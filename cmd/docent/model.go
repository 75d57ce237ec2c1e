package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"

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
	return llm.Open(full)
}

// embedder is the one that libraries are made and searched with. What it holds
// open is closed by the caller.
func (a *app) embedder(ctx context.Context, c config) (_ rag.Embedder, held closers, err error) {
	if c.Embedder.Provider == "" {
		return embed.NewBuiltin(), nil, nil
	}
	if c.Embedder.Provider == localProvider {
		return a.localEmbedder(ctx, c.Embedder)
	}
	full, err := a.provider(c.Embedder.providerConfig)
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	client, err := llm.OpenEmbeddings(full, c.Embedder.Dimensions)
	if err != nil {
		return nil, nil, fmt.Errorf("the embedder: %w", err)
	}
	held = append(held, client)
	cache := a.embeddings(ctx)
	if cache != nil {
		held = append(held, cache)
	}
	e, err := embed.NewAdapter(ctx, client, embed.AdapterOptions{
		Model: c.Embedder.Model, Dimension: c.Embedder.Dimensions, Batch: c.Embedder.Batch,
		QueryPrefix: c.Embedder.QueryPrefix, PassagePrefix: c.Embedder.PassagePrefix, Cache: cache, Log: a.log,
	})
	if err != nil {
		_ = held.Close() // the error that matters is the first
		return nil, nil, err
	}
	return e, held, nil
}

// embeddings is the cache of them, nil where there can be none: it saves work,
// and its absence is no reason to stop.
func (a *app) embeddings(ctx context.Context) *embed.Cache {
	dir, err := cacheDir(runtime.GOOS, a.getenv)
	if err != nil {
		return nil
	}
	cache, err := embed.OpenCache(ctx, filepath.Join(dir, "docent", "embeddings.db"))
	if err != nil {
		a.log.Warn("embeddings are not kept", "error", err)
		return nil
	}
	return cache
}

// closers are closed together, last first.
type closers []io.Closer

// Close returns the first error.
func (c closers) Close() (err error) {
	for i := len(c) - 1; i >= 0; i-- {
		if closed := c[i].Close(); err == nil {
			err = closed
		}
	}
	return err
}

// modelHint says how to mend what keeps a model from answering.
func modelHint(e *llm.Error) string {
	preset, err := llm.FindPreset(e.Provider)
	if err != nil {
		return ""
	}
	switch e.Kind {
	case llm.Unreachable:
		return unreachableHint(preset)
	case llm.Denied:
		if len(preset.KeyVariables) == 0 {
			return "name a file that holds the server's key with key-file: in docent.yaml"
		}
		return fmt.Sprintf("check the key in %s, or in key-file: of docent.yaml, and what it may be used for", preset.KeyVariables[0])
	case llm.Unknown:
		if e.Provider == "ollama" {
			return "get the model with: ollama pull " + e.Model
		}
		return "check model: and url: in docent.yaml; the address goes up to and with the version, as in /v1"
	case llm.Overloaded:
		return "try again later, or lower concurrency: in docent.yaml"
	case llm.Silent, llm.Slow:
		return "give it more time with silence: and timeout: in docent.yaml, or take a smaller model"
	case llm.Garbled:
		return "check url: in docent.yaml: it is of an API, up to and with the version, as in /v1"
	case llm.Failing, llm.Cut, llm.Empty, llm.Resting:
		return "try again later; the provider's own log may say more"
	}
	return "check model: in docent.yaml against what the provider says"
}

func unreachableHint(p llm.Preset) string {
	switch {
	case p.Name == "ollama":
		return "start it with: ollama serve; or say where it is with OLLAMA_HOST or url: in docent.yaml"
	case p.NeedsKey:
		return "check the network, and url: in docent.yaml"
	}
	return "start the server, or say where it is with url: in docent.yaml"
}
