package llm_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"docent/rag"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// tempered has a temperature and a length sent, which some models refuse.
func tempered(c *llm.Config) {
	warm := 0.7
	c.Model, c.MaxTokens, c.Temperature = "my-gpt5", 8000, &warm
}

// TestNegotiation: what a model does not take is left out, or goes by its other
// name, and the call is made again at once, once for all.
func TestNegotiation(t *testing.T) {
	for name, c := range map[string]struct {
		provider      string
		refuse        []string
		with, without string
		asked         int
	}{
		"all is well":           {"litellm", nil, "temperature max_tokens stream_options", "max_completion_tokens", 1},
		"a reasoning model":     {"litellm", []string{"max_tokens", "temperature"}, "max_completion_tokens stream", "max_tokens temperature", 3},
		"behind its own door":   {"openai", []string{"max_tokens", "temperature"}, "max_completion_tokens", "max_tokens temperature", 2},
		"the other way round":   {"openai", []string{"max_completion_tokens"}, "max_tokens temperature", "max_completion_tokens", 2},
		"no length":             {"vllm", []string{"max_completion_tokens", "max_tokens"}, "temperature", "max_completion_tokens max_tokens", 3},
		"no options of streams": {"vllm", []string{"stream_options"}, "stream", "stream_options", 2},
		"no streams":            {"openai", []string{"stream_options", "stream"}, "temperature", "stream_options stream", 3},
		"Claude":                {"anthropic", []string{"temperature"}, "max_tokens stream", "temperature", 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := llmtest.NewInMemory(t)
				s.Behave(llmtest.Behaviour{Refuse: c.refuse})
				m := open(t, s, c.provider, tempered)
				began := time.Now()
				for i := range 3 {
					g, told, err := ask(t, m, "?")
					if err != nil || g.Text != "Yes." || told != "Yes." {
						t.Fatalf("%q, told %q, %v", g.Text, told, err)
					}
					if n := len(s.Requests()); n != c.asked+i {
						t.Errorf("asked %d times for %d answers", n, i+1)
					}
				}
				if took := time.Since(began); took > 0 {
					t.Errorf("waited %s", took)
				}
				checkFields(t, s.Requests()[c.asked], c.with, c.without)
			})
		})
	}
}

// checkFields checks which parameters a request has.
func checkFields(t *testing.T, r llmtest.Request, with, without string) {
	t.Helper()
	for name := range strings.FieldsSeq(with) {
		if r.Fields[name] == nil {
			t.Errorf("asked without %s", name)
		}
	}
	for name := range strings.FieldsSeq(without) {
		if r.Fields[name] != nil {
			t.Errorf("asked with %s", name)
		}
	}
}

// TestNegotiationWords: servers name what they do not take in ways of their own,
// some by its figure alone.
func TestNegotiationWords(t *testing.T) {
	for name, c := range map[string]struct {
		provider, parameter string
		status              int
		words               string
		asked               int
	}{
		"Mistral":     {"vllm", "stream_options", 422, "[map[loc:[body stream_options] msg:Extra inputs are not permitted type:extra_forbidden]]", 2},
		"LiteLLM":     {"litellm", "temperature", 400, "litellm.UnsupportedParamsError: openai does not support parameters: ['temperature'], for model=my-gpt5.", 2},
		"Anthropic":   {"anthropic", "temperature", 400, "`temperature` and `top_p` cannot both be specified for this model.", 2},
		"vLLM":        {"vllm", "max_tokens", 400, "However, you requested 9800 tokens (1800 in the messages, 8000 in the completion).", 2},
		"vLLM's twin": {"vllm", "max_tokens", 400, "'max_completion_tokens' is too large: 8000.", 2},
		"two at once": {"vllm", "stream_options", 400, "stream_options is not allowed, nor are temperature and max_tokens", 2},
		"a status":    {"vllm", "temperature", 413, "Temperature?", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.NewInMemory(t)
			s.Answer(func(r llmtest.Request) llmtest.Reply {
				if r.Fields[c.parameter] != nil {
					return llmtest.Reply{Status: c.status, Message: c.words}
				}
				return llmtest.Reply{Text: "Good."}
			})
			g, _, err := ask(t, open(t, s, c.provider, tempered), "?")
			if err != nil || g.Text != "Good." || len(s.Requests()) != c.asked {
				t.Errorf("%q, %v, asked %d times", g.Text, err, len(s.Requests()))
			}
		})
	}
}

