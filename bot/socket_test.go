package bot_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"docent/bot"
	"docent/bot/slacktest"
)

// TestRefusedSockets asks for connections at a pace where Slack closes each at
// once: slack-go by itself asks more than a thousand times a second. Waiting
// for its turn is none of the time that a call may take.
func TestRefusedSockets(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	clock := hurried{time.Now()}
	o.options.Clock, o.options.CallTime = clock, 80*time.Millisecond // a turn comes after 100 at least
	o.Sockets().Refuse(6, "too_many_websockets")
	b, err := bot.New(t.Context(), o.options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	began := clock.Now()
	go func() { ended <- b.Run(ctx) }()
	defer func() {
		cancel()
		if err := errors.Join(<-ended, b.Close()); err != nil {
			t.Error(err)
		}
	}()
	o.waitFor("a connection in the end", 30*time.Second, func(s *slacktest.State) bool { return s.Sockets() > 0 })
	if took := clock.Now().Sub(began); took < 4*time.Second {
		t.Errorf("the seventh connection was asked for after %v", took)
	}
	if n := o.Sockets().Opened(); n > 8 {
		t.Errorf("%d connections were asked for", n)
	}
}

// TestOverflow has more asked at once than fits into memory. What does not
// waits in the state, and is answered too.
func TestOverflow(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	o.options.Queue, o.options.Workers, o.options.Clock = 4, 1, hurried{time.Now()}
	o.start()
	var asked []slacktest.Message
	for i := range 12 {
		asked = append(asked, o.mention(o.channel, o.member, fmt.Sprintf("question %d?", i)))
	}
	o.waitFor("all answers", 30*time.Second, func(s *slacktest.State) bool {
		for _, q := range asked {
			if len(own(s, o.channel, q.TS)) != 1 {
				return false
			}
		}
		return true
	})
}

// TestUnreadableEnvelope acknowledges what slack-go cannot read, and answers
// what is asked in it.
func TestUnreadableEnvelope(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	o.start()
	root := o.Post(o.channel, o.member, "a message to answer below")
	o.Emit(o.channel, map[string]any{"type": "app_mention", "user": o.member, "text": "<@" + o.BotUserID() + "> is it read?", "ts": root.TS, "event_ts": root.TS,
		"team": slacktest.TeamID, "channel": o.channel, "files": []any{map[string]any{"id": "F1", "size": "big"}}})
	o.wait("an answer", func(s *slacktest.State) bool { return len(own(s, o.channel, root.TS)) == 1 })
	o.wait("the acknowledgement", func(s *slacktest.State) bool { return s.Deliveries().Pending == 0 })
}
