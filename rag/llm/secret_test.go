package llm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"

	"docent/rag/llm"
	"docent/rag/llm/llmtest"
)

// TestSecret: however a key is printed, it does not show.
func TestSecret(t *testing.T) {
	c := llm.Config{Provider: "openai", Key: key}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("opened", "key", c.Key, "config", c)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("opened", "key", c.Key, "config", fmt.Sprintf("%+v", c))
	encoded, err := json.Marshal(map[string]any{"key": c.Key})
	if err != nil {
		t.Fatal(err)
	}
	log.Write(encoded)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&log, verb+"\n"+verb+"\n", c.Key, c)
	}
	for _, trace := range []string{key, key[:8], fmt.Sprintf("%x", key)} {
		if strings.Contains(log.String(), trace) {
			t.Errorf("%q shows in\n%s", trace, log.String())
		}
	}
	if !strings.Contains(log.String(), "[key]") {
		t.Error("nothing says that there is a key")
	}
}

// TestKeyStays: a provider that repeats the key in its errors has it shown to
// nobody, nor does the log have it.
func TestKeyStays(t *testing.T) {
	for _, provider := range append([]string{"openai", "mistral"}, providers...) {
		for name, reply := range map[string]llmtest.Reply{
			"denied":      {},
			"repeated":    {Status: 400, Message: "Header 'Authorization: Bearer " + key + "' is malformed; key=" + key + ", or \"" + key[:14] + "…\"."},
			"alone":       {Status: 503, Message: key},
			"masked":      {Status: 429, Message: "Key " + key[:10] + "****" + key[len(key)-4:] + " is used too much."},
			"in a stream": {Text: key, Fault: llmtest.ErrorEvent},
		} {
			t.Run(name+"/"+provider, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { testKeyStays(t, provider, reply) })
			})
		}
	}
}

func testKeyStays(t *testing.T, provider string, reply llmtest.Reply) {
	s := llmtest.NewInMemory(t)
	if reply.Status == 0 && reply.Text == "" {
		s.Want("another")
	}
	s.Answer(func(llmtest.Request) llmtest.Reply { return reply })
	var log bytes.Buffer
	m := open(t, s, provider, func(c *llm.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.Attempts = 2
	})
	_, _, err := ask(t, m, "?")
	if err == nil {
		t.Fatal("no error")
	}
	all := fmt.Sprintf("%v %+v %#v %s", err, err, err, log.String())
	for _, trace := range []string{key, key[:8], key[len(key)-6:]} {
		if strings.Contains(all, trace) {
			t.Errorf("%q shows in %s", trace, all)
		}
	}
}
