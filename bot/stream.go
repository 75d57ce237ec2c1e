package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"
)

// streams keep all answers together below Slack's bounds: 20 streams begun and
// ended a minute, 100 pieces. Beyond them an answer is posted when it is whole.
type streams struct {
	start, append *rate.Limiter
}

func newStreams() *streams {
	return &streams{start: rate.NewLimiter(rate.Limit(18.0/60), 18), append: rate.NewLimiter(rate.Limit(90.0/60), 30)}
}

var errNoStream = errors.New("Slack answered without a timestamp") //nolint:staticcheck // a name

// write begins the stream or goes on with it. A beginning whose fate is not
// known is not tried again: there would be two messages.
func (s *stream) write(ctx context.Context, text string) error {
	q, b := s.question, s.bot
	if s.ts != "" {
		return b.calls.repeat(ctx, 2, func(ctx context.Context) error {
			_, _, err := b.api.AppendStreamContext(ctx, q.channel, s.ts, slack.MsgOptionMarkdownText(text))
			return err
		})
	}
	team := b.self.TeamID
	if len(q.asker.teams) > 0 {
		team = q.asker.teams[0]
	}
	_, ts, err := b.api.StartStreamContext(ctx, q.channel, slack.MsgOptionTS(q.thread), slack.MsgOptionMarkdownText(text),
		slack.MsgOptionRecipientTeamID(team), slack.MsgOptionRecipientUserID(q.asker.user))
	if err == nil && ts == "" {
		err = errNoStream
	}
	if f, _ := fateOf(err); err != nil && f == unknown {
		s.ts = b.unnamed(ctx, q, b.calls.read)
	}
	if err != nil {
		return err
	}
	s.ts, s.began = ts, b.Clock.Now()
	return b.state.posted(ctx, q.id, 0, q.channel, ts)
}

// unnamed finds the message of a stream that began without our being told, or
// without our keeping it, so that the answer takes its place: it is the only
// one of ours that carries no name. "" is none.
func (b *Bot) unnamed(ctx context.Context, q question, try func(context.Context, func(context.Context) error) error) (ts string) {
	var there []slack.Message
	err := try(ctx, func(ctx context.Context) (err error) {
		there, err = b.around(ctx, post{channel: q.channel, thread: q.thread})
		return err
	})
	if err != nil && refusal(err) != "thread_not_found" {
		b.metrics.problem("stream")
	}
	for _, m := range there {
		if m.BotID == b.self.BotID && m.Timestamp > q.ts && m.Metadata.EventType == "" {
			ts = m.Timestamp
		}
	}
	return ts
}
