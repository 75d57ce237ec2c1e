package rag

import (
	"context"
	"errors"
)

// ErrModelUnavailable is what the error of a model is when it cannot be
// reached, is overloaded, failed or was not given the time: the question can be
// answered without it, and later perhaps with it again.
var ErrModelUnavailable = errors.New("the language model is not available")

// What else the error of a model may be.
var (
	// ErrModelDeclined: it, or what watches over it, will not answer this.
	ErrModelDeclined = errors.New("the language model declines")
	// ErrModelContext: the question with its evidence is more than it reads at
	// once; less evidence may do.
	ErrModelContext = errors.New("the language model was given more than it reads")
	// ErrModelTools: it has no use of tools, now and later.
	ErrModelTools = errors.New("the language model takes no tools")
)

// Model writes text. It may be called from several goroutines.
type Model interface {
	// Name is the provider's name of the model, as an answer shows it.
	Name() string
	// Generate writes the text that the request asks for and hands each piece
	// to emit as it arrives, in order and from one goroutine; emit may be nil.
	// An error of emit ends the call and is returned. The Generation holds
	// what was written up to an error too. Errors never hold a key; one that may
	// pass is ErrModelUnavailable.
	Generate(ctx context.Context, req ModelRequest, emit func(piece string) error) (Generation, error)
}

// ModelRequest is what a model is asked.
type ModelRequest struct {
	// System is what the operator says, Turns are the conversation, the last
	// of which is the user's.
	System string
	Turns  []Turn
	// MaxTokens bounds what is written, the thought before it included, where
	// the model has no bound of its own; 0 leaves that to the provider.
	MaxTokens int
}

// Turn is one message of a conversation.
type Turn struct {
	// FromModel is false for what the user said.
	FromModel bool
	Text      string
}

// Generation is what a model wrote.
type Generation struct {
	Text string
	// Cut holds where the text was as long as it might be before it had ended.
	Cut   bool
	Usage Usage
}

// Exchange is a question of the same conversation and what was answered.
type Exchange struct {
	Question, Answer string
}

// Reranker orders texts by how well they answer a question: it reads both
// together, which tells more than words and vectors do and costs a call. It may
// be called from several goroutines.
type Reranker interface {
	// Rerank returns indexes of the texts, best first. Texts that it leaves out
	// keep their order after those. Usage is what a language model charged, up to
	// an error too. Errors never hold a key.
	Rerank(ctx context.Context, question string, texts []string) (order []int, usage Usage, err error)
}
