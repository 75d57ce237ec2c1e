package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"docent/rag"
)

// onHome fills the home page, or for the messages beside it suggests what to
// ask, both with what this person may see.
func (b *Bot) onHome(ctx context.Context, e event) error {
	p := conversation{channel: string(e.Channel), private: true, external: e.external}
	audience, user, why := b.admit(ctx, p, asker{user: string(e.User), teams: e.teams()})
	w := wordsIn(localeLanguage(user.Locale))
	if why != admitted {
		b.metrics.denied(why)
		if e.Tab != "home" || w.denied[why] == "" {
			return nil
		}
		return b.publishHome(ctx, string(e.User), []slack.Block{rich(section(text(w.denied[why])))})
	}
	if e.Tab == "messages" {
		return b.suggestPrompts(ctx, e, w, audience)
	}
	blocks, err := b.homeBlocks(ctx, w, audience)
	if err != nil {
		return err
	}
	return b.publishHome(ctx, string(e.User), blocks)
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

// maxListed is the number of documents that the home page names.
const maxListed = 40

func (b *Bot) homeBlocks(ctx context.Context, w words, audience rag.Audience) ([]slack.Block, error) {
	var documents []rag.DocumentInfo
	n := 0
	for d, err := range b.Library.Documents(ctx, audience) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		if n++; len(documents) < maxListed {
			documents = append(documents, d)
		}
	}
	count := fmt.Sprintf(w.homeCount, n)
	switch n {
	case 0:
		count = w.homeNone
	case 1:
		count = w.homeOne
	}
	if at := b.lastIndexed(ctx); !at.IsZero() && n > 0 {
		count += " " + strings.ToUpper(w.indexed[:1]) + fmt.Sprintf(w.indexed[1:], w.moment(at)) + "."
	}
	blocks := []slack.Block{slack.NewHeaderBlock(label(w.homeTitle, 150)), rich(section(text(w.homeHow))), rich(section(text(count)))}
	if b.Documents != nil {
		blocks = append(blocks, slack.NewContextBlock("", label(w.howToAdd, 500)))
	}
	var items []slack.RichTextElement
	for _, d := range documents {
		item := []slack.RichTextSectionElement{linked(cut(line(d.Title), 120), d.URI, nil)}
		if d.Date != "" {
			item = append(item, text(w.where(d.Title, nil, "", 0, 0, d.Date)))
		}
		items = append(items, section(item...))
	}
	for chunk := range slices.Chunk(items, 20) {
		blocks = append(blocks, rich(slack.NewRichTextList(slack.RTEListBullet, 0, chunk...)))
	}
	if n > len(documents) {
		blocks = append(blocks, slack.NewContextBlock("", label(fmt.Sprintf(w.homeMore, n-len(documents)), 100)))
	}
	return blocks, nil
}

// suggestPrompts offers questions about documents that are there.
func (b *Bot) suggestPrompts(ctx context.Context, e event, w words, audience rag.Audience) error {
	questions, err := b.prompts(ctx, w, audience)
	if err != nil || len(questions) == 0 {
		return err
	}
	var prompts []slack.AssistantThreadsPrompt
	for _, q := range questions {
		prompts = append(prompts, slack.AssistantThreadsPrompt{Title: cut(q, 75), Message: q})
	}
	err = b.retry.do(ctx, func(ctx context.Context) error {
		return b.api.SetAssistantThreadsSuggestedPromptsContext(ctx, slack.AssistantThreadsSetSuggestedPromptsParameters{
			Title: w.promptsTitle, ChannelID: string(e.Channel), Prompts: prompts})
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
func (b *Bot) prompts(ctx context.Context, w words, audience rag.Audience) ([]string, error) {
	var own, others []string
	for d, err := range b.Library.Documents(ctx, audience) {
		if err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		if line(d.Title) == "" || len(own) >= maxPrompts {
			continue
		}
		q, err := b.promptAbout(ctx, w, d, audience)
		if err != nil {
			return nil, err
		}
		if d.Language == w.language {
			own = append(own, q)
		} else if len(others) < maxPrompts {
			others = append(others, q)
		}
	}
	all := append(own, others...)
	return all[:min(len(all), maxPrompts)], nil
}

// promptAbout asks for the first thing under a heading of the document.
func (b *Bot) promptAbout(ctx context.Context, w words, d rag.DocumentInfo, audience rag.Audience) (string, error) {
	title := cut(line(d.Title), 60)
	found, err := b.Library.Passages(ctx, audience, rag.PassageID{Document: d.ID, N: 1}, rag.PassageID{Document: d.ID, N: 2})
	if err != nil {
		return "", fmt.Errorf("read the headings of a document: %w", err)
	}
	for _, p := range found {
		if n := len(p.Heading); n > 1 || n == 1 && p.Heading[0] != d.Title {
			return fmt.Sprintf(w.promptIn, title, cut(line(p.Heading[n-1]), 60)), nil
		}
	}
	return fmt.Sprintf(w.promptAbout, title), nil
}

// lastIndexed is when a document was last read into the library, zero where that
// is not known.
func (b *Bot) lastIndexed(ctx context.Context) time.Time {
	if b.Operations == nil {
		return time.Time{}
	}
	at, err := b.Operations.Indexed(ctx)
	if err != nil {
		b.log.Warn("when the library was filled is not known", "error", err)
	}
	return at
}
