package answer_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"docent/rag"
	"docent/rag/answer"
	"docent/rag/retrieve"
)

// ranking is a reranker that does as it is told.
type ranking func(question string, texts []string) ([]int, error)

func (r ranking) Rerank(_ context.Context, question string, texts []string) ([]int, rag.Usage, error) {
	order, err := r(question, texts)
	return order, rag.Usage{InputTokens: 7}, err
}

// notes is an answerer over five short documents.
func notes(t *testing.T) answer.Answerer {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		writeFile(t, dir+"/"+name+".txt", "The ferry "+name+" leaves the harbour at noon. It carries forty people.\n")
	}
	a, _ := answers(t, dir)
	return a
}

func found(t *testing.T, r retrieve.Retriever, limit int) (string, rag.Result) {
	t.Helper()
	got, err := r.Search(t.Context(), rag.SearchRequest{Question: "When does the ferry leave the harbour?", Audience: rag.Operator(), Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, h := range got.Hits {
		names = append(names, h.Document.Title)
		if i > 0 && h.Score > got.Hits[i-1].Score {
			t.Errorf("the scores are not in order: %+v", got.Hits)
		}
	}
	return strings.Join(names, " "), got
}

func TestRetrieverReranks(t *testing.T) {
	r := notes(t).Retriever
	plain, before := found(t, r, 5)
	titles := strings.Fields(plain)
	for name, c := range map[string]struct {
		order []int
		limit int
		want  []int
	}{
		"reversed":         {[]int{4, 3, 2, 1, 0}, 5, []int{4, 3, 2, 1, 0}},
		"the best of more": {[]int{4, 3, 2, 1, 0}, 2, []int{4, 3}},
		"some left out":    {[]int{2}, 5, []int{2, 0, 1, 3, 4}},
		"named twice":      {[]int{3, 3, 1, 3}, 5, []int{3, 1, 0, 2, 4}},
		"never shown":      {[]int{9, -1, 1}, 5, []int{1, 0, 2, 3, 4}},
		"none":             {nil, 5, []int{0, 1, 2, 3, 4}},
	} {
		t.Run(name, func(t *testing.T) {
			r.Reranker = ranking(func(question string, texts []string) ([]int, error) {
				if len(texts) != 5 || !strings.Contains(question, "ferry") || !strings.Contains(texts[0], titles[0]) {
					t.Errorf("asked %q of %q", question, texts)
				}
				return c.order, nil
			})
			var want []string
			for _, i := range c.want {
				want = append(want, titles[i])
			}
			got, result := found(t, r, c.limit)
			if got != strings.Join(want, " ") || result.Warning != nil || result.Usage.InputTokens != 7 || result.Hits[0].Score != before.Hits[0].Score {
				t.Errorf("found %s, want %v; %v, %+v", got, want, result.Warning, result.Usage)
			}
		})
	}
}

var errNoReranker = errors.New("no reranker there")

// A reranker that fails costs its order and nothing else.
func TestAnswersWithoutTheirReranker(t *testing.T) {
	a := notes(t)
	plain, _ := found(t, a.Retriever, 5)
	a.Retriever.Reranker = ranking(func(string, []string) ([]int, error) { return []int{4}, errNoReranker })
	got, result := found(t, a.Retriever, 5)
	if got != plain || !errors.Is(result.Warning, errNoReranker) {
		t.Errorf("found %s, want %s; %v", got, plain, result.Warning)
	}
	answer, err := a.Answer(t.Context(), rag.SearchRequest{Question: "When does the ferry leave the harbour?", Audience: rag.Operator()})
	if err != nil || answer.Status != rag.Answered || len(answer.Warnings) != 1 || answer.Failure != nil || answer.Notice != "" || answer.Usage.InputTokens != 7 {
		t.Errorf("%v, %s: %s, %v, %v", err, answer.Status, answer.Text(), answer.Warnings, answer.Failure)
	}
}

func TestRerankEndsWithItsContext(t *testing.T) {
	r := notes(t).Retriever
	ctx, cancel := context.WithCancel(t.Context())
	r.Reranker = ranking(func(string, []string) ([]int, error) {
		cancel()
		return nil, ctx.Err()
	})
	if _, err := r.Search(ctx, rag.SearchRequest{Question: "When does the ferry leave?", Audience: rag.Operator()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The order decides what a model is shown.
func TestWriterReranks(t *testing.T) {
	w, model := purchasing(t, "NOT FOUND")
	dir := t.TempDir()
	writeFile(t, dir+"/a.md", "# Stamps\n\nOrders are stamped by the office.\n")
	writeFile(t, dir+"/b.md", "# Orders\n\nOrders are signed by the director.\n")
	a, _ := answers(t, dir)
	a.Evidence, w.Tokens = 1, 60
	a.Retriever.Reranker = ranking(func(_ string, texts []string) ([]int, error) {
		return []int{slices.IndexFunc(texts, func(s string) bool { return strings.HasPrefix(s, "Stamps") })}, nil
	})
	w.Answerer = a
	asking(t, w, "Who signs the orders?")
	if text := model.Calls()[0].Turns[0].Text; !strings.Contains(text, "[Stamps ·") || strings.Contains(text, "director") {
		t.Errorf("shown\n%s", text)
	}
}
