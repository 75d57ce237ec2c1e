package llm_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

func TestGenerate(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			s := llmtest.New(t)
			s.Want(key)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				return llmtest.Reply{Text: "Vingt-cinq jours, « dès l’été ».", Cached: 4}
			})
			var spent rag.Usage
			calls := 0
			m := open(t, s, provider, func(c *llm.Config) { c.Spent = func(u rag.Usage) { spent, calls = u, calls+1 } })
			var pieces []string
			g, err := m.Generate(t.Context(), rag.ModelRequest{
				System: "Answer briefly.",
				Turns:  []rag.Turn{{Text: "Combien ?"}, {FromModel: true, Text: "Combien de quoi ?"}, {Text: "De jours."}}, MaxTokens: 99,
			}, func(p string) error {
				pieces = append(pieces, p)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if want := "Vingt-cinq jours, « dès l’été »."; g.Text != want || strings.Join(pieces, "") != want || len(pieces) < 4 {
				t.Errorf("text %q in pieces %q", g.Text, pieces)
			}
			if d := cmp.Diff(rag.Usage{InputTokens: 10, OutputTokens: 6, CachedTokens: 4}, g.Usage); d != "" {
				t.Error(d)
			}
			if spent != g.Usage {
				t.Errorf("spent %+v", spent)
			}
			got := s.Requests()[0]
			if got.System != "Answer briefly." || got.Model != "tiny" || got.Key != key || got.MaxTokens != 99 {
				t.Errorf("asked %+v", got)
			}
			if d := cmp.Diff([]string{"Combien ?", "Combien de quoi ?", "De jours."}, got.Turns); d != "" {
				t.Error(d)
			}
			if calls != 1 || m.Name() != "tiny" {
				t.Errorf("%s: %d calls", m.Name(), calls)
			}
		})
	}
}

// TestFields: each provider gets the fields that it takes.
func TestFields(t *testing.T) {
	for _, c := range []struct {
		provider, model string
		with, without   []string
	}{
		{"openai", "gpt-6.1-terra", []string{"max_completion_tokens", "stream_options"}, []string{"max_tokens", "temperature"}},
		{"openai", "o4-mini", []string{"max_completion_tokens"}, []string{"temperature"}},
		{"openrouter", "openai/gpt-5-mini", []string{"max_tokens"}, []string{"temperature"}},
		{"ollama", "gemma4", []string{"max_tokens", "stream_options"}, []string{"max_completion_tokens", "temperature"}},
		{"mistral", "mistral-small-latest", []string{"max_tokens"}, []string{"max_completion_tokens", "temperature"}},
		{"anthropic", "claude-haiku", []string{"max_tokens"}, []string{"temperature"}},
	} {
		s := llmtest.New(t)
		m := open(t, s, c.provider, func(f *llm.Config) { f.Model, f.MaxTokens = c.model, 7 })
		if _, _, err := ask(t, m, "?"); err != nil {
			t.Fatal(err)
		}
		got := s.Requests()[0]
		for _, name := range c.with {
			if got.Fields[name] == nil {
				t.Errorf("%s %s is asked without %s", c.provider, c.model, name)
			}
		}
		for _, name := range c.without {
			if got.Fields[name] != nil {
				t.Errorf("%s %s is asked with %s", c.provider, c.model, name)
			}
		}
	}
}

// TestMaxTokens: the length that is configured goes before a request's own.
func TestMaxTokens(t *testing.T) {
	for _, provider := range providers {
		for _, c := range []struct{ configured, requested, want int }{{0, 1200, 1200}, {5000, 1200, 5000}, {300, 1200, 300}, {5000, 0, 5000}} {
			s := llmtest.New(t)
			m := open(t, s, provider, func(f *llm.Config) { f.MaxTokens = c.configured })
			if _, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}, MaxTokens: c.requested}, nil); err != nil {
				t.Fatal(err)
			}
			if got := s.Requests()[0].MaxTokens; got != c.want {
				t.Errorf("%s: %d tokens where %d are configured and %d requested, want %d", provider, got, c.configured, c.requested, c.want)
			}
		}
	}
}

// TestTemperature: the one that is configured is sent, 0 too, and to models
// whose names langchaingo knows for taking none.
func TestTemperature(t *testing.T) {
	for _, c := range []struct{ provider, model string }{{"openai", "gpt-6.1-terra"}, {"openai", "gpt-5-mini"}, {"anthropic", "claude-haiku"}} {
		for _, want := range []float64{0, 0.7} {
			s := llmtest.New(t)
			m := open(t, s, c.provider, func(f *llm.Config) { f.Model, f.Temperature = c.model, &want })
			if _, _, err := ask(t, m, "?"); err != nil {
				t.Fatal(err)
			}
			if got := string(s.Requests()[0].Fields["temperature"]); got != fmt.Sprint(want) {
				t.Errorf("%s %s is asked with temperature %q, not %v", c.provider, c.model, got, want)
			}
		}
	}
}

