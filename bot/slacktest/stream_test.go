package slacktest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

func fakeClock() *slacktest.FakeClock {
	return slacktest.NewFakeClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
}

// streamTo are the options that a stream to a person in a channel needs.
func (w world) streamTo(thread string, more ...slack.MsgOption) []slack.MsgOption {
	return append([]slack.MsgOption{
		slack.MsgOptionTS(thread), slack.MsgOptionRecipientTeamID(slacktest.TeamID), slack.MsgOptionRecipientUserID(w.claire),
	}, more...)
}

func TestStream(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	asked := w.Post(w.general, w.claire, w.mention("leave?"))
	_, ts, err := w.api.StartStreamContext(t.Context(), w.general, w.streamTo(asked.TS)...)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.api.AppendStreamContext(t.Context(), w.general, ts, slack.MsgOptionMarkdownText("**Sixteen** ")); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := w.api.UpdateMessageContext(t.Context(), w.general, ts, slack.MsgOptionText("x", false)); code(err) != "streaming_state_conflict" {
		t.Errorf("an update meanwhile: %v", err)
	}
	if _, _, err := w.api.StopStreamContext(t.Context(), w.general, ts, slack.MsgOptionMarkdownText("weeks.")); err != nil {
		t.Fatal(err)
	}
	m := w.message(w.general, ts)
	if m.Markdown != "**Sixteen** weeks." || m.Stream != slacktest.StreamDone || w.Render(m).Text != "Sixteen weeks." {
		t.Errorf("streamed %+v", m)
	}
	if _, _, err := w.api.AppendStreamContext(t.Context(), w.general, ts, slack.MsgOptionMarkdownText("x")); code(err) != "message_not_in_streaming_state" {
		t.Errorf("after its end: %v", err)
	}
}

func TestStreamRefused(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	asked := w.Post(w.general, w.claire, w.mention("leave?"))
	thread, team := slack.MsgOptionTS(asked.TS), slack.MsgOptionRecipientTeamID(slacktest.TeamID)
	for name, c := range map[string]struct {
		options []slack.MsgOption
		code    string
	}{
		"no thread": {[]slack.MsgOption{team}, "invalid_thread_ts"},
		"no team":   {[]slack.MsgOption{thread}, "missing_recipient_team_id"},
		"no user":   {[]slack.MsgOption{thread, team}, "missing_recipient_user_id"},
		"too long":  {w.streamTo(asked.TS, slack.MsgOptionMarkdownText(strings.Repeat("x", 12001))), "msg_too_long"},
		"chunks":    {w.streamTo(asked.TS, slack.MsgOptionChunks(slack.NewTaskUpdateChunk("a", "x"))), "not_in_slacktest"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := w.api.StartStreamContext(t.Context(), w.general, c.options...); code(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

// A stream ends after five minutes whatever is appended; then it can be mended
// by an update only.
func TestStreamExpires(t *testing.T) {
	clock := fakeClock()
	w := newWorld(t, slacktest.Options{Clock: clock})
	asked := w.Post(w.general, w.claire, w.mention("leave?"))
	_, ts, err := w.api.StartStreamContext(t.Context(), w.general, w.streamTo(asked.TS)...)
	if err != nil {
		t.Fatal(err)
	}
	clock.Advance(slacktest.StreamLife - time.Second)
	if _, _, err := w.api.AppendStreamContext(t.Context(), w.general, ts, slack.MsgOptionMarkdownText("x")); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Second)
	if m := w.message(w.general, ts); m.Stream != slacktest.StreamExpired || len(w.Render(m).Problems) == 0 {
		t.Errorf("state %q", m.Stream)
	}
	if _, _, err := w.api.StopStreamContext(t.Context(), w.general, ts); code(err) != "message_not_in_streaming_state" {
		t.Errorf("stop: %v", err)
	}
	if _, _, _, err := w.api.UpdateMessageContext(t.Context(), w.general, ts, slack.MsgOptionText("whole", false)); err != nil {
		t.Error(err)
	}
	if m := w.message(w.general, ts); len(w.Render(m).Problems) != 0 || m.Text != "whole" {
		t.Errorf("mended %+v", m)
	}
}

func TestSuggestedPrompts(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	set := func(thread string, n int) error {
		p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: w.DM(w.claire), ThreadTS: thread, Title: "Ask"}
		for range n {
			p.Prompts = append(p.Prompts, slack.AssistantThreadsPrompt{Title: "Leave", Message: "How long is leave?"})
		}
		return w.api.SetAssistantThreadsSuggestedPromptsContext(t.Context(), p)
	}
	if err := set("", 5); code(err) != "invalid_arguments" {
		t.Errorf("five prompts: %v", err)
	}
	// With a thread the call says ok and does nothing.
	if err := set("1.000001", 1); err != nil || len(w.Prompts(w.claire).Prompts) != 0 {
		t.Errorf("in a thread: %v, %+v", err, w.Prompts(w.claire))
	}
	if err := set("", 4); err != nil || len(w.Prompts(w.claire).Prompts) != 4 {
		t.Errorf("got %v, %+v", err, w.Prompts(w.claire))
	}
}
