package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"docent/bot/render"
	"docent/rag"
)

// answer answers an admitted question.
func (b *Bot) answer(ctx context.Context, q question, cat render.Catalogue, audience rag.Audience) error {
	began := b.opts.Clock.Now()
	done := b.showProcessing(ctx, q)
	defer done()
	history, err := b.store.History(ctx, q.Channel, q.Thread, q.TS)
	if err != nil {
		return b.apologize(ctx, q, cat, "", err)
	}
	result := b.generate(ctx, q, cat, rag.SearchRequest{Question: q.Text, Language: q.Language, Locale: q.locale, Audience: audience, History: history})
	switch {
	case errors.Is(result.err, errDeleted):
		return b.withdraw(ctx, q, result.stream)
	case result.err != nil && ctx.Err() != nil:
		return ctx.Err()
	case result.err != nil:
		return b.apologize(ctx, q, cat, result.stream, result.err)
	}
	following, err := b.follow(ctx, q)
	if err != nil {
		return err
	}
	if result.answer.Intent.IsCourtesy() {
		return b.reply(ctx, q, result.answer)
	}
	view := b.view(ctx, cat, result.answer, q.ID)
	view.Following = following
	if err := b.publish(ctx, q, result.stream, view.Messages()); err != nil {
		return err
	}
	return b.answered(ctx, q, result.answer, began)
}

// answered keeps that an answer is out, and what came of the question.
func (b *Bot) answered(ctx context.Context, q question, answer rag.Answer, began time.Time) error {
	took := b.opts.Clock.Now().Sub(began)
	b.metrics.answered(q.surface, answer, took)
	if err := b.store.SetAnswer(ctx, q.ID, q.Language, answer.Text()); err != nil {
		return err
	}
	return b.store.SetOutcome(ctx, q.ID, answer, took)
}

// reply answers a message that asks nothing of the documents: with a line, and
// nothing to rate or to lean on.
func (b *Bot) reply(ctx context.Context, q question, line rag.Answer) error {
	if err := b.publish(ctx, q, "", []render.Message{render.Notice(line.Notice)}); err != nil {
		return err
	}
	return b.store.SetAnswer(ctx, q.ID, line.Language, "")
}

// view is an answer to show, with what goes below each.
func (b *Bot) view(ctx context.Context, cat render.Catalogue, answer rag.Answer, question string) render.Answer {
	return render.Answer{Catalogue: cat, Answer: answer, Question: question, Indexed: b.lastIndexed(ctx), CanAdd: b.opts.Documents != nil}
}

// generated is the result of putting a question to the documents.
type generated struct {
	answer rag.Answer
	// stream is the message in which claims were shown while others were still
	// being generated, "" for none.
	stream string
	err    error
}

// generate has the question answered, and shows the claims as they come where
// that takes its time and no message of an answer may be there. A stop keeps
// the claims that were there.
func (b *Bot) generate(ctx context.Context, q question, cat render.Catalogue, req rag.SearchRequest) generated {
	ctx, end := b.inflight.begin(ctx, q)
	defer end()
	s := &stream{bot: b, question: q}
	var mu sync.Mutex
	var claims []rag.Claim
	var citations []rag.Citation
	answering, answered := context.WithCancel(ctx)
	var showing sync.WaitGroup
	if !q.mayBeAnswered {
		showing.Go(func() {
			s.run(answering, func() []rag.Claim { mu.Lock(); defer mu.Unlock(); return claims[:len(claims):len(claims)] })
		})
	}
	answer, err := b.opts.Answerer.Tell(ctx, req, func(c rag.Claim, found []rag.Citation) error {
		mu.Lock()
		defer mu.Unlock()
		claims, citations = append(claims, c), append(citations, found...)
		return ctx.Err()
	})
	answered()
	showing.Wait()
	s.stop(context.WithoutCancel(ctx))
	if cause := context.Cause(ctx); errors.Is(cause, errStopped) {
		answer = rag.Answer{Question: req.Question, Language: req.Language, Status: rag.Partial, Claims: claims, Citations: citations,
			Mode: answer.Mode, ModelName: answer.ModelName, Searched: answer.Searched, Notice: cat.Stopped + " " + cat.Unfinished}
		err = nil
	} else if errors.Is(cause, errDeleted) {
		err = errDeleted
	}
	if err != nil {
		err = fmt.Errorf("answer: %w", err)
	}
	return generated{answer: answer, stream: s.ts, err: err}
}

// apologize says that there is no answer, with a name under which the log
// tells why.
func (b *Bot) apologize(ctx context.Context, q question, cat render.Catalogue, streamed string, why error) error {
	if ctx.Err() != nil {
		return why
	}
	line := fmt.Sprintf(cat.Greeting, "…")
	if !errors.Is(why, rag.ErrLongQuestion) && !errors.Is(why, rag.ErrEmptyQuestion) {
		b.metrics.problem("no answer")
		b.log.Error("a question was not answered", "question", q.ID, "error", why)
		line = fmt.Sprintf(cat.Failed, q.ID)
	}
	if err := b.publish(ctx, q, streamed, []render.Message{render.Notice(line)}); err != nil {
		return err
	}
	return b.store.SetAnswer(ctx, q.ID, q.Language, "")
}
