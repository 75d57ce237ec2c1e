package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

// admit decides what may be seen of the documents, or that nothing is asked of
// them at all. What cannot be found out is denied. The user is what Slack says
// of the asker, with an ID only if it is known.
func (b *Bot) admit(ctx context.Context, p conversation, who asker) (rag.Audience, slack.User, denial) {
	user, err := b.directory.user(ctx, who.user)
	if err != nil {
		b.log.Warn("a user is denied who cannot be looked up", "user", who.user, "error", err)
		return rag.Audience{}, slack.User{}, deniedUnknown
	}
	channel, err := b.directory.channel(ctx, p.channel)
	if err != nil && !errors.Is(err, errNoAccess) {
		b.log.Warn("a channel is denied that cannot be looked up", "channel", p.channel, "error", err)
		return rag.Audience{}, user, deniedUnknown
	}
	// Where the bot is no member it cannot look, and is asked by a command or
	// a shortcut. Then nothing is known of the channel and so nothing said.
	if err != nil && !p.private {
		return rag.Audience{}, user, deniedUnknown
	}
	audience, why, err := b.decide(ctx, p, who, user, channel)
	if err != nil {
		b.log.Warn("a question is denied: who may see what cannot be looked up", "user", who.user, "error", err)
		return rag.Audience{}, user, deniedUnknown
	}
	return audience, user, why
}

func (b *Bot) decide(ctx context.Context, p conversation, who asker, user slack.User, channel slack.Channel) (rag.Audience, denial, error) {
	bot := who.bot || user.IsBot || user.IsWorkflowBot || user.IsConnectorBot || user.ID == "USLACKBOT"
	external := p.external || channel.IsExtShared || channel.IsPendingExtShared
	switch {
	case user.Deleted:
		return rag.Audience{}, deniedDeleted, nil
	case bot && (p.private || !slices.Contains(b.opts.Access.Bots, user.ID)):
		return rag.Audience{}, deniedBot, nil
	case external:
		if spaces := b.opts.Access.External[p.channel]; len(spaces) > 0 {
			return rag.Members(spaces...), admitted, nil
		}
		if b.isForeign(who, user) {
			return rag.Audience{}, deniedForeign, nil
		}
		return rag.Audience{}, deniedExternal, nil
	case b.isForeign(who, user):
		return rag.Audience{}, deniedForeign, nil
	}
	spaces, err := b.visibleSpaces(ctx, p, user.ID)
	if err != nil {
		return rag.Audience{}, deniedUnknown, err
	}
	if user.IsRestricted || user.IsUltraRestricted {
		spaces = slices.DeleteFunc(spaces, func(s string) bool { return !slices.Contains(b.opts.Access.Guests, s) })
		if len(spaces) == 0 {
			return rag.Audience{}, deniedGuest, nil
		}
	}
	return rag.Members(spaces...), admitted, nil
}

// isForeign reports whether anything says that the user is of another
// workspace, or nothing says of which.
func (b *Bot) isForeign(who asker, user slack.User) bool {
	home := func(team string) bool { return team == b.self.TeamID }
	if b.self.EnterpriseID != "" && user.Enterprise.EnterpriseID == b.self.EnterpriseID {
		return user.IsStranger
	}
	return user.IsStranger || !home(user.TeamID) || slices.ContainsFunc(who.teams, func(t string) bool { return !home(t) })
}

// admitOrDeny is admit for a question: an asker who is denied is told so. While
// Slack is unreachable the lookup is repeated, so that an accepted question
// outlives an outage.
func (b *Bot) admitOrDeny(ctx context.Context, q question) (rag.Audience, slack.User, bool, error) {
	audience, user, why := b.admit(ctx, q.conversation, q.asker)
	for try := 0; why == deniedUnknown && try < 3; try++ {
		if err := b.reach(ctx); err != nil {
			return audience, user, false, err
		}
		audience, user, why = b.admit(ctx, q.conversation, q.asker)
	}
	if why == admitted {
		return audience, user, true, nil
	}
	b.deny(ctx, q, render.CatalogueFor(cmp.Or(q.Language, render.LanguageOf(user.Locale))), why)
	return audience, user, false, b.store.SetAnswer(ctx, q.ID, q.Language, "")
}

// reach returns once Slack can be reached.
func (b *Bot) reach(ctx context.Context) error {
	err := b.retry.untilDone(ctx, func(ctx context.Context) error {
		_, err := b.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("reach Slack: %w", err)
	}
	return nil
}

// deny says so to the asker alone, and looks nothing up.
func (b *Bot) deny(ctx context.Context, q question, cat render.Catalogue, why denial) {
	b.metrics.denied(why)
	line := why.text(cat)
	if line == "" {
		return
	}
	thread := q.Thread
	if q.Thread == q.TS {
		thread = "" // nobody has opened that thread, so nobody would see it there
	}
	b.postEphemeral(ctx, q.Channel, thread, q.asker.user, render.Notice(line))
}
