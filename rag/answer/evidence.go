package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
)

// What a question is looked up with before a model is asked.
const (
	// mostHits is how many passages the first search finds, and mostReread how many of
	// them are read again; toolHits and toolReread are those of a model's own search,
	// whose share of the budget is smaller. Nearly all that is found is shown, so that
	// its order counts less: TestEvidenceHasThePage finds the page as often as with 40
	// and 48 of each, and BenchmarkWriter takes a fifth less.
	mostHits, mostReread = 40, 16
	toolHits, toolReread = 32, 12
	// goodShare is the share of the best score from which on a hit is shown with the
	// passages beside it.
	goodShare = 0.6
	// smallShare is the share of the budget up to which a document is shown whole that
	// has one of the wholeHits best hits.
	smallShare, wholeHits = 0.125, 3
	// answerShown is how much of an answer before is shown, in bytes, lookedUp how much
	// of it is looked up again with its question.
	answerShown, lookedUp = 2000, 200
	exchangesShown        = 4
	// fewestBytes is how much text a passage has, at least, where a library is large.
	fewestBytes = 40
)

// gather shows what the documents have on the question: all of them where they
// fit, else what a search finds, as much as the budget holds.
func (t *telling) gather(ctx context.Context, budget int) (prompts.Material, error) {
	hits, err := t.find(ctx)
	if err != nil {
		return prompts.Material{}, err
	}
	all, fits, err := t.whole(ctx)
	switch {
	case err != nil:
		return prompts.Material{}, err
	case fits:
		hits, budget = withScores(all, hits), t.view.left
	default:
		if hits, err = t.widen(ctx, hits, budget); err != nil {
			return prompts.Material{}, err
		}
	}
	return t.view.show(ctx, hits, budget)
}

// whole are the passages of all documents that may be shown, where they fit.
func (t *telling) whole(ctx context.Context) (hits []rag.Hit, fits bool, err error) {
	room := t.view.left * bytesPerToken
	if t.answer.Searched.Passages*fewestBytes > room {
		return nil, false, nil // there is no need to list them
	}
	var documents []rag.DocumentInfo
	for d, err := range t.Answerer.Retriever.Library.Documents(ctx, t.request.Audience) {
		if err != nil {
			return nil, false, fmt.Errorf("list the documents: %w", err)
		}
		if !t.mayShow(d) {
			continue
		}
		if room -= d.Bytes + headTokens*bytesPerToken; room < 0 {
			return nil, false, nil
		}
		documents = append(documents, d)
	}
	for _, d := range documents {
		passages, err := t.passages(ctx, d, 1)
		if err != nil {
			return nil, false, err
		}
		hits = append(hits, passages...)
	}
	return hits, true, nil
}

// mayShow reports whether a document may be shown to the model.
func (t *telling) mayShow(d rag.DocumentInfo) bool {
	return !slices.Contains(t.Withheld, d.Space) && (len(t.request.Spaces) == 0 || slices.Contains(t.request.Spaces, d.Space))
}

// passages are those of a document from the nth on.
func (t *telling) passages(ctx context.Context, d rag.DocumentInfo, n int) ([]rag.Hit, error) {
	var ids []rag.PassageID
	for ; n <= d.Passages; n++ {
		ids = append(ids, rag.PassageID{Document: d.ID, N: n})
	}
	return t.located(ctx, ids)
}

func (t *telling) located(ctx context.Context, ids []rag.PassageID) ([]rag.Hit, error) {
	found, err := t.Answerer.Retriever.Library.Passages(ctx, t.request.Audience, ids...)
	if err != nil {
		return nil, fmt.Errorf("load %d passages: %w", len(ids), err)
	}
	hits := make([]rag.Hit, len(found))
	for i, p := range found {
		hits[i] = rag.Hit{Located: p}
	}
	return hits, nil
}

