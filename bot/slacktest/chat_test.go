package slacktest_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

func TestPostUpdateDelete(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	asked := w.Post(w.general, w.claire, w.mention("how long is parental leave?"))
	_, ts, err := w.api.PostMessageContext(t.Context(), w.general, slack.MsgOptionText("Sixteen weeks.", false), slack.MsgOptionTS(asked.TS))
	if err != nil {
		t.Fatal(err)
	}
	thread := w.Thread(w.general, asked.TS)
	if len(thread) != 2 || thread[1].Text != "Sixteen weeks." || thread[1].User != w.BotUserID() {
		t.Fatalf("thread is %+v", thread)
	}
	if _, _, _, err = w.api.UpdateMessageContext(t.Context(), w.general, ts, slack.MsgOptionText("18 weeks.", false)); err != nil {
		t.Fatal(err)
	}
	if m := w.message(w.general, ts); m.Text != "18 weeks." || m.Edited == "" {
		t.Errorf("after the update it is %+v", m)
	}
	replies, _, _, err := w.api.GetConversationRepliesContext(t.Context(), &slack.GetConversationRepliesParameters{ChannelID: w.general, Timestamp: asked.TS})
	if err != nil || len(replies) != 2 || replies[0].ThreadTimestamp != asked.TS {
		t.Errorf("replies are %+v, %v", replies, err)
	}
	if _, _, err := w.api.DeleteMessageContext(t.Context(), w.general, ts); err != nil {
		t.Fatal(err)
	}
	if thread := w.Thread(w.general, asked.TS); len(thread) != 1 {
		t.Errorf("thread is %+v", thread)
	}
}

// Each refusal comes with Slack's own code.
func TestPostRefused(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	away := w.AddChannel(slacktest.Channel{Name: "away", Members: []string{w.claire}})
	text := slack.MsgOptionText("hello", false)
	section := func(n int) slack.Block {
		return slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", strings.Repeat("x", n), false, false), nil, nil)
	}
	many := func(n, size int) slack.MsgOption {
		var blocks []slack.Block
		for range n {
			blocks = append(blocks, section(size))
		}
		return slack.MsgOptionBlocks(blocks...)
	}
	for name, c := range map[string]struct {
		channel string
		options []slack.MsgOption
		code    string
	}{
		"fine":             {w.general, []slack.MsgOption{text}, ""},
		"no channel":       {"C404", []slack.MsgOption{text}, "channel_not_found"},
		"private channel":  {w.private, []slack.MsgOption{text}, "channel_not_found"},
		"not a member":     {away, []slack.MsgOption{text}, "not_in_channel"},
		"nothing":          {w.general, []slack.MsgOption{slack.MsgOptionText("", false)}, "no_text"},
		"no thread":        {w.general, []slack.MsgOption{text, slack.MsgOptionTS("1.000001")}, "thread_not_found"},
		"50 blocks":        {w.general, []slack.MsgOption{many(50, 10)}, ""},
		"51 blocks":        {w.general, []slack.MsgOption{many(51, 10)}, "invalid_blocks"},
		"3,000 characters": {w.general, []slack.MsgOption{many(1, 3000)}, ""},
		"3,001 characters": {w.general, []slack.MsgOption{many(1, 3001)}, "invalid_blocks"},
		"an empty section": {w.general, []slack.MsgOption{many(1, 0)}, "invalid_blocks"},
		"a relative link":  {w.general, []slack.MsgOption{slack.MsgOptionBlocks(slack.NewRichTextBlock("", slack.NewRichTextSection(slack.NewRichTextSectionLinkElement("a.md", "a", nil))))}, "invalid_blocks"},
		"all too long":     {w.general, []slack.MsgOption{many(4, 3000)}, "msg_blocks_too_long"},
		"an alert":         {w.general, []slack.MsgOption{slack.MsgOptionBlocks(slack.NewAlertBlock(slack.NewTextBlockObject("mrkdwn", "x", false, false)))}, "invalid_blocks"},
		"the same block twice": {w.general, []slack.MsgOption{slack.MsgOptionBlocks(
			&slack.DividerBlock{Type: "divider", BlockID: "b"}, &slack.DividerBlock{Type: "divider", BlockID: "b"})}, "invalid_blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := w.api.PostMessageContext(t.Context(), c.channel, c.options...)
			if code(err) != c.code {
				t.Errorf("got %q, want %q", code(err), c.code)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	for name, c := range map[string]struct{ token, code string }{
		"bot":     {w.BotToken(), ""},
		"app":     {w.AppToken(), "not_allowed_token_type"},
		"another": {"xoxb-other", "invalid_auth"},
		"none":    {"", "not_authed"},
	} {
		t.Run(name, func(t *testing.T) {
			api := slack.New(c.token, slack.OptionAPIURL(w.URL()))
			if _, err := api.AuthTestContext(t.Context()); code(err) != c.code {
				t.Errorf("got %q, want %q", code(err), c.code)
			}
		})
	}
	w.BreakAuth("token_revoked")
	if _, err := w.api.AuthTestContext(t.Context()); code(err) != "token_revoked" {
		t.Errorf("got %v", err)
	}
}

func TestScopes(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	w.SetScopes("chat:write")
	answer, err := w.api.AuthTestContext(t.Context())
	if err != nil || answer.Header.Get("X-OAuth-Scopes") != "chat:write" {
		t.Errorf("scopes are %q, %v", answer.Header.Get("X-OAuth-Scopes"), err)
	}
	_, err = w.api.GetUserInfoContext(t.Context(), w.claire)
	var refused slack.SlackErrorResponse
	if code(err) != "missing_scope" || !asSlackError(err, &refused) || refused.Needed != "users:read" || refused.Provided != "chat:write" {
		t.Errorf("got %v, %+v", err, refused)
	}
}
