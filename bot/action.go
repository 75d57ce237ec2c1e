package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"
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
	case strings.HasPrefix(id, actionPassage):
		return b.showPassage(ctx, c)
	case id == actionFeedback:
		return b.rate(ctx, c)
	case id == actionShare:
		return b.share(ctx, c)
	case id == actionUnfollow:
		return b.unfollow(ctx, c)
	case id == actionAdd, id == actionKeepOut:
		return b.addFile(ctx, c)
	}
	return nil
}

func (b *Bot) onShortcut(ctx context.Context, c click) error {
	switch c.CallbackID {
	case callbackAsk:
		return b.askAboutMessage(ctx, c)
	case callbackAdd:
		return b.addFromMessage(ctx, c)
	}
	return nil
}

func (b *Bot) onSubmission(ctx context.Context, c click) error {
	if c.View.CallbackID == callbackReason {
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
	w := wordsIn(localeLanguage(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, w, why)
	}
	if err := b.store.Unfollow(ctx, c.conversation.channel, c.thread(), b.Clock.Now()); err != nil {
		return err
	}
	b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, notice(w.stoppedFollowing))
	return nil
}

// denyClick is deny for a click.
func (b *Bot) denyClick(ctx context.Context, c click, w words, why denial) error {
	b.metrics.denied(why)
	if line := why.text(w); line != "" {
		b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, notice(line))
	}
	return nil
}
