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