// find looks up the question, each of its parts, and what it may lean on: the
// question before it with its answer.
func (t *telling) find(ctx context.Context) ([]rag.Hit, error) {
	questions := []string{t.asked}
	for _, p := range t.request.Parts {
		questions = append(questions, p.Question)
	}
	if n := len(t.request.History); n > 0 {
		last := t.request.History[n-1]
		questions = append(questions, lang.OneLine(lang.FirstBytes(last.Question, rag.MaxQuestion/2)+" "+lang.FirstBytes(last.Answer, lookedUp)))
	}
	var hits []rag.Hit
	for i, q := range questions {
		if slices.Contains(questions[:i], q) {
			continue
		}
		found, err := t.search(ctx, q, t.request.Spaces, cmp.Or(t.request.Limit, t.Answerer.Evidence, mostHits), mostReread)
		if err != nil {
			return nil, err
		}
		hits = withHits(hits, found...)
	}
	rag.SortHits(hits)
	return hits, nil
}

// search looks up one question in what may be shown, and reads so many hits again.
func (t *telling) search(ctx context.Context, question string, spaces []string, limit, reread int) ([]rag.Hit, error) {
	spaces, err := t.shownSpaces(ctx, spaces)
	if err != nil || spaces != nil && len(spaces) == 0 {
		return nil, err
	}
	req := rag.SearchRequest{Question: question, Audience: t.request.Audience, Spaces: spaces, Limit: limit}
	if question == t.asked {
		req.Language = t.request.Language
	}
	retriever := t.Answerer.Retriever
	retriever.Reread = reread
	found, err := retriever.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answer.Searched = found.Searched
	t.answer.Timings.Retrieve += found.Took
	t.answer.Usage.Add(found.Usage)
	t.answer.Warn(found.Warning)
	return found.Hits, nil
}

// shownSpaces are those of the spaces that may be shown, nil for all there are.
func (t *telling) shownSpaces(ctx context.Context, spaces []string) ([]string, error) {
	if len(t.Withheld) == 0 {
		return spaces, nil
	}
	if len(spaces) == 0 {
		for d, err := range t.Answerer.Retriever.Library.Documents(ctx, t.request.Audience) {
			if err != nil {
				return nil, fmt.Errorf("list the spaces: %w", err)
			}
			if !slices.Contains(spaces, d.Space) {
				spaces = append(spaces, d.Space)
			}
		}
	}
	shown := slices.DeleteFunc(slices.Clone(spaces), func(s string) bool { return slices.Contains(t.Withheld, s) })
	return append([]string{}, shown...), nil
}

// widen puts the passages beside the good hits behind them, and all of the small
// documents that the best are from.
func (t *telling) widen(ctx context.Context, hits []rag.Hit, budget int) ([]rag.Hit, error) {
	var ids []rag.PassageID
	add := func(id rag.PassageID) {
		if id.N > 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	room := budget * bytesPerToken
	for i, h := range hits {
		add(h.ID)
		if room -= h.End - h.Start; room < 0 {
			continue // nothing more is shown
		}
		if small := float64(h.Document.Bytes) <= smallShare*float64(budget*bytesPerToken); small && i < wholeHits {
			for n := range h.Document.Passages {
				add(rag.PassageID{Document: h.ID.Document, N: n + 1})
			}
		}
		if h.Score >= goodShare*hits[0].Score {
			add(rag.PassageID{Document: h.ID.Document, N: h.ID.N - 1})
			add(rag.PassageID{Document: h.ID.Document, N: h.ID.N + 1})
		}
	}
	near, err := t.located(ctx, slices.DeleteFunc(slices.Clone(ids), func(id rag.PassageID) bool {
		return slices.ContainsFunc(hits, func(h rag.Hit) bool { return h.ID == id })
	}))
	wide := withHits(slices.Clip(hits), near...)
	order := make(map[rag.PassageID]int, len(ids))
	for i, id := range ids {
		order[id] = i
	}
	slices.SortStableFunc(wide, func(a, b rag.Hit) int { return cmp.Compare(order[a.ID], order[b.ID]) })
	return wide, err
}

// withScores are all passages, with the scores of those that were found.
func withScores(all, found []rag.Hit) []rag.Hit {
	for i, h := range all {
		if at := slices.IndexFunc(found, func(f rag.Hit) bool { return f.ID == h.ID }); at >= 0 {
			all[i] = found[at]
		}
	}
	return all
}