// TestNoKey: a server of one's own is sent no key where there is none.
func TestNoKey(t *testing.T) {
	s := llmtest.New(t)
	if _, _, err := ask(t, open(t, s, "ollama", func(c *llm.Config) { c.Key = "" }), "?"); err != nil {
		t.Fatal(err)
	}
	if got := s.Requests()[0].Key; got != "" {
		t.Errorf("sent the key %q", got)
	}
}

// TestFaults: whatever a provider does, a call ends in its text or in an error
// that says what happened.
func TestFaults(t *testing.T) {
	const text = "one two three four"
	for name, c := range map[string]struct {
		reply  llmtest.Reply
		kind   llm.Kind // 0 is no error
		text   string
		passes bool
		says   string
	}{
		"well":            {llmtest.Reply{Text: text}, 0, text, false, ""},
		"extras":          {llmtest.Reply{Text: text, Fault: llmtest.Extras}, 0, text, false, ""},
		"one long piece":  {llmtest.Reply{Pieces: []string{strings.Repeat("é", 40_000)}}, 0, strings.Repeat("é", 40_000), false, ""},
		"length":          {llmtest.Reply{Text: text, Finish: "length"}, 0, text, false, ""},
		"dropped":         {llmtest.Reply{Fault: llmtest.Drop}, llm.Unreachable, "", true, "EOF"},
		"cut":             {llmtest.Reply{Text: text, Fault: llmtest.Cut}, llm.Cut, "one two ", true, ""},
		"cut in an event": {llmtest.Reply{Text: text, Fault: llmtest.CutEvent}, llm.Cut, "one two ", true, ""},
		"no end":          {llmtest.Reply{Text: text, Fault: llmtest.NoEnd}, llm.Cut, "one two ", true, ""},
		"malformed":       {llmtest.Reply{Text: text, Fault: llmtest.Malformed}, llm.Garbled, "one two ", true, ""},
		"a page":          {llmtest.Reply{Fault: llmtest.Page}, llm.Garbled, "", true, "text/html"},
		"empty":           {llmtest.Reply{}, llm.Empty, "", true, ""},
		"blank":           {llmtest.Reply{Pieces: []string{" ", "\n"}}, llm.Empty, " \n", true, ""},
		"10 MB":           {llmtest.Reply{Pieces: repeat(strings.Repeat("x", 1<<10), 10<<10)}, llm.TooLong, "", false, "256 KiB"},
		"10 MB at once":   {llmtest.Reply{Pieces: []string{strings.Repeat("x", 10<<20)}}, llm.TooLong, "", false, "2 MiB"},
		"429":             {llmtest.Reply{Status: 429, Message: "Slow down."}, llm.Overloaded, "", true, "Slow down."},
		"500":             {llmtest.Reply{Status: 500, Message: "Oops."}, llm.Failing, "", true, "Oops."},
		"529":             {llmtest.Reply{Status: 529, Message: "Overloaded"}, llm.Failing, "", true, "Overloaded"},
		"401":             {llmtest.Reply{Status: 401, Message: "Who?"}, llm.Denied, "", false, "Who?"},
		"404":             {llmtest.Reply{Status: 404, Message: "model \"tiny\" not found"}, llm.Unknown, "", false, "not found"},
		"400":             {llmtest.Reply{Status: 400, Message: "Too\nlong: " + strings.Repeat("x", 500)}, llm.Refused, "", false, "Too long: xxx"},
		"redirected":      {llmtest.Reply{Status: 302}, llm.Unknown, "", false, "302"},
	} {
		for _, provider := range providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				s := llmtest.New(t)
				s.Script(c.reply)
				g, told, err := ask(t, open(t, s, provider), "?")
				checkFailure(t, err, c.kind, c.passes, c.says)
				if c.kind != llm.TooLong && g.Text != c.text {
					t.Errorf("text %.60q, want %.60q", g.Text, c.text)
				}
				if told != g.Text {
					t.Errorf("told %.60q", told)
				}
			})
		}
	}
}

func checkFailure(t *testing.T, err error, kind llm.Kind, passes bool, says string) {
	t.Helper()
	if kind == 0 {
		if err != nil {
			t.Error(err)
		}
		return
	}
	var failed *llm.Error
	switch {
	case !errors.As(err, &failed) || failed.Kind != kind:
		t.Fatalf("error %v, want one that says: %s", err, kind)
	case errors.Is(err, rag.ErrModelUnavailable) != passes:
		t.Errorf("may pass: %v", !passes)
	case !strings.Contains(err.Error(), says) || len(err.Error()) > 500:
		t.Errorf("error %v, want in it %s", err, says)
	}
}

