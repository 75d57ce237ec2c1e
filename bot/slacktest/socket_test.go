package slacktest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"docent/bot/slacktest"
)

func asSlackError(err error, to *slack.SlackErrorResponse) bool { return errors.As(err, to) }

func inner(e socketmode.Event) any {
	return e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data
}

func TestMentionArrives(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	a := w.run(t, nil)
	asked := w.Post(w.general, w.claire, w.mention("how long is parental leave?"))
	w.settled(t)
	events := a.events()
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	message, ok := inner(events[0]).(*slackevents.MessageEvent)
	if !ok || message.ChannelType != "channel" || message.User != w.claire {
		t.Errorf("first is %+v", inner(events[0]))
	}
	mention, ok := inner(events[1]).(*slackevents.AppMentionEvent)
	if !ok || mention.TimeStamp != asked.TS || mention.Text != asked.Text || mention.Channel != w.general {
		t.Errorf("second is %+v", inner(events[1]))
	}
	if d := w.Deliveries(); d.Acked != 2 || d.Sent != 2 || d.Lost != 0 {
		t.Errorf("deliveries %+v", d)
	}
}

func TestDirectMessageArrives(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	a := w.run(t, nil)
	w.Post(w.DM(w.bob), w.bob, "hi")
	w.settled(t)
	events := a.events()
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	m := inner(events[0]).(*slackevents.MessageEvent)
	if m.ChannelType != "im" || m.ThreadTimeStamp != "" {
		t.Errorf("got %+v", m)
	}
}

func TestRedelivery(t *testing.T) {
	clock := slacktest.NewFakeClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	w := newWorld(t, slacktest.Options{Clock: clock})
	a := w.run(t, func(socketmode.Event) any { return skip })
	w.Post(w.DM(w.bob), w.bob, "hi")
	seen := func(n int) {
		t.Helper()
		a.until(t, func(seen []socketmode.Event) bool { return len(eventsOf(seen)) == n })
	}
	seen(1)
	clock.Advance(3 * time.Second)
	seen(2)
	clock.Advance(3*time.Second + time.Minute)
	seen(3)
	clock.Advance(3*time.Second + 5*time.Minute)
	seen(4)
	clock.Advance(3 * time.Second)
	if d := w.Deliveries(); d.Lost != 1 || d.Redelivered != 3 || d.Pending != 0 {
		t.Errorf("deliveries %+v", d)
	}
	events := a.events()
	if r := events[1].Request; r.RetryAttempt != 1 || r.RetryReason != "timeout" {
		t.Errorf("redelivered as %+v", r)
	}
}
