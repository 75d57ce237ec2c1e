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
	p := privateQuestion{conversation: conversation{channel: c.Channel, private: true}, asker: asker{user: c.User}, url: c.ResponseURL, delivery: d.ID,
		text: b.questionText(c.Text), surface: "command", key: c.Trigger, shareable: !strings.HasPrefix(c.Channel, "D")}
	switch command := strings.ToLower(p.text); command {
	case "status", "sources", "reindex":
		p.text = command
		return b.runAdminCommand(ctx, p)
	}
	return b.askPrivately(ctx, p)
}

// askAboutMessage answers somebody's message to whoever wants to know.
func (b *Bot) askAboutMessage(ctx context.Context, c click) error {
	return b.askPrivately(ctx, privateQuestion{conversation: c.conversation, asker: c.asker, url: c.ResponseURL, delivery: kindInteractive + c.TriggerID,
		text: b.questionText(c.Message.Text), surface: "shortcut", key: c.TriggerID, shareable: !strings.HasPrefix(c.conversation.channel, "D")})
}

// privateQuestion is a question whose answer one person sees.
type privateQuestion struct {
	conversation conversation
	asker        asker
	url          string
	delivery     string
	text         string
	surface      string
	// key is of the command or click that asks.
	key string
	// shareable is set where there is a channel to share the answer in.
	shareable bool
}

func (b *Bot) askPrivately(ctx context.Context, p privateQuestion) error {
	began := b.opts.Clock.Now()
	language := lang.DetectQuestion(p.text)
	cat := render.CatalogueFor(language)
	r := store.Question{ID: store.QuestionID(p.conversation.channel, p.key), Channel: p.conversation.channel, TS: p.key, Thread: p.key, Asker: p.asker.user,
		Delivery: p.delivery, Text: p.text, Language: language}
	ours, _, err := b.store.Claim(ctx, r, began)
	if err != nil || !ours {
		return err
	}
	audience, user, ok, err := b.admitPrivately(ctx, p, language)
	if !ok {
		return err
	}
	if p.text == "" || strings.EqualFold(p.text, "help") || strings.EqualFold(p.text, "aide") {
		return b.showUsage(ctx, p, render.CatalogueFor(render.LanguageOf(user.Locale)), audience)
	}
	searching := b.showSearching(ctx, p.url, cat)
	answer, err := b.opts.Answerer.Answer(ctx, rag.SearchRequest{Question: p.text, Language: language, Audience: audience})
	shown := searching()
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		b.log.Error("a question was not answered", "question", r.ID, "error", err)
		return b.respond(ctx, p.url, render.Notice(fmt.Sprintf(cat.Failed, r.ID)), shown)
	}
	view := render.Answer{Catalogue: cat, Answer: answer, Question: r.ID, Indexed: b.lastIndexed(ctx), CanAdd: b.opts.Documents != nil,
		Sharing: p.shareable && answer.Status != rag.NotFound}
	for i, m := range view.Messages() {
		if err := b.respond(ctx, p.url, m, i == 0 && shown); err != nil {
			return err
		}
	}
	b.metrics.answered(p.surface, answer.Status, b.opts.Clock.Now().Sub(began))
	return b.store.SetAnswer(ctx, r.ID, language, answer.Text())
}

// admitPrivately is admit for a private question. Who is denied is told so, in
// the language given or the asker's own.
func (b *Bot) admitPrivately(ctx context.Context, p privateQuestion, language string) (rag.Audience, slack.User, bool, error) {
	audience, user, why := b.admit(ctx, p.conversation, p.asker)
	if why == admitted {
		return audience, user, true, nil
	}
	b.metrics.denied(why)
	line := why.text(render.CatalogueFor(cmp.Or(language, render.LanguageOf(user.Locale))))
	if line == "" {
		return audience, user, false, nil
	}
	return audience, user, false, b.respond(ctx, p.url, render.Notice(line), false)
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

func (b *Bot) showUsage(ctx context.Context, p privateQuestion, cat render.Catalogue, audience rag.Audience) error {
	prompts, err := b.prompts(ctx, cat, audience)
	if err != nil {
		return err
	}
	example := "…"
	if len(prompts) > 0 {
		example = prompts[0]
	}
	return b.respond(ctx, p.url, render.Notice(fmt.Sprintf(cat.Usage, example)), false)
}
