package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"docent/bot/render"
)

// click is an interaction with who made it, where.
type click struct {
	slack.InteractionCallback
	action       *slack.BlockAction
	conversation conversation
	asker        asker
}

func (b *Bot) onInteraction(ctx context.Context, d delivery) error {
	var i slack.InteractionCallback
	if err := json.Unmarshal(d.Payload, &i); err != nil {
		return fmt.Errorf("read an interaction: %w", err)
	}
	channel := i.Channel.ID
	if channel == "" {
		channel = i.Container.ChannelID
	}
	c := click{InteractionCallback: i, asker: asker{user: i.User.ID}, conversation: conversation{channel: channel, private: true}}
	if i.User.TeamID != "" {
		c.asker.teams = []string{i.User.TeamID}
	}
	switch i.Type {
	case slack.InteractionTypeMessageAction:
		return b.onShortcut(ctx, c)
	case slack.InteractionTypeViewSubmission:
		return b.onSubmission(ctx, c)
	case slack.InteractionTypeBlockActions:
		for _, a := range i.ActionCallback.BlockActions {
			c.action = a
			if err := b.onAction(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Bot) onAction(ctx context.Context, c click) error {
	switch id := c.action.ActionID; {
	case strings.HasPrefix(id, render.ActionPassage):
		return b.showPassage(ctx, c)
	case id == render.ActionFeedback:
		return b.rate(ctx, c)
	case id == render.ActionShare:
		return b.share(ctx, c)
	case id == render.ActionUnfollow:
		return b.unfollow(ctx, c)
	case id == render.ActionAdd, id == render.ActionKeepOut:
		return b.addFile(ctx, c)
	}
	return nil
}

func (b *Bot) onShortcut(ctx context.Context, c click) error {
	switch c.CallbackID {
	case render.CallbackAsk:
		return b.askAboutMessage(ctx, c)
	case render.CallbackAdd:
		return b.addFromMessage(ctx, c)
	}
	return nil
}

func (b *Bot) onSubmission(ctx context.Context, c click) error {
	if c.View.CallbackID == render.CallbackReason {
		return b.reason(ctx, c)
	}
	return nil
}

// thread is that of the message that was clicked, "" where it opens none.
func (c click) thread() string {
	if c.Container.ThreadTs != "" {
		return c.Container.ThreadTs
	}
	return c.Message.ThreadTimestamp
}

// unfollow leaves the thread to the people in it.
func (b *Bot) unfollow(ctx context.Context, c click) error {
	_, user, why := b.admit(ctx, c.conversation, c.asker)
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, cat, why)
	}
	if err := b.store.Unfollow(ctx, c.conversation.channel, c.thread(), b.opts.Clock.Now()); err != nil {
		return err
	}
	b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, render.Notice(cat.Unfollowed))
	return nil
}

// denyClick is deny for a click.
func (b *Bot) denyClick(ctx context.Context, c click, cat render.Catalogue, why denial) error {
	b.metrics.denied(why)
	if line := why.text(cat); line != "" {
		b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, render.Notice(line))
	}
	return nil
}
