package bot_test

import (
	"fmt"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// TestDelivery asks as many questions as DOCENT_QUESTIONS says (120 without)
// in twenty channels, while sockets are dropped and closed, envelopes doubled,
// reordered and redelivered, and a tenth of all calls fails in one way or
// another. Each question must have exactly one answer, in its thread.
func TestDelivery(t *testing.T) {
	questions := 120
	if n, err := strconv.Atoi(os.Getenv("DOCENT_QUESTIONS")); err == nil {
		questions = n
	}
	o := newOffice(t, slacktest.Options{AckDeadline: 300 * time.Millisecond, Redelivery: []time.Duration{0, 200 * time.Millisecond, 500 * time.Millisecond}, PingEvery: time.Second}, echo)
	var channels []string
	for i := range 20 {
		channels = append(channels, o.AddChannel(slacktest.Channel{Name: fmt.Sprint("channel-", i), Members: []string{o.member, o.BotUserID()}}))
	}
	trouble(o)
	o.options.Workers = 64
	stop := o.start()
	asked := make(map[string]slacktest.Message)
	for i := range questions {
		switch {
		case i%25 == 3:
			o.Sockets().Drop()
		case i%25 == 9:
			o.Sockets().Disconnect("warning")
		case i%25 == 14:
			o.Sockets().Duplicate(3)
		case i%25 == 19:
			o.Sockets().Reorder(3)
		case i%25 == 23:
			o.Sockets().LoseAcks(2)
		}
		text := fmt.Sprintf("how long is leave number %d?", i)
		asked[text] = o.mention(channels[i%len(channels)], o.member, text)
		if i == questions/2 {
			stop() // and all that waits is for the next run
			stop = o.start()
		}
	}
	open := maps.Clone(asked)
	o.waitFor("all answers", 10*time.Minute, func(s *slacktest.State) bool {
		if s.CallCount("chat.postMessage") < questions {
			return false // looking at all threads after each change would take the processor from the bot
		}
		maps.DeleteFunc(open, func(_ string, q slacktest.Message) bool { return len(own(s, q.Channel, q.TS)) > 0 })
		return len(open) == 0
	})
	stop() // what is still on its way comes out, or would on the next start
	o.start()
	last := o.mention(o.channel, o.member, "is that all?")
	o.wait("the last answer", func(s *slacktest.State) bool { return len(own(s, o.channel, last.TS)) > 0 })
	doubled := 0
	o.Look(func(s *slacktest.State) {
		for text, q := range asked {
			answers := own(s, q.Channel, q.TS)
			if len(answers) != 1 || !strings.Contains(texts(answers), text) {
				doubled++
				t.Errorf("%q has %d answers: %s", text, len(answers), texts(answers))
			}
		}
		c := s.Deliveries()
		t.Logf("%d questions, %+v, %d posts", len(asked), c, s.CallCount("chat.postMessage"))
	})
}

// trouble makes a tenth of the calls fail.
func trouble(o *office) {
	for i, f := range []slacktest.Fault{
		{Status: 429, RetryAfter: time.Second}, {Status: 500}, {Status: 503, After: true}, {Error: "internal_error"},
		{Drop: true}, {Drop: true, After: true}, {Truncate: true}, {Body: "<html>sorry</html>", After: true},
	} {
		f.Every = 80 + i
		f.Match = func(c slacktest.Call) bool { return c.Method != "apps.connections.open" }
		o.Fault(f)
	}
	o.Fault(slacktest.Fault{Method: "apps.connections.open", Every: 10, Status: 503})
}
