package slacktest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

// seen is a rendering in the words of a table.
type seen struct {
	Text, Pings, Links, Bold string
	Problems                 int
}

func summary(r slacktest.Rendering) seen {
	var links []string
	for _, l := range r.Links {
		links = append(links, l.Label+"="+l.URL)
	}
	return seen{r.Text, strings.Join(r.Pings, " "), strings.Join(links, " "), strings.Join(r.Bold, "|"), len(r.Problems)}
}

func TestRenderMrkdwn(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	for name, c := range map[string]struct {
		text string
		want seen
	}{
		"plain":             {"Sixteen weeks.", seen{Text: "Sixteen weeks."}},
		"escaped":           {"a &lt;b&gt; &amp; c", seen{Text: "a <b> & c"}},
		"escaped twice":     {"a &amp;lt;b", seen{Text: "a &lt;b", Problems: 1}},
		"mention":           {"ask <@" + w.claire + ">", seen{Text: "ask @Claire Martin", Pings: w.claire}},
		"mention of nobody": {"ask <@U404>", seen{Text: "ask @U404", Problems: 1}},
		"everybody":         {"<!channel> look", seen{Text: "@channel look", Pings: "channel"}},
		"not everybody":     {"@channel look", seen{Text: "@channel look"}},
		"channel":           {"in <#" + w.general + ">", seen{Text: "in #general"}},
		"link":              {"see <https://x.org/a?b=1&amp;c=2|the page>", seen{Text: "see the page", Links: "the page=https://x.org/a?b=1&c=2"}},
		"bare link":         {"see https://x.org/a.", seen{Text: "see https://x.org/a.", Links: "https://x.org/a=https://x.org/a"}},
		"unescaped":         {"a < b", seen{Text: "a < b", Problems: 1}},
		"unknown markup":    {"<b>", seen{Text: "<b>", Problems: 1}},
		"turned":            {"a \u202etxt.exe", seen{Text: "a \u202etxt.exe", Problems: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			m := w.Post(w.general, w.bob, c.text)
			if diff := cmp.Diff(c.want, summary(w.Render(m))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRenderMarkdown(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	for name, c := range map[string]struct {
		text string
		want seen
	}{
		"bold":            {"for **16 weeks** or *more*", seen{Text: "for 16 weeks or more", Bold: "16 weeks"}},
		"heading, list":   {"# Leave\n\n- one\n- two", seen{Text: "Leave\none\ntwo"}},
		"link":            {"[the *page*](https://x.org/a_b)", seen{Text: "the page", Links: "the page=https://x.org/a_b"}},
		"slack's link":    {"<https://x.org|the page>", seen{Text: "the page", Links: "the page=https://x.org"}},
		"bare link":       {"see https://x.org/a", seen{Text: "see https://x.org/a", Links: "https://x.org/a=https://x.org/a"}},
		"everybody":       {"well, <!here>", seen{Text: "well, @here", Pings: "here"}},
		"mention in code": {"`<@" + w.bob + ">`", seen{Text: "@bob", Pings: w.bob}},
		"escaped":         {"&lt;!here&gt; a\\*b", seen{Text: "<!here> a*b"}},
		"image":           {"![x](https://x.org/i.png)", seen{Text: "x", Links: "x=https://x.org/i.png"}},
		"HTML":            {"a <b>c</b>", seen{Text: "a <b>c</b>", Problems: 2}},
		"quote":           {"> said\n\nthen", seen{Text: "said\nthen"}},
		"code block":      {"```\na\nb\n```\nc", seen{Text: "a\nb\nc"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, summary(w.Render(slacktest.Message{Markdown: c.text}))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// blocksOf are blocks as the workspace keeps them.
func blocksOf(t *testing.T, blocks ...slack.Block) []slacktest.Block {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var kept []slacktest.Block
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestRenderBlocks(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	text := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("mrkdwn", s, false, false) }
	m := slacktest.Message{Text: "Sixteen weeks.", Blocks: blocksOf(t,
		slack.NewHeaderBlock(plainText("Answer")),
		slack.NewSectionBlock(text("Sixteen weeks [1]"), nil, nil),
		slack.NewContextBlock("", text("<https://x.org/leave|Leave>"), text("page 3")),
		slack.NewDividerBlock(),
		slack.NewRichTextBlock("", slack.NewRichTextSection(
			slack.NewRichTextSectionTextElement("as ", nil),
			slack.NewRichTextSectionTextElement("said", &slack.RichTextSectionTextStyle{Bold: true}),
			slack.NewRichTextSectionUserElement(w.claire, nil)),
			&slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement("word for word", nil)}}),
		slack.NewContextActionsBlock("fb", slack.NewFeedbackButtonsBlockElement("rate",
			slack.NewFeedbackButton(plainText("Good"), "good"), slack.NewFeedbackButton(plainText("Bad"), "bad"))),
		slack.NewActionBlock("", slack.NewButtonBlockElement("open", "v1", plainText("Open"))),
	)}
	r := w.Render(m)
	want := "Answer\nSixteen weeks [1]\nLeave page 3\n———\nas said@Claire Martin\nword for word\n[Good] [Bad]\n[Open]"
	if diff := cmp.Diff(want, r.Text); diff != "" {
		t.Error(diff)
	}
	if len(r.Problems) > 0 || len(r.Controls) != 3 || r.Controls[1].Value != "bad" {
		t.Errorf("problems %v, controls %+v", r.Problems, r.Controls)
	}
	if diff := cmp.Diff([]string{"said"}, r.Bold); diff != "" {
		t.Error(diff)
	}
	if len(r.Foreign("https://x.org/")) != 0 || len(r.Foreign("https://y.org/")) != 1 {
		t.Errorf("links %v", r.Links)
	}
}
