package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/bot/store"
	"docent/rag"
)

// click is an interaction with who made it, where.
type click struct {
	slack.InteractionCallback
	action       *slack.BlockAction
	conversation conversation
	asker        asker
}

func (b *Bot) onInteraction(ctx context.Context, d store.Delivery) error {
	var i slack.InteractionCallback
	if err := json.Unmarshal(d.Payload, &i); err != nil {
		return fmt.Errorf("read an interaction: %w", err)
	}
	c := click{InteractionCallback: i, asker: asker{user: i.User.ID},
		conversation: conversation{channel: cmp.Or(i.Channel.ID, i.Container.ChannelID), private: true}}
	if i.User.TeamID != "" {
		c.asker.teams = []string{i.User.TeamID}
	}
	switch {
	case i.Type == slack.InteractionTypeMessageAction && i.CallbackID == render.CallbackAsk:
		return b.askAboutMessage(ctx, c)
	case i.Type == slack.InteractionTypeMessageAction && i.CallbackID == render.CallbackAdd:
		return b.addFromMessage(ctx, c)
	case i.Type == slack.InteractionTypeViewSubmission && i.View.CallbackID == render.CallbackReason:
		return b.reason(ctx, c)
	case i.Type == slack.InteractionTypeBlockActions:
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

// thread is that of the message that was clicked, "" where it opens none.
func (c click) thread() string { return cmp.Or(c.Container.ThreadTs, c.Message.ThreadTimestamp) }

// tell shows a line to whoever clicked.
func (b *Bot) tell(ctx context.Context, c click, line string) {
	b.postEphemeral(ctx, c.conversation.channel, c.thread(), c.asker.user, render.Notice(line))
}

// admitClick is admit for a click, with the words for whoever made it. Who is
// denied is told so.
func (b *Bot) admitClick(ctx context.Context, c click) (rag.Audience, slack.User, render.Catalogue, bool) {
	audience, user, why := b.admit(ctx, c.conversation, c.asker)
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	if why == admitted {
		return audience, user, cat, true
	}
	b.metrics.denied(why)
	if line := why.text(cat); line != "" {
		b.tell(ctx, c, line)
	}
	return audience, user, cat, false
}

// unfollow leaves the thread to the people in it.
func (b *Bot) unfollow(ctx context.Context, c click) error {
	_, _, cat, ok := b.admitClick(ctx, c)
	if !ok {
		return nil
	}
	if err := b.store.Unfollow(ctx, c.conversation.channel, c.thread(), b.opts.Clock.Now()); err != nil {
		return err
	}
	b.tell(ctx, c, cat.Unfollowed)
	return nil
}
