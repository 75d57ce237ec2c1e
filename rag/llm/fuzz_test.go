package llm_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"docent/rag"
	"docent/rag/llm"
)

// answers is a transport on which everybody says the same.
type answers string

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	kind, body, _ := strings.Cut(string(a), "\n")
	h := http.Header{"Content-Type": {kind}}
	return &http.Response{StatusCode: 200, Header: h, Body: io.NopCloser(iotest.HalfReader(strings.NewReader(body))), Request: r}, nil
}

func newClient(said string) *http.Client { return &http.Client{Transport: answers(said)} }

// FuzzAnswer: whatever comes, a call ends in text or in an error, and what was
// told piece by piece is that text.
func FuzzAnswer(f *testing.F) {
	const stream = "text/event-stream\n"
	f.Add(stream + "data: {\"choices\":[{\"delta\":{\"content\":\"<think>a</think>b\"}}]}\n\ndata: [DONE]\n\n")
	f.Add(stream + "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":-1}}")
	f.Add(stream + "data: {\"error\":\"no\"}\n: x\ndata:{}\n")
	f.Add(stream + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"é\"}}\n\ndata: {\"type\":\"message_stop\"}")
	f.Add("application/json\n{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}")
	f.Add("text/html\n<html>")
	f.Fuzz(func(t *testing.T, said string) {
		for _, provider := range providers {
			m, err := llm.Open(llm.Config{Provider: provider, Model: "m", Key: key, Attempts: 1, Client: newClient(said)})
			if err != nil {
				t.Fatal(err)
			}
			g, told, err := ask(t, m, "?")
			var failed *llm.Error
			switch {
			case err != nil && !errors.As(err, &failed):
				t.Errorf("%s: error %v", provider, err)
			case err == nil && strings.TrimSpace(g.Text) == "":
				t.Errorf("%s: no text and no error", provider)
			case told != g.Text, !utf8.ValidString(g.Text), g.Usage.InputTokens < 0, g.Usage.OutputTokens < 0:
				t.Errorf("%s: told %q, text %q, usage %+v", provider, told, g.Text, g.Usage)
			}
		}
	})
}

var _ rag.Model = (*llm.Model)(nil)
