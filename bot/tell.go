package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"docent/rag"
)

// told is what came of putting a question to the documents.
type told struct {
	answer rag.Answer
	// stream is the message in which claims were shown while others were
	// made, "" for none.
	stream string
	err    error
}

// tell has the question answered, and shows the claims as they come where that
// takes its time and no message of an answer may be there. A stop keeps the
// claims that were there.
func (b *Bot) tell(ctx context.Context, q question, w words, req rag.SearchRequest) told {
	ctx, end := b.running.begin(ctx, q)
	defer end()
	s := &stream{bot: b, question: q}
	var mu sync.Mutex
	var claims []rag.Claim
	var citations []rag.Citation
	answering, answered := context.WithCancel(ctx)
	var showing sync.WaitGroup
	if !q.again {
		showing.Go(func() {
			s.follow(answering, func() []rag.Claim { mu.Lock(); defer mu.Unlock(); return claims[:len(claims):len(claims)] })
		})
	}
	answer, err := b.Answerer.Tell(ctx, req, func(c rag.Claim, found []rag.Citation) error {
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
			Mode: answer.Mode, ModelName: answer.ModelName, Searched: answer.Searched, Notice: w.stopped + " " + w.stillMissing}
		err = nil
	} else if errors.Is(cause, errDeleted) {
		err = errDeleted
	}
	if err != nil {
		err = fmt.Errorf("answer: %w", err)
	}
	return told{answer: answer, stream: s.ts, err: err}
}

// stream shows claims in a message of Slack's streaming. It is a preview: the
// answer takes its place in the end, and without it nothing is missed.
type stream struct {
	bot      *Bot
	question question
	ts       string
	shown    int
	began    time.Time
	// broken is set once Slack takes no more.
	broken bool
}

// longest is how long a stream is written to; Slack ends each after five
// minutes.
const longest = 4 * time.Minute

// writeTime bounds one call of a stream. A call is not cut short when the
// answer is there: it may have begun a message that would stay.
const writeTime = 10 * time.Second

// follow shows what claims there are, from time to time, until ctx ends.
func (s *stream) follow(ctx context.Context, claims func() []rag.Claim) {
	tick := time.NewTicker(s.bot.StreamEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if fresh := claims()[s.shown:]; len(fresh) > 0 && !s.broken {
				call, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
				s.show(call, fresh)
				cancel()
			}
		case <-ctx.Done():
			return
		}
	}
}

func (s *stream) show(ctx context.Context, fresh []rag.Claim) {
	b := s.bot
	text := ""
	for _, c := range fresh {
		text += markdown(c.Text)
		for _, n := range c.Citations {
			text += fmt.Sprintf(" [%d]", n)
		}
		text += " "
	}
	switch {
	case s.ts == "" && !b.streams.start.AllowN(b.Clock.Now(), 1), s.ts != "" && !b.streams.append.AllowN(b.Clock.Now(), 1):
		return // they are shown with the next, or in the end
	case s.ts != "" && b.Clock.Now().Sub(s.began) > longest:
		s.broken = true
		return
	}
	text = cut(text, 3000)
	err := s.write(ctx, text)
	if err != nil {
		s.broken = true
		b.metrics.problem("stream")
		return
	}
	s.shown += len(fresh)
}

// stop ends the stream. Where that fails Slack ends it, and the message can be
// replaced then.
func (s *stream) stop(ctx context.Context) {
	if s.ts == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	err := s.bot.calls.read(ctx, func(ctx context.Context) error {
		_, _, err := s.bot.api.StopStreamContext(ctx, s.question.channel, s.ts)
		return err
	})
	if err != nil && refusal(err) != "message_not_in_streaming_state" {
		s.bot.metrics.problem("stream")
	}
}
