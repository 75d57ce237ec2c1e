package bot

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

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

// maxStreamTime is how long a stream is written to. Slack ends it after five
// minutes.
const maxStreamTime = 4 * time.Minute

// writeTimeout bounds one call of a stream. A call is not cut short when the
// answer is there: it may have begun a message that would stay.
const writeTimeout = 10 * time.Second

// run flushes the claims that there are at intervals, until ctx ends.
func (s *stream) run(ctx context.Context, claims func() []rag.Claim) {
	tick := time.NewTicker(s.bot.opts.StreamEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if fresh := claims()[s.shown:]; len(fresh) > 0 && !s.broken {
				call, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
				s.flush(call, fresh)
				cancel()
			}
		case <-ctx.Done():
			return
		}
	}
}

func (s *stream) flush(ctx context.Context, fresh []rag.Claim) {
	b := s.bot
	switch {
	case s.ts == "" && !b.streamStarts.AllowN(b.opts.Clock.Now(), 1), s.ts != "" && !b.streamAppends.AllowN(b.opts.Clock.Now(), 1):
		return // they are shown with the next, or in the end
	case s.ts != "" && b.opts.Clock.Now().Sub(s.began) > maxStreamTime:
		s.broken = true
		return
	}
	err := s.write(ctx, render.Preview(fresh))
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
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	err := s.bot.retry.do(ctx, func(ctx context.Context) error {
		_, _, err := s.bot.api.StopStreamContext(ctx, s.question.Channel, s.ts)
		return err
	})
	if err != nil && errorCode(err) != "message_not_in_streaming_state" {
		s.bot.metrics.problem("stream")
	}
}

var errNoTimestamp = errors.New("Slack answered without a timestamp") //nolint:staticcheck // a name

// write starts the stream or appends to it. A start whose outcome is unknown is
// not repeated: there would be two messages.
func (s *stream) write(ctx context.Context, text string) error {
	q, b := s.question, s.bot
	if s.ts != "" {
		return b.retry.upTo(ctx, 2, func(ctx context.Context) error {
			_, _, err := b.api.AppendStreamContext(ctx, q.Channel, s.ts, slack.MsgOptionMarkdownText(text))
			return err
		})
	}
	team := b.self.TeamID
	if len(q.asker.teams) > 0 {
		team = q.asker.teams[0]
	}
	_, ts, err := b.api.StartStreamContext(ctx, q.Channel, slack.MsgOptionTS(q.Thread), slack.MsgOptionMarkdownText(text),
		slack.MsgOptionRecipientTeamID(team), slack.MsgOptionRecipientUserID(q.asker.user))
	if err == nil && ts == "" {
		err = errNoTimestamp
	}
	if f, _ := outcomeOf(err); err != nil && f == outcomeUnknown {
		s.ts = b.findStream(ctx, q, b.retry.do)
	}
	if err != nil {
		return err
	}
	s.ts, s.began = ts, b.opts.Clock.Now()
	return b.store.AddPost(ctx, q.ID, 0, q.Channel, ts)
}

// findStream finds the message of a stream whose start went unconfirmed or
// unrecorded, so that the answer can replace it: the only one of the bot's
// messages without metadata. It returns "" if there is none.
func (b *Bot) findStream(ctx context.Context, q question, try func(context.Context, func(context.Context) error) error) (ts string) {
	var there []slack.Message
	err := try(ctx, func(ctx context.Context) (err error) {
		there, err = b.threadMessages(ctx, post{channel: q.Channel, thread: q.Thread})
		return err
	})
	if err != nil && errorCode(err) != "thread_not_found" {
		b.metrics.problem("stream")
	}
	for _, m := range there {
		if m.BotID == b.self.BotID && m.Timestamp > q.TS && m.Metadata.EventType == "" {
			ts = m.Timestamp
		}
	}
	return ts
}
