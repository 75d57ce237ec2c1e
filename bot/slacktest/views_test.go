package slacktest_test

import (
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"docent/bot/slacktest"
)

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", s, false, false)
}

// why is a modal that asks for a reason.
func why(title string) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainText(title), Submit: plainText("Send"), CallbackID: "why",
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("reason", plainText("Why?"), nil, slack.NewPlainTextInputBlockElement(plainText("In a few words"), "text")),
		}},
	}
}

func TestHome(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	for _, text := range []string{"first", "second"} {
		_, err := w.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: w.claire, View: slack.HomeTabViewRequest{
			Type:   slack.VTHomeTab,
			Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(plainText(text))}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if r := w.RenderView(w.Home(w.claire)); r.Text != text {
			t.Errorf("home is %q", r.Text)
		}
	}
}

func TestTriggers(t *testing.T) {
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	triggers := make(chan string, 1)
	w.run(t, func(e socketmode.Event) any {
		if c, ok := e.Data.(slack.SlashCommand); ok {
			triggers <- c.TriggerID
		}
		return nil
	})
	open := func(trigger string) error {
		_, err := w.api.OpenViewContext(t.Context(), trigger, why("Feedback"))
		return err
	}
	w.Slash(w.claire, w.general, "/ask", "")
	trigger := <-triggers
	if err := open(trigger); err != nil {
		t.Fatal(err)
	}
	if v := w.OpenView(w.claire); v.Title != "Feedback" || v.Submit != "Send" {
		t.Errorf("open is %+v", v)
	}
	if err := open(trigger); code(err) != "exchanged_trigger_id" {
		t.Errorf("used again: %v", err)
	}
	w.Slash(w.claire, w.general, "/ask", "")
	trigger = <-triggers
	clock.Advance(4 * time.Second)
	if err := open(trigger); code(err) != "expired_trigger_id" {
		t.Errorf("after 4 s: %v", err)
	}
	if err := open("never"); code(err) != "invalid_trigger_id" {
		t.Errorf("made up: %v", err)
	}
}

func TestViewRefused(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	noSubmit, longTitle, noBlocks := why("x"), why("a title of 25 characters."), why("x")
	noSubmit.Submit = nil
	noBlocks.Blocks = slack.Blocks{BlockSet: []slack.Block{}}
	markdown := why("x")
	markdown.Blocks = slack.Blocks{BlockSet: []slack.Block{slack.NewMarkdownBlock("", "x")}}
	for name, v := range map[string]slack.ModalViewRequest{
		"no submit": noSubmit, "long title": longTitle, "no blocks": noBlocks, "markdown block": markdown,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := w.api.OpenViewContext(t.Context(), "any", v); err == nil || err.Error()[:17] != "invalid_arguments" {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A click opens a modal, which closes once what is filled in has arrived.
func TestClickAndSubmit(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	reasons := make(chan string, 1)
	w.run(t, func(e socketmode.Event) any {
		i, ok := e.Data.(slack.InteractionCallback)
		if !ok {
			return nil
		}
		switch i.Type {
		case slack.InteractionTypeBlockActions:
			if a := i.ActionCallback.BlockActions[0]; a.ActionID != "rate" || a.Value != "bad" {
				t.Errorf("action %+v", a)
			}
			if _, err := w.api.OpenViewContext(t.Context(), i.TriggerID, why("Feedback")); err != nil {
				t.Error(err)
			}
		case slack.InteractionTypeViewSubmission:
			reasons <- i.View.State.Values["reason"]["text"].Value
		}
		return nil
	})
	_, ts, err := w.api.PostMessageContext(t.Context(), w.general, slack.MsgOptionBlocks(slack.NewContextActionsBlock("fb",
		slack.NewFeedbackButtonsBlockElement("rate", slack.NewFeedbackButton(plainText("Good"), "good"), slack.NewFeedbackButton(plainText("Bad"), "bad")))))
	if err != nil {
		t.Fatal(err)
	}
	m := w.message(w.general, ts)
	if err := w.Click(w.claire, m, "rate", "ugly"); err == nil {
		t.Error("a click on what is not there")
	}
	if err := w.Click(w.claire, m, "rate", "bad"); err != nil {
		t.Fatal(err)
	}
	w.until(t, func(s *slacktest.State) bool { return s.OpenView(w.claire).ID != "" })
	v := w.OpenView(w.claire)
	if err := w.Submit(w.claire, v.ID, nil); err == nil {
		t.Error("submitted without what is required")
	}
	if err := w.Submit(w.bob, v.ID, slacktest.Values{"text": "x"}); err == nil {
		t.Error("submitted by another")
	}
	if err := w.Submit(w.claire, v.ID, slacktest.Values{"text": "the wrong document"}); err != nil {
		t.Fatal(err)
	}
	w.until(t, func(s *slacktest.State) bool { return s.OpenView(w.claire).ID == "" })
	if got := <-reasons; got != "the wrong document" {
		t.Errorf("the reason is %q", got)
	}
}

func TestResponseURL(t *testing.T) {
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	urls := make(chan string, 2)
	w.run(t, func(e socketmode.Event) any {
		if c, ok := e.Data.(slack.SlashCommand); ok {
			urls <- c.ResponseURL
		}
		return nil
	})
	say := func(url, kind, text string) error {
		_, _, err := w.api.PostMessageContext(t.Context(), w.general, slack.MsgOptionResponseURL(url, kind), slack.MsgOptionText(text, false))
		return err
	}
	w.Slash(w.claire, w.general, "/ask", "leave")
	url := <-urls
	if err := say(url, "in_channel", "16"); err == nil {
		t.Error("shown to all, which nobody here can see")
	}
	for range 5 {
		if err := say(url, "ephemeral", "16"); err != nil {
			t.Fatal(err)
		}
	}
	if err := say(url, "ephemeral", "16"); err == nil {
		t.Error("a sixth use")
	}
	if e, m := w.Ephemerals(w.claire), w.Messages(w.general); len(e) != 5 || len(m) != 0 {
		t.Errorf("%d ephemeral, %d for all", len(e), len(m))
	}
	w.Slash(w.claire, w.general, "/ask", "leave")
	clock.Advance(31 * time.Minute)
	if err := say(<-urls, "ephemeral", "16"); err == nil {
		t.Error("after half an hour")
	}
}
