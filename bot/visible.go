package bot

import (
	"context"
	"fmt"
	"slices"

	"docent/rag"
)

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
	in, err := isMember(ctx, user, a.Groups, b.directory.group)
	if in || err != nil {
		return in, err
	}
	return isMember(ctx, user, a.Channels, b.directory.members)
}

// isMember reports whether a user is in one of some groups or channels.
func isMember(ctx context.Context, user string, of []string, members func(context.Context, string) ([]string, error)) (bool, error) {
	for _, id := range of {
		found, err := members(ctx, id)
		if err != nil || slices.Contains(found, user) {
			return err == nil, err
		}
	}
	return false, nil
}
