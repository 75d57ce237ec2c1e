package bot

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"docent/bot/render"
	"docent/bot/store"
	"docent/rag"
	"docent/rag/lang"
)

// question is a message that is answered in its thread.
type question struct {
	store.Question
	// surface is where it comes from, for the metrics.
	surface string
	// locale is the asker's language, "" where Slack does not say.
	locale       string
	conversation conversation
	asker        asker
	// mayBeAnswered is set if an earlier run may have answered.
	mayBeAnswered bool
}

func (b *Bot) newQuestion(e event, surface string) question {
	channel := string(e.Channel)
	asked := b.questionText(e.Text)
	return question{
		Question: store.Question{ID: store.QuestionID(channel, e.TS), Channel: channel, TS: e.TS, Thread: e.root(), Asker: string(e.User),
			Delivery: e.eventID, Text: asked, Language: lang.DetectQuestion(asked)},
		surface:      surface,
		conversation: conversation{channel: channel, private: e.ChannelType == "im", external: e.external},
		asker:        asker{user: string(e.User), teams: e.teams(), bot: e.BotID != ""},
	}
}

// reference is one of Slack's own in the text of a message: <@U1>, <#C1|name>,
// <https://…|label>, <!here>.
var reference = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// questionText is the plain text of a message: without mentions, and with the
// names of channels and the labels of links in place of Slack's markup.
func (b *Bot) questionText(s string) string {
	s = reference.ReplaceAllStringFunc(s, func(m string) string {
		parts := reference.FindStringSubmatch(m)
		switch parts[1] {
		case "@", "!":
			return " "
		case "#":
			return parts[3]
		}
		return cmp.Or(parts[3], parts[2])
	})
	s = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
	return strings.TrimSpace(render.Sanitize(s))
}

// mentioned reports whether a text mentions the bot.
func (b *Bot) mentioned(s string) bool {
	return strings.Contains(s, "<@"+b.self.UserID+">") || strings.Contains(s, "<@"+b.self.UserID+"|")
}

// ask answers a question once, whatever comes twice.
func (b *Bot) ask(ctx context.Context, q question) error {
	ours, again, err := b.store.Claim(ctx, q.Question, b.opts.Clock.Now())
	if err != nil || !ours {
		return err
	}
	q.mayBeAnswered = again
	audience, user, ok, err := b.admitOrDeny(ctx, q)
	q.locale = render.LanguageOf(user.Locale)
	switch cat := render.CatalogueFor(q.Language); {
	case err != nil || !ok:
		return err
	case q.Text == "":
		return b.greet(ctx, q, cat, audience)
	default:
		return b.answer(ctx, q, cat, audience)
	}
}

// greet is the answer to a mention and nothing else.
func (b *Bot) greet(ctx context.Context, q question, cat render.Catalogue, audience rag.Audience) error {
	prompts, err := b.prompts(ctx, cat, audience)
	if err != nil {
		return b.apologize(ctx, q, cat, "", err)
	}
	example := ""
	if len(prompts) > 0 {
		example = prompts[0]
	}
	if err := b.publish(ctx, q, "", []render.Message{render.Notice(fmt.Sprintf(cat.Greeting, example))}); err != nil {
		return err
	}
	return b.store.SetAnswer(ctx, q.ID, q.Language, "")
}
