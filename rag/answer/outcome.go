package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"docent/prompts"
	"docent/rag"
	"docent/rag/lang"
	"docent/rag/verify"
)

// errCut says that a model came to its greatest length before anything was said.
var errCut = errors.New("the language model broke off before it had said anything")

// settle draws the outcome from what the model wrote.
func (t *telling) settle(ctx context.Context, w *writing) error {
	a := &t.answer
	a.Evidence = t.view.evidence()
	a.ModelName, a.Prompt = t.Model.Name(), prompts.Version()
	a.Dropped, a.Unsupported = append(w.withdrawn, w.dropped...), len(w.dropped)
	switch {
	case len(w.done.Claims) == 0 && a.Did == rag.DidCut && a.Failure == nil:
		t.failed(errCut, "")
		a.Did = rag.DidCut
		return nil
	case len(w.done.Claims) == 0 && a.Failure != nil:
		return nil //nolint:nilerr // nothing is shown of it
	case len(w.done.Claims) == 0:
		a.Mode = rag.Written
		if a.Did = rag.DidAnswer; len(a.Dropped) == 0 {
			a.Did = rag.DidDecline
		}
		return t.refuse(ctx)
	}
	a.Mode, a.Status, a.Did, a.Confidence = rag.Written, rag.Answered, cmp.Or(a.Did, rag.DidAnswer), 1
	a.Claims, a.Citations = w.done.Claims, w.done.Citations
	if a.Unsupported > 0 {
		a.Note(prompts.Unsupported(a.Language, a.Unsupported))
	}
	if w.notFound || len(w.missing) > 0 {
		a.Note(prompts.Partial(a.Language, prompts.Missing{Parts: partsNamed(t.parts(), w.missing)}))
	}
	if a.Did == rag.DidCut || a.Did == rag.DidFail {
		a.Note(prompts.BrokenOff(a.Language))
	}
	if a.Notice != "" {
		a.Status = rag.Partial
	}
	return nil
}

// refuse says that the documents do not tell, and shows what comes nearest.
func (t *telling) refuse(ctx context.Context) error {
	near := rag.Answer{Language: t.request.Language}
	said, err := t.Answerer.inquire(ctx, t.request, t.asked, &near)
	if err != nil {
		return err
	}
	t.answer.Searched, t.answer.Timings.Retrieve = near.Searched, t.answer.Timings.Retrieve+near.Timings.Retrieve
	if err := t.Answerer.refuse(ctx, t.request.Audience, said, &t.answer); err != nil {
		return err
	}
	if t.answer.Unsupported > 0 {
		t.answer.Note(prompts.Unsupported(t.answer.Language, t.answer.Unsupported))
	}
	return nil
}

// parts are what is asked, in its own words.
func (t *telling) parts() []string {
	var list []string
	for _, p := range parts(t.request, t.asked) {
		list = append(list, p.Asked)
	}
	return list
}

// partsNamed are the parts of the question that the model's words mean: they
// are said in the words of the question, since those of the model are checked
// by nothing. None for a question of one part.
func partsNamed(parts, missing []string) []string {
	if len(parts) < 2 {
		return nil
	}
	var named []string
	for _, m := range missing {
		words := lang.Words("", m)
		shared := func(part string) (n int) {
			said := lang.Words("", part)
			for _, w := range words {
				if !lang.IsStopAnywhere(w.Surface) && verify.HasWord(said, w) {
					n++
				}
			}
			return n
		}
		best := slices.MaxFunc(parts, func(a, b string) int { return cmp.Compare(shared(a), shared(b)) })
		if shared(best) > 0 && !slices.Contains(named, best) {
			named = append(named, best)
		}
	}
	if len(named) == len(parts) {
		return nil // a model that answers some part does not mean all of them
	}
	return named
}

// failed keeps the first error of the model, which may have written something before.
// One of the request's context is none.
func (t *telling) failed(err error, written string) {
	switch {
	case t.answer.Failure != nil, errors.Is(err, errEnough):
		return
	case errors.Is(err, rag.ErrModelDeclined):
		t.answer.Did = rag.DidDecline
		t.answer.Warn(fmt.Errorf("ask %s: %w", t.Model.Name(), err))
		return
	}
	t.answer.Failure, t.answer.Did = fmt.Errorf("ask %s: %w", t.Model.Name(), err), rag.DidFail
	if written != "" {
		t.answer.Did = rag.DidCut
	}
}