// TestNegotiationOfOneLength: a question that leaves no room for the length that
// is asked for says nothing of the model. The next one asks for it again.
func TestNegotiationOfOneLength(t *testing.T) {
	s := llmtest.NewInMemory(t)
	long := true
	s.Answer(func(r llmtest.Request) llmtest.Reply {
		if long && (r.Fields["max_tokens"] != nil || r.Fields["max_completion_tokens"] != nil) {
			return llmtest.Reply{Status: 400, Message: "'max_tokens' is too large: 8000. You requested 9800 tokens (1800 in the messages, 8000 in the completion)."}
		}
		return llmtest.Reply{Text: "Good."}
	})
	m := open(t, s, "vllm", tempered)
	for range 2 {
		if g, _, err := ask(t, m, "?"); err != nil || g.Text != "Good." {
			t.Fatalf("%q, %v", g.Text, err)
		}
		long = false
	}
	checkFields(t, s.Requests()[len(s.Requests())-1], "temperature max_tokens", "")
	if refused := m.Refused(); len(refused) > 0 {
		t.Errorf("refused: %v", refused)
	}
}

// TestNegotiationFails: a refusal that leaving something out does not cure, or
// that names what a request needs, is told as it is, and nothing is learnt.
func TestNegotiationFails(t *testing.T) {
	for name, c := range map[string]struct {
		provider, words string
		status          int
		kind            llm.Kind
		asked           int
	}{
		"named in vain":        {"vllm", "the message «set the temperature» is not allowed", 400, llm.Refused, 2},
		"nothing named":        {"vllm", "the words are too long", 400, llm.Refused, 1},
		"part of a word":       {"vllm", "upstream_options of temperatures", 400, llm.Refused, 1},
		"not sent":             {"vllm", "response_format is not supported", 400, llm.Refused, 1},
		"what a message needs": {"anthropic", "max_tokens: 8000 > 4096, which is the maximum for this model", 400, llm.Refused, 1},
		"no refusal":           {"vllm", "temperature", 401, llm.Denied, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := llmtest.NewInMemory(t)
			s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Status: c.status, Message: c.words} })
			m := open(t, s, c.provider, tempered)
			_, _, err := ask(t, m, "?")
			checkFailure(t, err, c.kind, false, c.words)
			if n := len(s.Requests()); n != c.asked {
				t.Errorf("asked %d times", n)
			}
			s.Answer(func(llmtest.Request) llmtest.Reply { return llmtest.Reply{Text: "Good."} })
			if _, _, err := ask(t, m, "?"); err != nil {
				t.Fatal(err)
			}
			checkFields(t, s.Requests()[len(s.Requests())-1], "temperature max_tokens", "")
		})
	}
}

// TestNegotiationIsNoAttempt: an attempt in which something was left out is one
// attempt, and is made again where it then fails for a while.
func TestNegotiationIsNoAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := llmtest.NewInMemory(t)
		s.Behave(llmtest.Behaviour{Refuse: []string{"max_tokens", "temperature"}})
		s.Script(llmtest.Reply{Status: http.StatusServiceUnavailable}, llmtest.Reply{Text: "Good."})
		calls := 0
		m := open(t, s, "litellm", tempered, func(c *llm.Config) {
			c.Attempts = 2
			c.Spent = func(rag.Usage) { calls++ }
		})
		g, _, err := ask(t, m, "?")
		if err != nil || g.Text != "Good." {
			t.Errorf("%q, %v", g.Text, err)
		}
		if calls != 1 {
			t.Errorf("%d calls were charged", calls)
		}
	})
}

// TestNegotiationAtOnce: calls that are refused at the same time all end well,
// whatever each of them learns.
func TestNegotiationAtOnce(t *testing.T) {
	s := llmtest.New(t)
	s.Behave(llmtest.Behaviour{Refuse: []string{"max_tokens", "temperature", "stream_options"}})
	m := open(t, s, "litellm", tempered)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if _, err := m.Generate(t.Context(), rag.ModelRequest{Turns: []rag.Turn{{Text: fmt.Sprint(i)}}}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	before := len(s.Requests())
	if _, _, err := ask(t, m, "?"); err != nil || len(s.Requests()) != before+1 {
		t.Errorf("asked %d times more, %v", len(s.Requests())-before, err)
	}
}
