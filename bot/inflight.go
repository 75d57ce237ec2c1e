package bot

import (
	"context"
	"errors"
	"sync"

	"github.com/slack-go/slack"
)

var (
	errStopped = errors.New("stopped by who asked")
	errDeleted = errors.New("the question was deleted")
)

// running are the questions that are being answered.
type running struct {
	mu sync.Mutex
	// by message, "channel ts".
	questions map[string]run
}

type run struct {
	question question
	cancel   context.CancelCauseFunc
}

// begin makes the question one that can be interrupted, until end.
func (r *running) begin(ctx context.Context, q question) (_ context.Context, end func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	key := q.channel + " " + q.ts
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.questions == nil {
		r.questions = make(map[string]run)
	}
	r.questions[key] = run{question: q, cancel: cancel}
	return ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.questions, key)
		cancel(nil)
	}
}

// interrupt ends those that match.
func (r *running) interrupt(cause error, matches func(question) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, run := range r.questions {
		if matches(run.question) {
			run.cancel(cause)
		}
	}
}

// interrupt lets what cannot wait for its turn take effect at once: a stop,
// and the deletion of a question.
func (b *Bot) interrupt(d delivery) {
	if d.kind != kindEvent {
		return
	}
	e, err := d.event()
	if err != nil {
		return
	}
	channel := string(e.Channel)
	switch {
	case e.Type == "agent_session_stopped":
		b.running.interrupt(errStopped, func(q question) bool { return q.channel == channel && q.thread == e.ThreadTS })
	case e.deleted() != "":
		b.running.interrupt(errDeleted, func(q question) bool { return q.channel == channel && q.ts == e.deleted() })
	}
}

// working shows that an answer is being made, and offers Slack's own button to
// stop it, until done. Both are signs and no more: what goes wrong with them
// is counted.
func (b *Bot) working(ctx context.Context, q question) (done func()) {
	set := func(ctx context.Context, status string) {
		err := b.calls.repeat(ctx, 2, func(ctx context.Context) error {
			_, err := b.api.SetAgentSessionStatusContext(ctx, slack.AgentSessionSetStatusParameters{
				Status: status, ChannelID: q.channel, ThreadTS: q.thread, InitiatorUserID: q.asker.user})
			return err
		})
		if err != nil && ctx.Err() == nil {
			b.metrics.problem("status")
		}
	}
	var signs sync.WaitGroup
	signs.Go(func() { set(ctx, slack.AgentSessionStatusProcessing) })
	return func() {
		signs.Wait()
		set(ctx, slack.AgentSessionStatusActive)
	}
}
