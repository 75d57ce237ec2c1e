package slacktest_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

// FuzzRender: whatever is in a message, it renders; and what is escaped as
// Slack asks neither pings nor links, and reads as it was meant.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"", "*a* _b_ ~c~ `d`", "<@U1> <!here> <https://x|y> <", "```\na\n```", "# h\n- a\n  1. b\n> q\n\n| a |\n|---|\n| b |",
		"[a](b) ![c](d) <b>e</b> &lt;&amp;&copy;", "\ue0000\ue001 \u202e\u200b", "**__*_", strings.Repeat("<", 100) + "*`_~>",
	} {
		f.Add(seed)
	}
	w := slacktest.New(slacktest.Options{})
	f.Cleanup(w.Close)
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	f.Fuzz(func(t *testing.T, text string) {
		w.Render(slacktest.Message{Text: text})
		w.Render(slacktest.Message{Markdown: text})
		w.Render(slacktest.Message{Blocks: []slacktest.Block{{"type": "rich_text", "elements": []any{map[string]any{
			"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": text}},
		}}}}})
		if !utf8.ValidString(text) {
			return
		}
		r := w.Render(slacktest.Message{Text: escape.Replace(text)})
		if len(r.Pings) > 0 {
			t.Errorf("%q pings %v", text, r.Pings)
		}
		for _, l := range r.Links {
			if l.URL != l.Label { // bare addresses link as they read
				t.Errorf("%q links %v", text, l)
			}
		}
	})
}

// FuzzBlocks: any JSON as blocks is taken or refused, and what is taken
// renders.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		`[]`, `null`, `{}`, `[null]`, `[1]`, `[{"type":"section","text":{"type":"mrkdwn","text":"a"}}]`,
		`[{"type":"context","elements":[null,1,{"type":"image"}]}]`, `[{"type":"table","rows":[[{"type":"raw_text","text":"a"}]]}]`,
		`[{"type":"container","title":{"type":"plain_text","text":"t"},"child_blocks":[{"type":"divider"},{"type":"container"}]}]`,
		`[{"type":"plan","title":"p","tasks":[{"task_id":"a","title":"b","details":{"type":"rich_text","elements":[]}}]}]`,
		`[{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"x"},"value":"v"}]}]}]`,
	} {
		f.Add(seed)
	}
	w := slacktest.New(slacktest.Options{})
	f.Cleanup(w.Close)
	user := w.AddUser(slacktest.User{Name: "claire"})
	channel := w.AddChannel(slacktest.Channel{Name: "general", Members: []string{user, w.BotUserID()}})
	api := client(w)
	f.Fuzz(func(t *testing.T, blocks string) {
		if !json.Valid([]byte(blocks)) {
			return
		}
		_, ts, err := api.PostMessageContext(t.Context(), channel, raw(w, blocks))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "invalid_blocks") && err.Error() != "no_text" && err.Error() != "msg_blocks_too_long" {
				t.Errorf("%s: %v", blocks, err)
			}
			return
		}
		m, _ := w.Message(channel, ts)
		w.Render(m)
		w.Forget()
	})
}

// raw sends blocks as they are, which slack-go would not.
func raw(w *slacktest.Workspace, blocks string) slack.MsgOption {
	return slack.UnsafeMsgOptionEndpoint(w.URL()+"chat.postMessage", func(v url.Values) { v.Set("blocks", blocks) })
}
