package embed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
	"docent/rag/embed"
	"docent/rag/llm"
	"docent/rag/llm/llmtest"
	"docent/rag/ragtest"
)

func adapter(t *testing.T, s *llmtest.Server, options embed.AdapterOptions) *embed.Adapter {
	t.Helper()
	client, err := llm.OpenEmbeddings(llm.Config{Provider: "ollama", Model: "bge-m3", BaseURL: s.URL, Attempts: 1}, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	options.Model = "bge-m3"
	e, err := embed.NewAdapter(t.Context(), client, options)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func cache(t *testing.T, path string) *embed.Cache {
	t.Helper()
	c, err := embed.OpenCache(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// asked are the texts that a server was asked to embed since the nth request.
func asked(s *llmtest.Server, n int) []string {
	var all []string
	for _, r := range s.Requests()[n:] {
		all = append(all, r.Inputs...)
	}
	return all
}

func TestAdapter(t *testing.T) {
	t.Run("without a cache", func(t *testing.T) {
		ragtest.TestEmbedder(t, adapter(t, llmtest.New(t), embed.AdapterOptions{}))
	})
	t.Run("with a cache", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "new", "embeddings.db")
		ragtest.TestEmbedder(t, adapter(t, llmtest.New(t), embed.AdapterOptions{Cache: cache(t, path)}))
	})
	t.Run("in small batches", func(t *testing.T) {
		ragtest.TestEmbedder(t, adapter(t, llmtest.New(t), embed.AdapterOptions{Batch: 2}))
	})
}

func numbered(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("passage %d", i)
	}
	return texts
}

// TestPaidOnce: no text is sent twice, by whichever process and after whatever
// failure.
func TestPaidOnce(t *testing.T) {
	s := llmtest.New(t)
	path := filepath.Join(t.TempDir(), "embeddings.db")
	first := adapter(t, s, embed.AdapterOptions{Cache: cache(t, path), Batch: 10, Concurrency: 1})
	// The third batch fails: two are in.
	s.Script(llmtest.Reply{}, llmtest.Reply{}, llmtest.Reply{Status: 500})
	if _, err := first.EmbedPassages(t.Context(), numbered(40)); err == nil {
		t.Fatal("no error")
	}
	before := len(s.Requests())
	want, err := first.EmbedPassages(t.Context(), numbered(40))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(numbered(40)[20:], asked(s, before)); d != "" {
		t.Errorf("after a failure: %s", d)
	}
	before = len(s.Requests())
	second := adapter(t, s, embed.AdapterOptions{Cache: cache(t, path)})
	got, err := second.EmbedPassages(t.Context(), append(numbered(40), "another"))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"another"}, asked(s, before)); d != "" {
		t.Errorf("in another process: %s", d)
	}
	if d := cmp.Diff(want, got[:40]); d != "" {
		t.Errorf("the vectors are others: %s", d)
	}
	// Another prefix makes other texts.
	before = len(s.Requests())
	third := adapter(t, s, embed.AdapterOptions{Cache: cache(t, path), PassagePrefix: "passage: ", QueryPrefix: "query: "})
	if _, err := third.EmbedPassages(t.Context(), []string{"another", " "}); err != nil {
		t.Fatal(err)
	}
	if _, err := third.EmbedQuery(t.Context(), "another"); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"passage: another", "query: another"}, asked(s, before)); d != "" {
		t.Errorf("with prefixes: %s", d)
	}
	if third.Fingerprint() == second.Fingerprint() || first.Fingerprint() != second.Fingerprint() {
		t.Errorf("fingerprints %v, %v, %v", first.Fingerprint(), second.Fingerprint(), third.Fingerprint())
	}
}

// TestManyProcesses: several write one cache at once.
func TestManyProcesses(t *testing.T) {
	s, path := llmtest.New(t), filepath.Join(t.TempDir(), "embeddings.db")
	var all sync.WaitGroup
	for i := range 4 {
		e := adapter(t, s, embed.AdapterOptions{Cache: cache(t, path), Batch: 5})
		all.Go(func() {
			vectors, err := e.EmbedPassages(t.Context(), numbered(60)[10*i:])
			if err != nil || len(vectors) != 60-10*i || vectors[0] == nil {
				t.Error(len(vectors), err)
			}
		})
	}
	all.Wait()
}

// TestDimension: it is asked for once, or said by the configuration.
func TestDimension(t *testing.T) {
	s, path := llmtest.New(t), filepath.Join(t.TempDir(), "embeddings.db")
	for range 2 {
		if got := adapter(t, s, embed.AdapterOptions{Cache: cache(t, path)}).Fingerprint().Dimension; got != llmtest.Dimension {
			t.Errorf("%d dimensions", got)
		}
	}
	if n := len(s.Requests()); n != 1 {
		t.Errorf("asked %d times", n)
	}
	path = filepath.Join(t.TempDir(), "embeddings.db")
	said := adapter(t, s, embed.AdapterOptions{Dimension: 32, Cache: cache(t, path)})
	if _, err := said.EmbedQuery(t.Context(), "one"); err == nil || !strings.Contains(err.Error(), "64 dimensions now, not of 32") {
		t.Errorf("error %v", err)
	}
	// The vectors of another length are remembered.
	known, err := embed.NewAdapter(t.Context(), nil, embed.AdapterOptions{Model: "bge-m3", Cache: cache(t, path)})
	if err != nil || known.Fingerprint().Dimension != llmtest.Dimension {
		t.Errorf("%v, %v", known.Fingerprint(), err)
	}
}

// TestBatches: a request holds no more than a server takes.
func TestBatches(t *testing.T) {
	s := llmtest.New(t)
	e := adapter(t, s, embed.AdapterOptions{Dimension: llmtest.Dimension})
	long := strings.Repeat("mot ", 25<<10)
	if _, err := e.EmbedPassages(t.Context(), append(numbered(100), long, long, strings.Repeat(long, 2), "short")); err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, r := range s.Requests() {
		all += len(r.Inputs)
		size := len(strings.Join(r.Inputs, ""))
		if len(r.Inputs) > 64 || len(r.Inputs) > 1 && size > 128<<10 {
			t.Errorf("%d texts of %d bytes", len(r.Inputs), size)
		}
	}
	if all != 104 {
		t.Errorf("%d texts were sent", all)
	}
}

// TestNoCache: a cache that cannot be used is an error of its own, and of a
// broken one the embedder makes nothing.
func TestNoCache(t *testing.T) {
	path := filepath.Join(t.TempDir(), "embeddings.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not SQLite", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := embed.OpenCache(t.Context(), path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	closed := cache(t, filepath.Join(t.TempDir(), "embeddings.db"))
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := adapter(t, llmtest.New(t), embed.AdapterOptions{Cache: closed}).EmbedQuery(t.Context(), "one")
	if err != nil || len(v) != llmtest.Dimension {
		t.Errorf("%d numbers, %v", len(v), err)
	}
}

// TestAdapterNeighbours: words have the neighbours of the built-in embedder.
func TestAdapterNeighbours(t *testing.T) {
	var e rag.Embedder = adapter(t, llmtest.New(t), embed.AdapterOptions{})
	near, ok := e.(rag.WordNeighbours)
	if !ok {
		t.Fatal("none")
	}
	for word := range near.Nearest("avion", .4) {
		if word == "plane" {
			return
		}
	}
	t.Error("a plane is not near")
}