func repeat(s string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

// TestThoughts: what a model thinks first is not its answer, however it comes
// in pieces.
func TestThoughts(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"thoughts":       {"<think>Hmm, 25?\nYes.</think>\n\nTwenty-five days.", "Twenty-five days."},
		"space before":   {"\n <think></think>Yes.", "Yes."},
		"none":           {"Twenty-five <think>days</think>.", "Twenty-five <think>days</think>."},
		"another mark":   {"<thing>Yes.", "<thing>Yes."},
		"almost a mark":  {"<thin", "<thin"},
		"spaces kept":    {"  Yes.", "  Yes."},
		"close in text":  {"Yes.</think>", "Yes.</think>"},
		"nothing behind": {"<think>Hmm.</think>", ""},
		"no end":         {"<think>Hmm.", ""},
	} {
		for _, size := range []int{1, 3, 7, 100} {
			t.Run(fmt.Sprintf("%s/%d", name, size), func(t *testing.T) {
				var pieces []string
				for chunk := range slices.Chunk([]byte(c.text), size) {
					pieces = append(pieces, string(chunk))
				}
				s := llmtest.NewInMemory(t)
				s.Script(llmtest.Reply{Pieces: pieces})
				g, told, err := ask(t, open(t, s, "ollama"), "?")
				if c.want == "" {
					checkFailure(t, err, llm.Empty, true, "")
				} else if err != nil {
					t.Error(err)
				}
				if g.Text != c.want || told != c.want {
					t.Errorf("text %q, told %q, want %q", g.Text, told, c.want)
				}
			})
		}
	}
}

// These are told by one protocol alone.
func TestFaultsOfOne(t *testing.T) {
	for name, c := range map[string]struct {
		provider string
		reply    llmtest.Reply
		kind     llm.Kind
		passes   bool
		says     string
	}{
		"an error event":     {"vllm", llmtest.Reply{Text: "a b", Fault: llmtest.ErrorEvent}, llm.Failing, true, "CUDA out of memory"},
		"an error object":    {"vllm", llmtest.Reply{Text: "a b", Fault: llmtest.ErrorObject}, llm.Failing, true, "CUDA out of memory"},
		"its error event":    {"anthropic", llmtest.Reply{Text: "a b", Fault: llmtest.ErrorEvent}, llm.Overloaded, true, "Overloaded"},
		"no quota":           {"openai", llmtest.Reply{Status: 429, Code: "insufficient_quota", Message: "Pay first."}, llm.Denied, false, "Pay first."},
		"filtered":           {"openai", llmtest.Reply{Text: "a", Finish: "content_filter"}, llm.Withheld, false, ""},
		"refusal":            {"anthropic", llmtest.Reply{Text: "a", Finish: "refusal"}, llm.Withheld, false, ""},
		"one piece":          {"litellm", llmtest.Reply{Text: "a b", Fault: llmtest.NoStream}, 0, false, ""},
		"one long piece":     {"litellm", llmtest.Reply{Text: strings.Repeat("a", 10<<20), Fault: llmtest.NoStream}, llm.Garbled, true, ""},
		"one piece in error": {"litellm", llmtest.Reply{Status: 503, Fault: llmtest.NoStream}, llm.Failing, true, "503"},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.New(t)
			s.Script(c.reply)
			_, _, err := ask(t, open(t, s, c.provider), "?")
			checkFailure(t, err, c.kind, c.passes, c.says)
		})
	}
}

// TestNobodyThere: the error says where nobody is.
func TestNobodyThere(t *testing.T) {
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Kill()
		_, _, err := ask(t, open(t, s, provider), "?")
		checkFailure(t, err, llm.Unreachable, true, strings.TrimPrefix(s.URL, "http://")+": connect: connection refused")
	}
}

// TestEmitEnds: an error of emit ends the call and is returned as it is.
func TestEmitEnds(t *testing.T) {
	enough := errors.New("enough")
	for _, provider := range providers {
		s := llmtest.New(t)
		s.Script(llmtest.Reply{Text: "one two three"})
		m := open(t, s, provider, func(c *llm.Config) { c.Attempts = 3 })
		g, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}}, func(string) error { return enough })
		if err != enough || g.Text != "one " { //nolint:errorlint // it is the very error
			t.Errorf("%s: %q, %v", provider, g.Text, err)
		}
		if n := len(s.Requests()); n != 1 {
			t.Errorf("%s: asked %d times", provider, n)
		}
	}
}

// TestCancel: a call ends with its context, within 100 ms, wherever it is.
func TestCancel(t *testing.T) {
	for name, reply := range map[string]llmtest.Reply{
		"before an answer":  {Fault: llmtest.Hang},
		"in the middle":     {Text: "one two three", Fault: llmtest.Stall},
		"before another go": {Status: 503, RetryAfter: "20"},
	} {
		for _, provider := range providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				s := llmtest.New(t)
				asked := make(chan struct{}, 9)
				s.Answer(func(llmtest.Request) llmtest.Reply {
					asked <- struct{}{}
					return reply
				})
				m := open(t, s, provider, func(c *llm.Config) { c.Attempts = 3 })
				cancelled(t, asked, func(ctx context.Context) error {
					_, err := m.Generate(ctx, rag.ModelRequest{Turns: []rag.Turn{{Text: "?"}}}, nil)
					return err
				})
			})
		}
	}
}

// cancelled calls, cancels once the server is asked, and wants the call to end
// within 100 ms.
func cancelled(t *testing.T, asked <-chan struct{}, call func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error)
	go func() { ended <- call(ctx) }()
	<-asked
	began := time.Now()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(began); took > 100*time.Millisecond {
		t.Errorf("ended after %s", took)
	}
}
