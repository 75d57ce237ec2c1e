package llm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"docent/rag"
)

// Model writes text with a provider's model. It implements [rag.ToolModel], and
// langchaingo's Model.
type Model struct {
	*caller
	dialect dialect
	// thoughtful is set once a thought left no room for an answer, toolless once
	// tools were refused. tooMuch is how often evidence was halved.
	thoughtful, toolless atomic.Bool
	tooMuch              atomic.Int32
	server               atomic.Pointer[Server]
}

var _ rag.ToolModel = (*Model)(nil)

// Open makes a model ready. It calls nobody: whether the model is there shows
// with the first call.
func Open(c Config) (*Model, error) {
	calls, err := newCaller(c)
	if err != nil {
		return nil, err
	}
	m := &Model{caller: calls, dialect: openAIChat{}}
	m.toolless.Store(c.NoTools)
	switch {
	case !calls.at.preset.writes():
		return nil, fmt.Errorf("%s has no models that write", c.Provider)
	case calls.at.preset.protocol == anthropicAPI:
		m.dialect = anthropicChat{}
	}
	return m, nil
}

const (
	// moreForThought is how many times the length is asked for again whose thought
	// left no room for an answer.
	moreForThought = 4
	// mostHalved is how often the evidence is halved at most that is too long.
	mostHalved = 3
)

// Generate implements [rag.Model]. It makes one call more, with a greater length,
// where the thought left no room for an answer.
func (m *Model) Generate(ctx context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	if len(req.Tools) > 0 && m.toolless.Load() {
		return rag.Generation{}, m.at.error(NoTools, "")
	}
	if len(req.Tools) > 0 && !req.MustWrite {
		req.Schema = nil // some refuse both at once
	}
	most := cmp.Or(m.at.MaxTokens, req.MaxTokens)
	if s := m.server.Load(); s != nil && s.Window > 0 {
		most = min(most, s.Window/4)
	}
	if m.thoughtful.Load() {
		most *= moreForThought
	}
	halved := m.tooMuch.Load()
	g, err := m.generate(ctx, req, most, emit)
	var failed *Error
	errors.As(err, &failed)
	switch {
	case failed == nil:
	case failed.Kind == Exceeded && halved < mostHalved:
		m.tooMuch.CompareAndSwap(halved, halved+1)
	case failed.Kind == Starved && most > 0 && !m.thoughtful.Swap(true):
		used := g.Usage
		g, err = m.generate(ctx, req, most*moreForThought, emit)
		g.Usage.Add(used)
	}
	return g, err
}

// generate makes a call. Text comes in a stream, so that one that breaks off can be
// told from one that ends, and silence from slowness.
func (m *Model) generate(ctx context.Context, req rag.ModelRequest, most int, emit func(string) error) (g rag.Generation, err error) {
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
		answer := &stream{x: x, read: m.dialect.reader(), emit: keep}
		resp, err := x.negotiate(ctx, m.dialect.path(), func(r *request) { m.dialect.request(m.at, req, most, r) })
		if err == nil {
			err = answer.readAnswer(resp)
		}
		if err == nil {
			g, err = m.end(text.String(), answer)
		}
		return emit != nil && text.Len() > 0, m.withoutTools(req, err)
	})
	g.Text, g.Usage = text.String(), usage
	if refused != nil {
		err = refused
	}
	return g, err
}

// end is what is made of an answer that came to its end. Of calls that were cut the
// last may be half of one.
func (m *Model) end(text string, answer *stream) (g rag.Generation, err error) {
	g.Own, g.Calls = answer.read.turn(text)
	if g.Cut = answer.stop == stopLength; g.Cut {
		g.Own, g.Calls = nil, nil
	}
	switch {
	case len(g.Calls) > 0 || strings.TrimSpace(text) != "":
		return g, nil
	case g.Cut:
		return g, m.at.error(Starved, "")
	}
	return g, m.at.error(Empty, "")
}

// withoutTools tells a refusal of tools from others: that of a request with them
// before any has answered, in words that speak of them. The model is asked for none
// again.
func (m *Model) withoutTools(req rag.ModelRequest, err error) error {
	answered := slices.ContainsFunc(req.Turns, func(t rag.Turn) bool { return t.Results != nil })
	var failed *Error
	if len(req.Tools) > 0 && !answered && errors.As(err, &failed) && failed.Status >= 400 &&
		failed.Kind != Denied && failed.Kind != Overloaded && ofTools.MatchString(failed.Message) {
		failed.Kind = NoTools
		m.toolless.Store(true)
	}
	return err
}

var ofTools = regexp.MustCompile(`(?i)\btools?\b|\btool_|\bfunctions?\b`)

// Refused are the parameters that the model was seen to refuse, by name: those
// are no longer sent. Of the two names of a text's length the other is, unless it
// is refused too. One that must have a value has it behind its name, after "=".
func (m *Model) Refused() []string { return slices.Sorted(maps.Keys(m.at.refused())) }
