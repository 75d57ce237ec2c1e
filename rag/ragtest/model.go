package ragtest

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"docent/rag"
)

// Model is a language model that writes what a test has it write.
type Model struct {
	// ModelName is its name; "" is "scripted".
	ModelName string
	// Write is what it writes for a request; call counts from 0. An error comes
	// after the text.
	Write func(call int, req rag.ModelRequest) (text string, err error)
	// CallsTools is set for a model that can; Write makes the calls with Call. Reads is
	// how many tokens of evidence it is best given, 0 for what is usual.
	CallsTools bool
	Reads      int
	// Piece is the number of bytes of each piece that it writes; 0 is all at
	// once.
	Piece int

	mu    sync.Mutex
	calls []rag.ModelRequest
	tools []rag.ToolCall
}

var _ rag.ToolModel = (*Model)(nil)

// Tools is CallsTools.
func (m *Model) Tools(context.Context) bool { return m.CallsTools }

// Evidence is Reads.
func (m *Model) Evidence(context.Context) int { return m.Reads }

// Call has the model call a tool in the request that it writes for.
func (m *Model) Call(tool, arguments string) {
	m.tools = append(m.tools, rag.ToolCall{ID: "call_" + strconv.Itoa(len(m.tools)+1), Name: tool, Arguments: arguments})
}

// Replies is a model that gives the texts one after the other, and the last
// again and again. {title} in a text becomes the number of the first passage
// of a document of that title, as a model would read it off the prompt. A title
// that is not shown is a mistake of the test.
func Replies(texts ...string) *Model {
	return &Model{Write: func(call int, req rag.ModelRequest) (string, error) {
		return NumberPassages(texts[min(call, len(texts)-1)], req), nil
	}}
}

var (
	placeholder = regexp.MustCompile(`\{[^{}\n]+\}`)
	shownTitle  = regexp.MustCompile(`(?m)^<<<passage (\d+) [0-9a-f]+>>>\n\[([^\]\n]*)\]`)
)

// NumberPassages puts the numbers of passages for the {titles} in a text.
func NumberPassages(text string, req rag.ModelRequest) string {
	var shown [][]string
	for _, t := range req.Turns {
		shown = append(shown, shownTitle.FindAllStringSubmatch(t.Text, -1)...)
		for _, r := range t.Results {
			shown = append(shown, shownTitle.FindAllStringSubmatch(r.Text, -1)...)
		}
	}
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		for _, m := range shown {
			if strings.HasPrefix(m[2], strings.Trim(p, "{}")) {
				return m[1]
			}
		}
		panic("no passage of " + p + " is shown to the model in\n" + req.Turns[0].Text)
	})
}

// Name is ModelName.
func (m *Model) Name() string {
	if m.ModelName == "" {
		return "scripted"
	}
	return m.ModelName
}

// Generate writes the text in pieces.
func (m *Model) Generate(ctx context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	m.mu.Lock()
	call := len(m.calls)
	m.calls = append(m.calls, req)
	m.mu.Unlock()
	m.tools = nil
	text, failure := m.Write(call, req)
	usage := rag.Usage{InputTokens: len(req.System)/4 + len(req.Turns[len(req.Turns)-1].Text)/4, OutputTokens: len(text) / 4}
	size := m.Piece
	if size <= 0 {
		size = max(1, len(text))
	}
	for at := 0; at < len(text) && emit != nil; at += size {
		if err := ctx.Err(); err != nil {
			return rag.Generation{Text: text[:at], Usage: usage}, err
		}
		if err := emit(text[at:min(len(text), at+size)]); err != nil {
			return rag.Generation{Text: text[:at], Usage: usage}, err
		}
	}
	if failure == nil {
		failure = ctx.Err()
	}
	return rag.Generation{Text: text, Calls: m.tools, Usage: usage}, failure
}

// Calls are the requests made so far.
func (m *Model) Calls() []rag.ModelRequest {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]rag.ModelRequest(nil), m.calls...)
}
