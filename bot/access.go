package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

// Access says who may see what. The zero value opens rag.Everyone to the
// members of the workspace and nothing else to anybody.
type Access struct {
	// Spaces says who may see which space beside rag.Everyone.
	Spaces map[string]Audience
	// External names channels that are shared with other workspaces in which
	// the bot answers, each with the only spaces that are seen there, by
	// whoever is there.
	External map[string][]string
	// Guests are the only spaces that guests see; none means that guests are
	// not answered.
	Guests []string
	// Bots are users that are bots and are answered, in channels only.
	Bots []string
	// Admins may ask for the status and the sources and have them read anew.
	Admins []string
	// AddTo names, for channels in which files may be added, their space. In a
	// direct message a file goes to the space of that person, see DirectSpace.
	AddTo map[string]string
}

// Audience is who may see a space. In a channel it is seen where everyone
// there may: it is everyone's or names that channel.
type Audience struct {
	// Everyone are all members of the workspace.
	Everyone bool
	// Channels by ID: what is said there, and to each member of it in a direct
	// message.
	Channels []string
	// Users and Groups (user groups) by ID, in direct messages and in answers
	// that one person sees.
	Users, Groups []string
}

// DirectSpace is the space of what a user added in a direct message: only
// that user sees it.
func DirectSpace(user string) string { return "direct:" + user }

// conversation is where something is asked.
type conversation struct {
	channel string
	// private is set where one person sees the answer.
	private bool
	// external is what the event itself says of the channel.
	external bool
}

// asker is who asks, or clicks.
type asker struct {
	user string
	// teams are what the event says of the user's workspace.
	teams []string
	// bot is set where the event names a bot as its author.
	bot bool
}

// denial is why somebody is not answered.
type denial string

const (
	admitted       denial = ""
	deniedUnknown  denial = "unknown"  // a lookup failed
	deniedBot      denial = "bot"      // nothing is said: bots would talk forever
	deniedDeleted  denial = "deleted"  // there is nobody to say it to
	deniedForeign  denial = "foreign"  // of another workspace
	deniedExternal denial = "external" // in a channel shared with another
	deniedGuest    denial = "guest"
)

// text is what is said to whoever is denied, "" for nothing.
func (d denial) text(cat render.Catalogue) string {
	switch d {
	case deniedUnknown:
		return cat.DeniedUnknown
	case deniedForeign:
		return cat.DeniedForeign
	case deniedExternal:
		return cat.DeniedExternal
	case deniedGuest:
		return cat.DeniedGuest
	}
	return ""
}

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

// visibleSpaces are the spaces that a member sees in a conversation.
func (b *Bot) visibleSpaces(ctx context.Context, p conversation, user string) ([]string, error) {
	spaces := []string{rag.Everyone}
	if p.private {
		spaces = append(spaces, DirectSpace(user))
	}
	for name, a := range b.opts.Access.Spaces {
		sees, err := b.canSee(ctx, a, p, user)
		if err != nil {
			return nil, fmt.Errorf("who may see the space %s: %w", name, err)
		}
		if sees {
			spaces = append(spaces, name)
		}
	}
	return spaces, nil
}

func (b *Bot) canSee(ctx context.Context, a Audience, p conversation, user string) (bool, error) {
	switch {
	case a.Everyone:
		return true, nil
	case !p.private:
		return slices.Contains(a.Channels, p.channel), nil
	case slices.Contains(a.Users, user):
		return true, nil
	}
	for _, group := range a.Groups {
		members, err := b.directory.group(ctx, group)
		if err != nil {
			return false, err
		}
		if slices.Contains(members, user) {
			return true, nil
		}
	}
	for _, channel := range a.Channels {
		members, err := b.directory.members(ctx, channel)
		if err != nil {
			return false, err
		}
		if slices.Contains(members, user) {
			return true, nil
		}
	}
	return false, nil
}
