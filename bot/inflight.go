package bot

import (
	"context"
	"errors"
	"sync"

	"github.com/slack-go/slack"

	"docent/bot/store"
)

var (
	errStopped = errors.New("stopped by who asked")
	errDeleted = errors.New("the question was deleted")
)

// inflight holds the questions that are being answered.
type inflight struct {
	mu sync.Mutex
	// by message, "channel ts".
	questions map[string]inflightQuestion
}

type inflightQuestion struct {
	question question
	cancel   context.CancelCauseFunc
}

// begin makes the question one that can be interrupted, until end.
func (r *inflight) begin(ctx context.Context, q question) (_ context.Context, end func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	key := q.Channel + " " + q.TS
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.questions == nil {
		r.questions = make(map[string]inflightQuestion)
	}
	r.questions[key] = inflightQuestion{question: q, cancel: cancel}
	return ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.questions, key)
		cancel(nil)
	}
}

// cancel cancels those that match.
func (r *inflight) cancel(cause error, matches func(question) bool) {
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
func (b *Bot) interrupt(d store.Delivery) {
	if d.Kind != kindEvent {
		return
	}
	e, err := eventOf(d)
	if err != nil {
		return
	}
	channel := string(e.Channel)
	switch {
	case e.Type == "agent_session_stopped":
		b.inflight.cancel(errStopped, func(q question) bool { return q.Channel == channel && q.Thread == e.ThreadTS })
	case e.deleted() != "":
		b.inflight.cancel(errDeleted, func(q question) bool { return q.Channel == channel && q.TS == e.deleted() })
	}
}

// showProcessing shows that an answer is being made, and offers Slack's own
// button to stop it, until done. Both are signs and no more: what goes wrong
// with them is counted.
func (b *Bot) showProcessing(ctx context.Context, q question) (done func()) {
	set := func(ctx context.Context, status string) {
		err := b.retry.upTo(ctx, 2, func(ctx context.Context) error {
			_, err := b.api.SetAgentSessionStatusContext(ctx, slack.AgentSessionSetStatusParameters{
				Status: status, ChannelID: q.Channel, ThreadTS: q.Thread, InitiatorUserID: q.asker.user})
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
