package llm

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/llms"

	"docent/rag"
)

// Model writes text with a provider's model. It implements [rag.Model].
type Model struct {
	*caller
	maxTokens int
}

var _ rag.Model = (*Model)(nil)

// Open makes a model ready. It calls nobody: whether the model is there shows
// with the first call.
func Open(c Config) (*Model, error) {
	calls, err := newCaller(c, func(p protocol) (dialect, error) {
		switch p {
		case anthropicAPI:
			return anthropicChat{}, nil
		case openAI:
			return openAIChat{}, nil
		}
		return nil, fmt.Errorf("%s has no models that write", c.Provider)
	})
	if err != nil {
		return nil, err
	}
	return &Model{caller: calls, maxTokens: c.MaxTokens}, nil
}

// Generate implements [rag.Model]. Text always comes in a stream, so that one
// that breaks off can be told from one that ends, and silence from slowness.
func (m *Model) Generate(ctx context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	var text strings.Builder
	var refused error
	keep := func(piece string) error {
		text.WriteString(piece)
		if emit != nil {
			refused = emit(piece)
		}
		return refused
	}
	usage, err := m.call(ctx, func(ctx context.Context, x *roundTrip) (bool, error) {
		text.Reset()
		x.emit = keep
		client, err := m.at.dialect.(chat).client(m.at, x)
		if err != nil {
			return false, err
		}
		_, err = client.GenerateContent(ctx, messages(req), m.options(req)...)
		if err == nil && strings.TrimSpace(text.String()) == "" {
			err = m.at.error(Empty, "")
		}
		return emit != nil && text.Len() > 0, err
	})
	if refused != nil {
		err = refused
	}
	return rag.Generation{Text: text.String(), Usage: usage}, err
}

// Refused are the parameters that the model was seen to refuse, by name: those
// are no longer sent. Of the two names of a text's length the other is, unless it
// is refused too.
func (m *Model) Refused() []string { return slices.Sorted(maps.Keys(m.at.support.now())) }

// options ask for a stream; the round trip reads it.
func (m *Model) options(req rag.ModelRequest) []llms.CallOption {
	ignore := func(context.Context, []byte) error { return nil }
	options := []llms.CallOption{llms.WithModel(m.at.model), llms.WithStreamingFunc(ignore)}
	if most := cmp.Or(m.maxTokens, req.MaxTokens); most > 0 {
		options = append(options, llms.WithMaxTokens(most))
	}
	return options
}

func messages(req rag.ModelRequest) []llms.MessageContent {
	var all []llms.MessageContent
	if req.System != "" {
		all = append(all, llms.TextParts(llms.ChatMessageTypeSystem, req.System))
	}
	for _, t := range req.Turns {
		role := llms.ChatMessageTypeHuman
		if t.FromModel {
			role = llms.ChatMessageTypeAI
		}
		all = append(all, llms.TextParts(role, t.Text))
	}
	return all
}
