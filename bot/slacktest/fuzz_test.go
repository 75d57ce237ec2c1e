package slacktest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

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
		`[{"type":"context","elements":[null,1,{"type":"image"}]}]`,
		`[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"value":"v"}]}]`,
	} {
		f.Add(seed)
	}
	w := slacktest.New(slacktest.Options{})
	f.Cleanup(w.Close)
	user := w.AddUser(slacktest.User{Name: "claire"})
	channel := w.AddChannel(slacktest.Channel{Name: "general", Members: []string{user, w.BotUserID()}})
	f.Fuzz(func(t *testing.T, blocks string) {
		if !json.Valid([]byte(blocks)) {
			return
		}
		ts, refused := postRaw(t, w, channel, blocks)
		if refused != "" {
			if !strings.HasPrefix(refused, "invalid_blocks") && refused != "no_text" && refused != "msg_blocks_too_long" {
				t.Errorf("%s: %s", blocks, refused)
			}
			return
		}
		var m slacktest.Message
		w.Look(func(s *slacktest.State) { m, _ = s.Message(channel, ts) })
		w.Render(m)
	})
}

// postRaw sends blocks as they are, and reads no more of the answer than
// whether they were taken: slack-go would neither send nor read all of them.
func postRaw(t *testing.T, w *slacktest.Workspace, channel, blocks string) (ts, refused string) {
	t.Helper()
	form := url.Values{"token": {w.BotToken()}, "channel": {channel}, "blocks": {blocks}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL()+"chat.postMessage", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct{ TS, Error string }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.TS, answer.Error
}
