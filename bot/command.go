package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/bot/store"
	"docent/rag"
	"docent/rag/lang"
)

// command is what is used of a command.
type command struct {
	Channel     string `json:"channel_id"`
	User        string `json:"user_id"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	Trigger     string `json:"trigger_id"`
}

// onCommand answers /ask: only who asks sees it.
func (b *Bot) onCommand(ctx context.Context, d store.Delivery) error {
	var c command
	if err := json.Unmarshal(d.Payload, &c); err != nil {
		return fmt.Errorf("read a command: %w", err)
	}
	q := b.newPrivateQuestion(conversation{channel: c.Channel, private: true}, asker{user: c.User}, c.Trigger, d.ID, c.Text, "command")
	switch command := strings.ToLower(q.Text); command {
	case "status", "sources", "reindex":
		q.Text = command
		return b.runAdminCommand(ctx, q, c.ResponseURL)
	}
	return b.askPrivately(ctx, q, c.ResponseURL)
}

// askAboutMessage answers somebody's message to whoever wants to know.
func (b *Bot) askAboutMessage(ctx context.Context, c click) error {
	q := b.newPrivateQuestion(c.conversation, c.asker, c.TriggerID, kindInteractive+c.TriggerID, c.Message.Text, "shortcut")
	return b.askPrivately(ctx, q, c.ResponseURL)
}

// newPrivateQuestion is one whose answer one person sees. trigger is of the
// command or click that asks.
func (b *Bot) newPrivateQuestion(where conversation, who asker, trigger, delivery, text, surface string) question {
	asked := b.questionText(text)
	return question{
		Question: store.Question{ID: store.QuestionID(where.channel, trigger), Channel: where.channel, TS: trigger, Thread: trigger, Asker: who.user,
			Delivery: delivery, Text: asked, Language: lang.DetectQuestion(asked)},
		surface: surface, conversation: where, asker: who,
	}
}

func (b *Bot) askPrivately(ctx context.Context, q question, url string) error {
	began := b.opts.Clock.Now()
	cat := render.CatalogueFor(q.Language)
	ours, _, err := b.store.Claim(ctx, q.Question, began)
	if err != nil || !ours {
		return err
	}
	audience, user, ok, err := b.admitPrivately(ctx, q, url, q.Language)
	if !ok {
		return err
	}
	if q.Text == "" || strings.EqualFold(q.Text, "help") || strings.EqualFold(q.Text, "aide") {
		return b.showUsage(ctx, url, render.CatalogueFor(render.LanguageOf(user.Locale)), audience)
	}
	searching := b.showSearching(ctx, url, cat)
	answer, err := b.opts.Answerer.Answer(ctx, rag.SearchRequest{Question: q.Text, Language: q.Language, Locale: render.LanguageOf(user.Locale), Audience: audience})
	shown := searching()
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		b.log.Error("a question was not answered", "question", q.ID, "error", err)
		return b.respond(ctx, url, render.Notice(fmt.Sprintf(cat.Failed, q.ID)), shown)
	}
	if answer.Intent.IsCourtesy() {
		if err := b.respond(ctx, url, render.Notice(answer.Notice), shown); err != nil {
			return err
		}
		return b.store.SetAnswer(ctx, q.ID, q.Language, "")
	}
	view := b.view(ctx, cat, answer, q.ID)
	view.Sharing = !strings.HasPrefix(q.Channel, "D") && answer.Status != rag.NotFound
	for i, m := range view.Messages() {
		if err := b.respond(ctx, url, m, i == 0 && shown); err != nil {
			return err
		}
	}
	return b.answered(ctx, q, answer, began)
}

// admitPrivately is admit for a private question. Who is denied is told so, in
// the language given or the asker's own.
func (b *Bot) admitPrivately(ctx context.Context, q question, url, language string) (rag.Audience, slack.User, bool, error) {
	audience, user, why := b.admit(ctx, q.conversation, q.asker)
	if why == admitted {
		return audience, user, true, nil
	}
	b.metrics.denied(why)
	line := why.text(render.CatalogueFor(cmp.Or(language, render.LanguageOf(user.Locale))))
	if line == "" {
		return audience, user, false, nil
	}
	return audience, user, false, b.respond(ctx, url, render.Notice(line), false)
}

// searchingDelay is how long a command may take before it shows a sign.
const searchingDelay = 200 * time.Millisecond

// showSearching says that an answer is looked for, unless it is there at once.
// The end of it reports whether that was said.
func (b *Bot) showSearching(ctx context.Context, url string, cat render.Catalogue) (end func() bool) {
	ctx, cancel := context.WithCancel(ctx)
	var sign sync.WaitGroup
	shown := false
	sign.Go(func() {
		if b.opts.Clock.Wait(ctx, searchingDelay) == nil {
			shown = b.respond(context.WithoutCancel(ctx), url, render.Notice(cat.Searching), false) == nil
		}
	})
	return func() bool {
		cancel()
		sign.Wait()
		return shown
	}
}

func (b *Bot) showUsage(ctx context.Context, url string, cat render.Catalogue, audience rag.Audience) error {
	prompts, err := b.prompts(ctx, cat, audience)
	if err != nil {
		return err
	}
	example := "…"
	if len(prompts) > 0 {
		example = prompts[0]
	}
	return b.respond(ctx, url, render.Notice(fmt.Sprintf(cat.Usage, example)), false)
}
