package answer_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/ragtest"
	"docent/rag/retrieve"
)

// BenchmarkWriter is what docent itself costs beside a model that takes no time and
// searches twice before it writes: search, packing, prompts and verification of five
// claims, from the last token of a claim to its being shown, and one search beside it.
// DOCENT_PASSAGES is the size of the library, 2,000 without it; "searches" is the answer's
// time in searches, which is at most 3.
func BenchmarkWriter(b *testing.B) {
	passages := 2000
	if n, err := strconv.Atoi(os.Getenv("DOCENT_PASSAGES")); err == nil {
		passages = n
	}
	embedder := embed.NewBuiltin()
	corpus := ragtest.NewCorpus(1, embedder.Fingerprint().Dimension)
	lib := filled(b, corpus, passages)
	model := &quoting{query: func() string { return words(corpus, 6) }}
	retriever := retrieve.Retriever{Library: lib, Embedder: embedder}
	w := answer.Writer{Answerer: answer.Answerer{Retriever: retriever}, Model: model}
	var all, search, shown []time.Duration
	answer := func() {
		req := rag.SearchRequest{Question: words(corpus, 6), Language: "en", Audience: rag.Operator()}
		began := time.Now()
		got, err := w.Tell(b.Context(), req, func(rag.Claim, []rag.Citation) error {
			shown = append(shown, time.Since(model.wrote))
			return nil
		})
		if err != nil || got.Rounds != 3 {
			b.Fatal(got.Rounds, err)
		}
		all = append(all, time.Since(began))
		began, req.Question, req.Limit = time.Now(), words(corpus, 6), 40
		if _, err := retriever.Search(b.Context(), req); err != nil {
			b.Fatal(err)
		}
		search = append(search, time.Since(began))
	}
	answer() // the first search of a process loads the index
	all, search, shown = nil, nil, nil
	for b.Loop() {
		answer()
	}
	p50 := func(times []time.Duration) float64 {
		slices.Sort(times)
		return float64(times[len(times)/2].Microseconds()) / 1000
	}
	b.ReportMetric(p50(all)/p50(search), "searches")
	for name, times := range map[string][]time.Duration{"p50-ms": all, "p50-ms-of-one-search": search, "p50-ms-token-to-shown": shown} {
		b.ReportMetric(p50(times), name)
	}
}

func filled(b *testing.B, corpus *ragtest.Corpus, passages int) *library.Library {
	b.Helper()
	lib, err := library.Open(b.Context(), filepath.Join(b.TempDir(), "library.db"),
		library.Options{Fingerprint: rag.FingerprintOf(embed.NewBuiltin()), Create: true, Temporary: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { lib.Close() })
	for n := range passages / 20 {
		doc, list := corpus.Document(n, 20)
		if err := lib.Put(b.Context(), doc, list); err != nil {
			b.Fatal(err)
		}
	}
	return lib
}

func words(c *ragtest.Corpus, n int) string {
	var list []string
	for range n {
		list = append(list, c.Word())
	}
	return strings.Join(list, " ") + "?"
}

// quoting searches twice, and then writes a claim about each of the first five
// passages, in pieces of about a token, and notes when it wrote the last of them.
type quoting struct {
	query func() string
	wrote time.Time
}

func (q *quoting) Name() string { return "quoting" }

func (q *quoting) Tools(context.Context) bool { return true }

func (q *quoting) Evidence(context.Context) int { return 0 }

var shownPassage = regexp.MustCompile(`(?m)^<<<passage (\d+) [0-9a-f]+>>>\n\[[^\n]*\n(.*)$`)

func (q *quoting) Generate(_ context.Context, req rag.ModelRequest, emit func(string) error) (rag.Generation, error) {
	if len(req.Turns) < 5 {
		return rag.Generation{Calls: []rag.ToolCall{{ID: "1", Name: "search", Arguments: argument(q.query())}}}, nil
	}
	var text strings.Builder
	for _, m := range shownPassage.FindAllStringSubmatch(req.Turns[0].Text, 5) {
		run := strings.Join(strings.Fields(m[2])[:15], " ")
		fmt.Fprintf(&text, "CLAIM: %s.\nQUOTE %s: %s\n\n", run, m[1], run)
	}
	for piece := range strings.SplitAfterSeq(text.String(), " ") {
		q.wrote = time.Now()
		if err := emit(piece); err != nil {
			return rag.Generation{}, err
		}
	}
	return rag.Generation{Text: text.String()}, nil
}
