package ragtest

import (
	"context"
	"math"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"docent/rag"
)

// TestEmbedder is the contract of rag.Embedder as a suite.
func TestEmbedder(t *testing.T, e rag.Embedder) {
	for name, test := range map[string]func(*testing.T, rag.Embedder){
		"a fingerprint names it":             testFingerprint,
		"vectors are one long, in order":     testUnitVectors,
		"a text has one vector":              testOneVector,
		"nothing to embed has none":          testNothingToEmbed,
		"several goroutines may embed":       testConcurrentEmbedding,
		"embedding ends with its context":    testCancelledEmbedding,
		"a word in common brings texts near": testWordInCommon,
	} {
		t.Run(name, func(t *testing.T) { test(t, e) })
	}
}

var embedded = []string{
	"The quorum of the council is nine members.",
	"Le quorum du conseil est de neuf membres.",
	"Laptops are encrypted.",
	"un",
	"1998",
	"a word again and again and again",
}

func passages(t *testing.T, e rag.Embedder, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("%d texts have %d vectors", len(texts), len(vectors))
	}
	return vectors
}

func testFingerprint(t *testing.T, e rag.Embedder) {
	f := e.Fingerprint()
	if f.Name == "" || f.Version == "" || f.Dimension <= 0 || f != e.Fingerprint() {
		t.Errorf("fingerprint %+v", f)
	}
}

func testUnitVectors(t *testing.T, e rag.Embedder) {
	all := passages(t, e, embedded...)
	for i, text := range embedded {
		alone := passages(t, e, text)[0]
		if d := cmp.Diff(alone, all[i]); d != "" {
			t.Errorf("%q alone and among others: %s", text, d)
		}
		query, err := e.EmbedQuery(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range [][]float32{all[i], query} {
			if len(v) != e.Fingerprint().Dimension || math.Abs(rag.Dot(v, v)-1) > 1e-5 {
				t.Errorf("%q: %d dimensions, length² %v", text, len(v), rag.Dot(v, v))
			}
		}
	}
}

func testOneVector(t *testing.T, e rag.Embedder) {
	if d := cmp.Diff(passages(t, e, embedded...), passages(t, e, embedded...)); d != "" {
		t.Error(d)
	}
}

func testNothingToEmbed(t *testing.T, e rag.Embedder) {
	for _, text := range []string{"", " \n\t"} {
		query, err := e.EmbedQuery(t.Context(), text)
		if v := passages(t, e, "before", text, "after"); v[0] == nil || v[1] != nil || v[2] == nil || query != nil || err != nil {
			t.Errorf("%q: passages %v, query %v, %v", text, v[1], query, err)
		}
	}
	if v := passages(t, e); len(v) != 0 {
		t.Errorf("no texts: %v", v)
	}
}

func testConcurrentEmbedding(t *testing.T, e rag.Embedder) {
	want := passages(t, e, embedded...)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				got, err := e.EmbedPassages(t.Context(), embedded)
				if d := cmp.Diff(want, got); err != nil || d != "" {
					t.Errorf("%v, %s", err, d)
					return
				}
			}
		})
	}
	all.Wait()
}

func testCancelledEmbedding(t *testing.T, e rag.Embedder) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.EmbedPassages(ctx, embedded); err == nil {
		t.Error("passages were embedded after the end")
	}
	if _, err := e.EmbedQuery(ctx, embedded[0]); err == nil {
		t.Error("a query was embedded after the end")
	}
}

func testWordInCommon(t *testing.T, e rag.Embedder) {
	v := passages(t, e, "the quorum of the council", "what is the quorum", "laptops are encrypted")
	if near, far := rag.Dot(v[0], v[1]), rag.Dot(v[0], v[2]); near <= far {
		t.Errorf("cosine with a word in common %v, without %v", near, far)
	}
}
