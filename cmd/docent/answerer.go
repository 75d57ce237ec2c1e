package main

import (
	"context"
	"maps"
	"slices"

	"docent/rag"
)

// answerer is what ask and chat put questions to: with a language model or
// without.
type answerer interface {
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Tell hands each claim to emit once it is verified.
	Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)
}

// answerer answers from the library as flags and configuration have it.
func (a *app) answerer(ctx context.Context, o *opened, l lookup) (answerer, error) {
	extractive := rag.Answerer{Retriever: o.retriever(), Threshold: l.threshold}
	if t := o.config.Answer.Threshold; t != nil && l.threshold == 0 {
		extractive.Threshold = *t
	}
	if l.noModel {
		return extractive, nil
	}
	model, err := a.model(o.config)
	if err != nil || model == nil {
		return extractive, err
	}
	stats, err := o.Stats(ctx)
	if err != nil {
		return nil, err
	}
	return rag.Writer{
		Answerer: extractive, Model: model, Languages: slices.Sorted(maps.Keys(stats.Languages)),
		Mark: o.config.Answer.Unsupported == markUnsupported, Cache: rag.NewCache(0),
	}, nil
}

// tellFailure says on standard error why a model that is configured did not
// write an answer: the answer itself is there, and says only that.
func (a *app) tellFailure(answer rag.Answer) {
	if answer.Failure != nil {
		a.warn("the language model: %v", answer.Failure)
	}
}
