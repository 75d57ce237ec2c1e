package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"testing"
	"time"

	"docent/bot"
	"docent/bot/slacktest"
	"docent/rag"
)

// TestOutage takes the network away for an hour, and then from a bot that
// starts. What was accepted before is answered after it, whatever was being
// done for it, and so is what is asked then; meanwhile Slack is asked at a pace
// that it would not mind.
func TestOutage(t *testing.T) {
	clock := fastClock{slacktest.NewFakeClock(time.Now())}
	ready := make(chan struct{})
	o := newOffice(t, slacktest.Options{Clock: clock.FakeClock, AckDeadline: 10 * time.Hour}, func(_ context.Context, req rag.SearchRequest, _ func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		<-ready
		return said(req, req.Question), nil
	})
	o.options.Clock = clock
	defer clock.start(t)()
	b, stop := o.launch()
	o.wait("both connections", func(s *slacktest.State) bool { return s.Sockets() == 2 })
	goroutines, heap := resourceUse()

	answering := o.mention(o.channel, o.member, "what is being answered?")
	ann := o.AddUser(slacktest.User{Name: "ann"})
	o.Fault(slacktest.Fault{Method: "users.info", Match: func(c slacktest.Call) bool { return c.Arg("user") == ann }, Hang: true})
	looking := o.Post(o.DM(ann), ann, "whose asker is being looked up?")
	o.wait("work on both", func(s *slacktest.State) bool {
		return s.Session(answering.Channel, answering.TS).Status != "" && s.CallCount("users.info") == 2 && s.Deliveries().Pending == 0
	})
	before := failed(t, b)
	o.Down(true)
	o.ClearFaults()
	close(ready)
	hour := func() {
		if err := clock.Wait(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if b.Ready() {
			t.Error("the bot says that it is ready")
		}
	}
	hour()
	tries := failed(t, b) - before
	o.Down(false)
	answered := func(asked ...slacktest.Message) {
		for _, q := range asked {
			o.wait("the answer to "+q.Text, func(s *slacktest.State) bool { return len(own(s, q.Channel, q.TS)) == 1 })
		}
	}
	answered(answering, looking, o.mention(o.channel, o.member, "what is asked after it?"))
	o.wait("both connections", func(s *slacktest.State) bool { return s.Sockets() == 2 })
	o.idle()
	endGoroutines, endHeap := resourceUse()
	t.Logf("%d calls failed in an hour; goroutines %d to %d, heap %d to %d KiB", tries, goroutines, endGoroutines, heap>>10, endHeap>>10)
	if tries == 0 || tries > 1500 {
		t.Errorf("%d calls were tried in the hour", tries)
	}
	if endGoroutines > goroutines+10 || endHeap > heap+8<<20 {
		t.Errorf("goroutines went from %d to %d, the heap from %d to %d bytes", goroutines, endGoroutines, heap, endHeap)
	}

	stop()
	o.Down(true)
	b, _ = o.launch()
	hour()
	o.Down(false)
	answered(o.mention(o.channel, o.member, "and after a start without a network?"))
}

// failed is the number of calls that did not reach Slack.
func failed(t *testing.T, b *bot.Bot) (sum int) {
	t.Helper()
	w := httptest.NewRecorder()
	b.Probes().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	for _, m := range regexp.MustCompile(`slack_refusals_total\{code="network".*\} (\d+)`).FindAllStringSubmatch(w.Body.String(), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}
