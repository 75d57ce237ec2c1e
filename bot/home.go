package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

// onHome fills the home page, or for the messages beside it suggests what to
// ask, both with what this person may see.
func (b *Bot) onHome(ctx context.Context, e event) error {
	p := conversation{channel: string(e.Channel), private: true, external: e.external}
	audience, user, why := b.admit(ctx, p, asker{user: string(e.User), teams: e.teams()})
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	if why != admitted {
		b.metrics.denied(why)
		if e.Tab != "home" || why.text(cat) == "" {
			return nil
		}
		return b.publishHome(ctx, string(e.User), render.Notice(why.text(cat)).Blocks)
	}
	if e.Tab == "messages" {
		return b.suggestPrompts(ctx, e, cat, audience)
	}
	page, err := b.homePage(ctx, cat, audience, string(e.User))
	if err != nil {
		return err
	}
	return b.publishHome(ctx, string(e.User), page.Blocks())
}

func (b *Bot) publishHome(ctx context.Context, user string, blocks []slack.Block) error {
	err := b.retry.do(ctx, func(ctx context.Context) error {
		_, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user,
			View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}})
		return err
	})
	if err != nil {
		return fmt.Errorf("show the home page: %w", err)
	}
	return nil
}

func (b *Bot) homePage(ctx context.Context, cat render.Catalogue, audience rag.Audience, user string) (render.Home, error) {
	v := render.Home{Catalogue: cat, Indexed: b.lastIndexed(ctx), CanAdd: b.opts.Documents != nil}
	for d, err := range b.opts.Library.Documents(ctx, audience) {
		if err != nil {
			return v, fmt.Errorf("list the documents: %w", err)
		}
		v.Add(d)
	}
	if b.opts.Operations == nil || !slices.Contains(b.opts.Access.Admins, user) {
		return v, nil // paths are nobody else's
	}
	var err error
	v.Held, err = b.opts.Operations.Held(ctx)
	return v, err
}

// suggestPrompts offers questions about documents that are there.
func (b *Bot) suggestPrompts(ctx context.Context, e event, cat render.Catalogue, audience rag.Audience) error {
	questions, err := b.prompts(ctx, cat, audience)
	if err != nil || len(questions) == 0 {
		return err
	}
	var prompts []slack.AssistantThreadsPrompt
	for _, q := range questions {
		prompts = append(prompts, slack.AssistantThreadsPrompt{Title: render.Truncate(q, 75), Message: q})
	}
	err = b.retry.do(ctx, func(ctx context.Context) error {
		return b.api.SetAssistantThreadsSuggestedPromptsContext(ctx, slack.AssistantThreadsSetSuggestedPromptsParameters{
			Title: cat.PromptsTitle, ChannelID: string(e.Channel), Prompts: prompts})
	})
	if err != nil {
		return fmt.Errorf("suggest questions: %w", err)
	}
	return nil
}

// maxPrompts is the number that Slack shows.
const maxPrompts = 4

// prompts are questions about documents that the audience may see, those in
// its language first.
func (b *Bot) prompts(ctx context.Context, cat render.Catalogue, audience rag.Audience) ([]string, error) {
	var own, others []string
	for d, err := range b.opts.Library.Documents(ctx, audience) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		if render.OneLine(d.Title) == "" || len(own) >= maxPrompts {
			continue
		}
		q, err := b.promptAbout(ctx, cat, d, audience)
		if err != nil {
			return nil, err
		}
		if d.Language == cat.Language {
			own = append(own, q)
		} else if len(others) < maxPrompts {
			others = append(others, q)
		}
	}
	all := append(own, others...)
	return all[:min(len(all), maxPrompts)], nil
}

// promptAbout asks for the first thing under a heading of the document.
func (b *Bot) promptAbout(ctx context.Context, cat render.Catalogue, d rag.DocumentInfo, audience rag.Audience) (string, error) {
	found, err := b.opts.Library.Passages(ctx, audience, rag.PassageID{Document: d.ID, N: 1}, rag.PassageID{Document: d.ID, N: 2})
	if err != nil {
		return "", fmt.Errorf("read the headings of a document: %w", err)
	}
	for _, p := range found {
		if n := len(p.Heading); n > 1 || n == 1 && p.Heading[0] != d.Title {
			return cat.Prompt(d.Title, p.Heading[n-1]), nil
		}
	}
	return cat.Prompt(d.Title, ""), nil
}

// lastIndexed is when a document was last read into the library, zero where that
// is not known.
func (b *Bot) lastIndexed(ctx context.Context) time.Time {
	if b.opts.Operations == nil {
		return time.Time{}
	}
	at, err := b.opts.Operations.Indexed(ctx)
	if err != nil {
		b.log.Warn("when the library was filled is not known", "error", err)
	}
	return at
}
