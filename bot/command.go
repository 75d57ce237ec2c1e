package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
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
func (b *Bot) onCommand(ctx context.Context, d delivery) error {
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
	audience, user, why := b.admit(ctx, p.conversation, p.asker)
	if why != admitted {
		b.metrics.denied(why)
		if line := why.text(cat); line != "" {
			return b.respond(ctx, p.url, render.Notice(line), false)
		}
		return nil
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

// share answers the question again for the whole channel, from what everyone
// there may see, and posts that: what one person saw is not shown to others.
func (b *Bot) share(ctx context.Context, c click) error {
	p := c.conversation
	p.private = false
	audience, user, why := b.admit(ctx, p, c.asker)
	if why != admitted {
		return b.denyClick(ctx, c, render.CatalogueFor(render.LanguageOf(user.Locale)), why)
	}
	r, err := b.store.QuestionByID(ctx, c.action.Value)
	if err != nil {
		return err
	}
	if r.Asker != c.asker.user || r.Channel != p.channel {
		return nil // the button is shown to nobody else
	}
	cat := render.CatalogueFor(r.Language)
	answer, err := b.opts.Answerer.Answer(ctx, rag.SearchRequest{Question: r.Text, Language: r.Language, Audience: audience})
	if err != nil {
		return fmt.Errorf("answer for a channel: %w", err)
	}
	id := store.QuestionID(r.Channel, "share "+r.TS)
	view := render.Answer{Catalogue: cat, Answer: answer, Question: id, Indexed: b.lastIndexed(ctx),
		SharedBy: nameOf(user), Asked: r.Text}
	q := question{Question: store.Question{ID: id, Channel: r.Channel, Text: r.Text, Language: r.Language}, conversation: p, asker: c.asker, mayBeAnswered: true}
	if err := b.publish(ctx, q, "", view.Messages()); err != nil {
		return err
	}
	if err := b.respond(ctx, c.ResponseURL, render.Notice(cat.Shared), true); err != nil {
		b.log.Warn("that an answer was shared was not said", "error", err)
	}
	return nil
}

func nameOf(u slack.User) string {
	for _, name := range []string{u.Profile.DisplayName, u.RealName, u.Name} {
		if render.OneLine(name) != "" {
			return name
		}
	}
	return u.ID
}

// runAdminCommand answers what only administrators may ask.
func (b *Bot) runAdminCommand(ctx context.Context, p privateQuestion) error {
	_, user, why := b.admit(ctx, p.conversation, p.asker)
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	switch {
	case why != admitted:
		b.metrics.denied(why)
		if why.text(cat) == "" {
			return nil
		}
		return b.respond(ctx, p.url, render.Notice(why.text(cat)), false)
	case !slices.Contains(b.opts.Access.Admins, p.asker.user) || b.opts.Operations == nil:
		return b.respond(ctx, p.url, render.Notice(cat.AdminsOnly), false)
	}
	said, err := b.adminReply(ctx, p, cat)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		b.log.Error("a command failed", "command", p.text, "error", err)
		said = fmt.Sprintf(cat.Failed, store.QuestionID(p.conversation.channel, p.key))
	}
	return b.respond(ctx, p.url, render.Notice(said), p.text == "reindex")
}

func (b *Bot) adminReply(ctx context.Context, p privateQuestion, cat render.Catalogue) (string, error) {
	switch p.text {
	case "sources":
		sources, err := b.opts.Operations.Sources(ctx)
		if err != nil || len(sources) == 0 {
			return cat.NoSources, err
		}
		var lines []string
		for _, s := range sources {
			lines = append(lines, s.Path+" → "+s.Space)
		}
		return strings.Join(lines, " · "), nil
	case "reindex":
		if err := b.respond(ctx, p.url, render.Notice(cat.Reindexing), false); err != nil {
			return "", err
		}
		r, err := b.opts.Operations.Reindex(ctx)
		return fmt.Sprintf(cat.Reindexed, r.Added, r.Changed, r.Removed, r.Unchanged, r.Failed), err
	}
	n := 0
	for _, err := range b.opts.Library.Documents(ctx, rag.Operator()) {
		if err != nil {
			return "", err
		}
		n++
	}
	at, err := b.opts.Operations.Indexed(ctx)
	return fmt.Sprintf(cat.Status, n, cat.FormatTime(at)), err
}
