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
	// ErrModelBudget: it has been used today for all that it may be.
	ErrModelBudget = errors.New("the language model's budget for today is spent")
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
	// Tools are what the model may call before it writes; nil for none. With MustWrite
	// they are only named, for the calls before, and none may be called any more.
	Tools     []Tool
	MustWrite bool
	// Schema is the JSON schema that the text is held to where the model can be and
	// no tool may be called; nil for none.
	Schema map[string]any
}

// Turn is one message of a conversation.
type Turn struct {
	// FromModel is false for what the user said.
	FromModel bool
	Text      string
	// Calls are those of a model's turn; Results answer them, in the next turn, all.
	Calls   []ToolCall
	Results []ToolResult
	// Own is Generation.Own of a model's turn, nil for none.
	Own any
}

// Tool is what a model may have done for it.
type Tool struct {
	Name, Description string
	// Parameters are what it takes, each a string.
	Parameters []ToolParameter
}

// ToolParameter is one of a tool's.
type ToolParameter struct {
	Name, Description string
	Required          bool
}

// ToolCall is one call of a tool. Arguments are JSON as the model wrote it, which
// need not keep to the tool's parameters.
type ToolCall struct {
	ID, Name, Arguments string
}

// ToolResult is what a call brought.
type ToolResult struct {
	ID, Name, Text string
}

// ToolModel is a Model that may be able to call tools. One that is none cannot.
type ToolModel interface {
	Model
	// Tools reports whether it calls tools, as far as is known.
	Tools(ctx context.Context) bool
	// Evidence is how many tokens of evidence it is best given. Both may change with
	// what a call shows.
	Evidence(ctx context.Context) int
}

// Generation is what a model wrote, or called.
type Generation struct {
	Text  string
	Calls []ToolCall
	// Cut holds where the text was as long as it might be before it had ended.
	Cut bool
	// Own is the turn as the provider wants to see it again, see Turn.
	Own   any
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
