package bot_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// atOnce bounds the questions of TestDelivery that wait for their answers.
const atOnce = 200

// TestDelivery asks as many questions as DOCENT_QUESTIONS says (120 without)
// in twenty channels, while sockets are dropped and closed, envelopes doubled,
// reordered and redelivered, and a tenth of all calls fails in one way or
// another: with a refusal, without an answer, with half of one, or never to
// end, done or not. Each question must have exactly one answer, in its thread.
func TestDelivery(t *testing.T) {
	t.Parallel()
	questions := 120
	if n, err := strconv.Atoi(os.Getenv("DOCENT_QUESTIONS")); err == nil {
		questions = n
	}
	o := newOffice(t, slacktest.Options{AckDeadline: 300 * time.Millisecond, Redelivery: slices.Repeat([]time.Duration{0, time.Second, 2 * time.Second}, 10), PingEvery: time.Second}, echo)
	var channels []string
	for i := range 20 {
		channels = append(channels, o.AddChannel(slacktest.Channel{Name: fmt.Sprint("channel-", i), Members: []string{o.member, o.BotUserID()}}))
	}
	o.Fault(slacktest.Trouble()...)
	o.Fault(slacktest.Fault{Method: "apps.connections.open", Every: 10, Status: 503})
	o.options.Workers, o.options.CallTime = 64, time.Second
	o.options.Clock = hurried{time.Now()}
	stop := o.start()
	asked := make(map[string]slacktest.Message)
	open := make(map[string]slacktest.Message)
	answeredUpTo := func(unanswered int) {
		t.Helper()
		o.waitFor(fmt.Sprint("all answers but ", unanswered), time.Minute, func(s *slacktest.State) bool {
			maps.DeleteFunc(open, func(_ string, q slacktest.Message) bool { return s.ReplyCount(q.Channel, q.TS) > 0 })
			return len(open) <= unanswered
		})
	}
	for i := range questions {
		disturb(o, i, max(25, questions/40))
		text := fmt.Sprintf("how long is leave number %d?", i)
		asked[text] = o.mention(channels[i%len(channels)], o.member, text)
		open[text] = asked[text]
		if i == questions/2 {
			stop() // and all that waits is for the next run
			stop = o.start()
		}
		answeredUpTo(atOnce)
	}
	answeredUpTo(0)
	stop() // what is still on its way comes out, or would on the next start
	o.start()
	last := o.mention(o.channel, o.member, "is that all?")
	o.wait("the last answer", func(s *slacktest.State) bool { return len(own(s, o.channel, last.TS)) > 0 })
	o.Look(func(s *slacktest.State) {
		for text, q := range asked {
			answers := own(s, q.Channel, q.TS)
			if len(answers) != 1 || !strings.Contains(texts(answers), text) {
				t.Errorf("%q has %d answers: %s", text, len(answers), texts(answers))
			}
		}
		c := s.Deliveries()
		t.Logf("%d questions, %+v, %d posts", len(asked), c, s.CallCount("chat.postMessage"))
	})
}

// disturb does something to the connections before the ith question. What
// closes one comes once in so many questions.
func disturb(o *office, i, closing int) {
	switch i % closing {
	case 3:
		o.Sockets().Drop()
	case 9:
		o.Sockets().Disconnect("warning")
	}
	switch i % 25 {
	case 14:
		o.Sockets().Duplicate(3)
	case 19:
		o.Sockets().Reorder(3)
	case 23:
		o.Sockets().LoseAcks(2)
	}
}

// hurried is a clock by which the bot waits a tenth of the time.
type hurried struct{ since time.Time }

func (h hurried) Now() time.Time { return h.since.Add(10 * time.Since(h.since)) }

func (h hurried) Wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d / 10)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
