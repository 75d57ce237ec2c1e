package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"docent/rag"
	"docent/rag/llm"
)

// tryModel asks a model for a word, with a tool on offer, so that what it does not
// take shows.
func tryModel(ctx context.Context, m *llm.Model) (g rag.Generation, err error) {
	req := rag.ModelRequest{System: "You are being tested.", Turns: []rag.Turn{{Text: "Answer with the one word: ready"}}}
	if m.Tools(ctx) {
		req.Tools = []rag.Tool{{Name: "search", Description: "Nothing to find here.", Parameters: []rag.ToolParameter{{Name: "query", Description: "words"}}}}
	}
	if g, err = m.Generate(ctx, req, nil); errors.Is(err, rag.ErrModelTools) {
		req.Tools = nil
		g, err = m.Generate(ctx, req, nil)
	}
	return g, err
}

// aboutModel is what was negotiated with a model, and what its server says of it.
func aboutModel(ctx context.Context, m *llm.Model) string {
	var b strings.Builder
	for _, refused := range m.Refused() {
		if name, value, set := strings.Cut(refused, "="); set {
			fmt.Fprintf(&b, "; with tools it is sent %s: %s", name, value)
		} else {
			b.WriteString("; it takes no " + name)
		}
	}
	evidence := m.Evidence(ctx)
	if !m.Tools(ctx) {
		b.WriteString("; it is asked in one round, without tools")
	}
	server, err := m.Server(ctx)
	if err == nil && server.Window > 0 {
		fmt.Fprintf(&b, "; it reads %d tokens", server.Window)
	}
	if server.Ends != "" {
		b.WriteString("; it leaves the API on " + server.Ends)
	}
	fmt.Fprintf(&b, "; it is given at most %d tokens of evidence", evidence)
	if len(server.Models) > 0 {
		b.WriteString("; the server has " + someOf(server.Models))
	}
	return b.String()
}

// withModels adds to the failure of a model that is not known which ones are.
func withModels(ctx context.Context, m *llm.Model, err error) error {
	var failed *llm.Error
	if errors.As(err, &failed) && failed.Kind == llm.Unknown {
		if server, _ := m.Server(ctx); len(server.Models) > 0 {
			return &hinted{err: err, hint: modelHint(failed) + "; the server has " + someOf(server.Models)}
		}
	}
	return err
}

// mostModels is how many models are named.
const mostModels = 20

func someOf(models []string) string {
	list := strings.Join(models[:min(len(models), mostModels)], ", ")
	if more := len(models) - mostModels; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
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
	case llm.Starved:
		return "raise max-tokens: or lower reasoning-effort: in docent.yaml"
	case llm.Exceeded:
		return "lower context: in docent.yaml, or take a model that reads more"
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

func addressHint(p llm.Preset) string {
	if p.Name == "bedrock" {
		return "set AWS_REGION, or say where it is with url: in docent.yaml"
	}
	return "mend url: in docent.yaml, or " + cmp.Or(p.URLVariable, "leave it out for the usual one")
}
