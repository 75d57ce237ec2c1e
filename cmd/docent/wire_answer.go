package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/converse"
	"docent/rag/embed"
	"docent/rag/llm"
	"docent/rag/retrieve"
)

// answerer is what ask and chat put questions to: with a language model or
// without.
type answerer interface {
	Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error)
	// Tell hands each claim to emit once it is verified.
	Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)
}

// answerer answers from the library as flags and configuration have it.
func (a *app) answerer(s *session, f queryFlags) (answerer, error) {
	retriever, err := a.retriever(s)
	if err != nil {
		return nil, err
	}
	sentences := extractive(s, retriever, f.threshold)
	messages := converse.Answerer{Inner: sentences, Searcher: retriever, Library: s, Embedder: s.embedder, Locale: a.locale()}
	if f.noModel {
		return messages, nil
	}
	model, err := a.modelOf(s)
	if model == nil || err != nil {
		return messages, err
	}
	c := s.config
	provider, err := a.provider(c.Model.providerConfig)
	if err != nil {
		return messages, err
	}
	budget, err := a.budget(c)
	if err != nil {
		return messages, err
	}
	messages.Writer = answer.Writer{
		Answerer: sentences, Model: model, Rounds: c.Answer.Rounds, Time: c.Answer.Time, Withheld: c.withheld(provider.BaseURL),
		Sent: a.usageLog().Sent(model.Name()), Budget: budget, Judge: judgings[c.Model.Judge], Cache: rag.NewCache(0),
	}
	return messages, nil
}

// locale is the language of who uses the terminal, as the environment has it: "fr"
// of "fr_FR.UTF-8", "" where it says nothing.
func (a *app) locale() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := a.getenv(name); value != "" {
			language, _, _ := strings.Cut(value, "_")
			if len(language) == 2 {
				return strings.ToLower(language)
			}
			return ""
		}
	}
	return ""
}

// extractive answers in the documents' own sentences, with the threshold or, for
// 0, that of the configuration.
func extractive(s *session, retriever retrieve.Retriever, threshold float64) answer.Answerer {
	if t := s.config.Answer.Threshold; t != nil && threshold == 0 {
		threshold = *t
	}
	return answer.Answerer{Retriever: retriever, Threshold: threshold, Words: embed.NewBuiltin()}
}

// modelOf opens the language model for as long as the library is open; nil
// where none is configured.
func (a *app) modelOf(s *session) (*llm.Model, error) {
	model, err := a.model(s.config)
	if model != nil {
		s.held = append(s.held, model)
	}
	return model, err
}

// warnFailures says on standard error why a model that is configured did not
// write an answer, or what else the answer does without: the answer itself is
// there, and says no more than that.
func (a *app) warnFailures(answer rag.Answer) {
	if answer.Failure != nil {
		a.warn("the language model: %v", answer.Failure)
	}
	for _, w := range answer.Warnings {
		a.printError(w)
	}
}

// reranker opens the model that puts passages in order.
func (a *app) reranker(c providerConfig) (llm.Reranker, error) {
	full, err := a.provider(c)
	if err != nil {
		return llm.Reranker{}, fmt.Errorf("the reranker: %w", err)
	}
	return llm.OpenReranker(full)
}

// retriever searches the library, and puts what it finds in order where
// docent.yaml has it so.
func (a *app) retriever(s *session) (retrieve.Retriever, error) {
	r := s.retriever()
	if c := s.config.Rerank; c.Provider != "" {
		reranker, err := a.reranker(c)
		if err != nil {
			return r, err
		}
		s.held = append(s.held, reranker)
		r.Reranker = loggedReranker{reranker, a.log}
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
