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

// settle draws the outcome from what the model wrote.
func (t *telling) settle(ctx context.Context, w *writing) error {
	a := &t.answer
	a.Unsupported = w.dropped
	if len(w.done.Claims) == 0 && (a.Failure != nil || !w.notFound || w.dropped > 0) {
		return t.extract(ctx)
	}
	a.Mode, a.ModelName, a.Prompt = rag.Written, t.Model.Name(), prompts.Version()
	if len(w.done.Claims) == 0 {
		return t.Answerer.refuse(ctx, t.request.Audience, t.said, a)
	}
	a.Status, a.Claims, a.Citations = rag.Answered, w.done.Claims, w.done.Citations
	if w.dropped > 0 && !t.Mark {
		a.Note(prompts.Unsupported(a.Language, w.dropped))
	}
	if w.notFound || len(w.missing) > 0 {
		a.Note(prompts.Partial(a.Language, prompts.Missing{Parts: partsNamed(t.parts(), w.missing)}))
	}
	if a.Failure != nil {
		a.Note(prompts.BrokenOff(a.Language))
	}
	if a.Notice != "" || w.dropped > 0 {
		a.Status = rag.Partial
	}
	return nil
}

// parts are what is asked, in its own words.
func (t *telling) parts() []string {
	var list []string
	for _, p := range parts(t.request, t.standalone) {
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

// extract answers without the model, and says so where that was not to be.
func (t *telling) extract(ctx context.Context) error {
	a := &t.answer
	if err := t.Answerer.conclude(ctx, t.request.Audience, t.said, a); err != nil {
		return err
	}
	if a.Unsupported > 0 {
		a.Note(prompts.Unsupported(a.Language, a.Unsupported))
	}
	if a.Failure != nil || a.Unsupported > 0 && len(a.Claims) > 0 {
		a.Note(prompts.WithoutModel(a.Language))
	}
	return a.Tell(t.emit)
}

// failed keeps the first error of the model. One of the request's context is
// none.
func (t *telling) failed(err error) {
	if t.answer.Failure == nil && !errors.Is(err, errEnough) {
		t.answer.Failure = fmt.Errorf("ask %s: %w", t.Model.Name(), err)
	}
}
