package retrieve

import (
	"context"
	"fmt"
	"slices"
	"time"

	"docent/rag"
)

// mostReranked is how many hits a reranker chooses among. Most servers take
// that many at once, and of those beyond few are read.
const mostReranked = 32

// Search ranks the passages of the library for the request. A reranker that
// fails leaves the hits as they are, see Result.Warning.
func (r Retriever) Search(ctx context.Context, req rag.SearchRequest) (rag.Result, error) {
	found, err := r.Retrieve(ctx, req)
	return found.Result, err
}

// Retrieve is Search for who looks for the answer in what was found: it
// returns the analysed question too.
func (r Retriever) Retrieve(ctx context.Context, req rag.SearchRequest) (Result, error) {
	if r.Reranker == nil {
		return r.search(ctx, req)
	}
	began, limit := time.Now(), r.limit(req)
	req.Limit = max(limit, mostReranked)
	found, err := r.search(ctx, req)
	if err != nil {
		return found, err
	}
	if err := r.rerank(ctx, req.Question, &found); err != nil {
		return Result{}, err
	}
	found.Hits = found.Hits[:min(len(found.Hits), limit)]
	found.Took = time.Since(began)
	return found, nil
}

// rerank has the best hits put in another order. An error is one of ctx.
func (r Retriever) rerank(ctx context.Context, question string, found *Result) error {
	best := found.Hits[:min(len(found.Hits), mostReranked)]
	if len(best) < 2 {
		return nil
	}
	texts := make([]string, len(best))
	for i, h := range best {
		texts[i] = indexed(h.Document, h.Passage)
	}
	order, usage, err := r.Reranker.Rerank(ctx, question, texts)
	found.Usage = usage
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		found.Warning = fmt.Errorf("rerank %d passages: %w", len(texts), err)
		return nil
	}
	reorder(best, order)
	return nil
}

// reorder puts hits in an order of their indexes, those that it does not name
// last. The scores stay where they are: the nth hit has the nth score, and
// what is weighed by them is weighed as before.
func reorder(hits []rag.Hit, order []int) {
	found := slices.Clone(hits)
	taken := make([]bool, len(hits))
	n := 0
	take := func(i int) {
		if i >= 0 && i < len(found) && !taken[i] {
			taken[i] = true
			score := found[n].Score
			hits[n] = found[i]
			hits[n].Score = score
			n++
		}
	}
	for _, i := range order {
		take(i)
	}
	for i := range found {
		take(i)
	}
}
