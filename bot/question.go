package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"docent/rag"
	"docent/rag/lang"
)

// question is a message that is answered in its thread.
type question struct {
	record
	// surface is where it comes from, for the metrics.
	surface string
	place   place
	asker   asker
	// again is set where an earlier run may have answered.
	again bool
}

func (b *Bot) question(e event, surface string) question {
	channel := string(e.Channel)
	asked := b.words(e.Text)
	return question{
		record: record{id: questionID(channel, e.TS), channel: channel, ts: e.TS, thread: e.root(), asker: string(e.User),
			delivery: e.eventID, text: asked, language: lang.DetectQuestion(asked)},
		surface: surface,
		place:   place{channel: channel, private: e.ChannelType == "im", external: e.external},
		asker:   asker{user: string(e.User), teams: e.teams(), bot: e.BotID != ""},
	}
}

// reference is one of Slack's own in the text of a message: <@U1>, <#C1|name>,
// <https://…|label>, <!here>.
var reference = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// words are those of a message: without its mentions, and with the names of
// channels and links in place of what Slack makes of them.
func (b *Bot) words(s string) string {
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
	return strings.TrimSpace(plain(s))
}

// mentioned reports whether a text mentions the bot.
func (b *Bot) mentioned(s string) bool {
	return strings.Contains(s, "<@"+b.self.UserID+">") || strings.Contains(s, "<@"+b.self.UserID+"|")
}

// ask answers a question once, whatever comes twice.
func (b *Bot) ask(ctx context.Context, q question) error {
	ours, again, err := b.state.claim(ctx, q.record, b.Clock.Now())
	if err != nil || !ours {
		return err
	}
	q.again = again
	audience, _, ok, err := b.admits(ctx, q)
	switch w := wordsIn(q.language); {
	case err != nil || !ok:
		return err
	case q.text == "":
		return b.greet(ctx, q, w, audience)
	default:
		return b.answer(ctx, q, w, audience)
	}
}

// greet is the answer to a mention and nothing else.
func (b *Bot) greet(ctx context.Context, q question, w words, audience rag.Audience) error {
	prompts, err := b.prompts(ctx, w, audience)
	if err != nil {
		return b.apologize(ctx, q, w, err)
	}
	example := ""
	if len(prompts) > 0 {
		example = prompts[0]
	}
	if err := b.publish(ctx, q, "", []message{notice(fmt.Sprintf(w.greeting, example))}); err != nil {
		return err
	}
	return b.state.answered(ctx, q.id, q.language, "")
}

// answer answers an admitted question.
func (b *Bot) answer(ctx context.Context, q question, w words, audience rag.Audience) error {
	began := b.Clock.Now()
	done := b.working(ctx, q)
	defer done()
	history, err := b.state.history(ctx, q.channel, q.thread, q.ts)
	if err != nil {
		return b.apologize(ctx, q, w, err)
	}
	told := b.tell(ctx, q, w, rag.SearchRequest{Question: q.text, Language: q.language, Audience: audience, History: history})
	switch {
	case errors.Is(told.err, errDeleted):
		return b.withdraw(ctx, q, told.stream)
	case told.err != nil && ctx.Err() != nil:
		return ctx.Err()
	case told.err != nil:
		return b.apologizeIn(ctx, q, w, told.stream, told.err)
	}
	following, err := b.follow(ctx, q)
	if err != nil {
		return err
	}
	view := answerView{words: w, answer: told.answer, question: q.id, indexed: b.indexed(ctx), canAdd: b.Documents != nil, following: following}
	if err := b.publish(ctx, q, told.stream, view.messages()); err != nil {
		return err
	}
	b.metrics.answered(q.surface, told.answer.Status, b.Clock.Now().Sub(began))
	return b.state.answered(ctx, q.id, q.language, told.answer.Text())
}

// publish posts the messages of an answer in order, each once. The first takes
// the place of what was streamed.
func (b *Bot) publish(ctx context.Context, q question, streamed string, messages []message) error {
	there, err := b.state.posts(ctx, q.id)
	if err != nil {
		return err
	}
	if streamed == "" && q.again && there[0] == "" {
		streamed = b.leftover(ctx, q)
	}
	if streamed != "" {
		there[0] = streamed
	}
	for part, m := range messages {
		p := post{channel: q.channel, thread: q.thread, question: q.id, part: part, message: m}
		ts, err := b.place(ctx, p, there[part], q.again)
		if err != nil {
			return err
		}
		if err := b.state.posted(ctx, q.id, part, q.channel, ts); err != nil {
			return err
		}
	}
	return b.trim(ctx, q, there, len(messages))
}

// leftover is the message of a stream that an earlier run left, ended.
func (b *Bot) leftover(ctx context.Context, q question) string {
	s := stream{bot: b, question: q, ts: b.unnamed(ctx, q, b.calls.insist)}
	s.stop(ctx)
	return s.ts
}

// place puts the message in the place of the one that is there, or posts it.
func (b *Bot) place(ctx context.Context, p post, there string, again bool) (string, error) {
	if there == "" {
		return b.deliver(ctx, p, again)
	}
	err := b.update(ctx, p.channel, there, p.named())
	if err == nil || ctx.Err() != nil {
		return there, err
	}
	b.log.Warn("an answer is posted anew", "error", err)
	if err := b.remove(ctx, p.channel, there); err != nil {
		b.log.Warn("what it replaces stays", "error", err)
	}
	return b.deliver(ctx, p, again)
}

// trim removes messages of an earlier and longer answer.
func (b *Bot) trim(ctx context.Context, q question, there map[int]string, parts int) error {
	for part, ts := range there {
		if part < parts {
			continue
		}
		if err := b.remove(ctx, q.channel, ts); err != nil {
			return err
		}
		if err := b.state.unposted(ctx, q.id, part); err != nil {
			return err
		}
	}
	return nil
}

// apologize says that there is no answer, with a name under which the log
// tells why.
func (b *Bot) apologize(ctx context.Context, q question, w words, why error) error {
	return b.apologizeIn(ctx, q, w, "", why)
}

func (b *Bot) apologizeIn(ctx context.Context, q question, w words, streamed string, why error) error {
	if ctx.Err() != nil {
		return why
	}
	var line string
	switch {
	case errors.Is(why, rag.ErrLongQuestion), errors.Is(why, rag.ErrEmptyQuestion):
		line = fmt.Sprintf(w.greeting, "…")
	default:
		b.metrics.problem("no answer")
		b.log.Error("a question was not answered", "question", q.id, "error", why)
		line = fmt.Sprintf(w.failed, q.id)
	}
	if err := b.publish(ctx, q, streamed, []message{notice(line)}); err != nil {
		return err
	}
	return b.state.answered(ctx, q.id, q.language, "")
}
