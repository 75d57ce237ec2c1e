package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"
)

// directory looks up people and channels and remembers them for a while. What
// failed is not remembered.
type directory struct {
	api   *slack.Client
	calls *caller
	clock Clock

	flight singleflight.Group
	mu     sync.Mutex
	known  map[string]entry
}

type entry struct {
	value any
	until time.Time
}

// remembered is how long a lookup holds. What Slack tells of changes is
// forgotten at once; this bounds what it does not tell, as who is in a group.
const remembered = 5 * time.Minute

// errNoAccess says that the bot is not in a channel.
var errNoAccess = errors.New("the bot is not in the channel")

func newDirectory(api *slack.Client, calls *caller, clock Clock) *directory {
	return &directory{api: api, calls: calls, clock: clock, known: make(map[string]entry)}
}

func (d *directory) user(ctx context.Context, user string) (slack.User, error) {
	return look(ctx, d, "user:"+user, func(ctx context.Context) (slack.User, error) {
		u, err := d.api.GetUserInfoContext(ctx, user)
		if err != nil {
			return slack.User{}, err
		}
		if u.ID != user {
			return slack.User{}, fmt.Errorf("Slack tells of %q where %q was asked for", u.ID, user) //nolint:staticcheck // a name
		}
		return *u, nil
	})
}

func (d *directory) channel(ctx context.Context, channel string) (slack.Channel, error) {
	return look(ctx, d, "channel:"+channel, func(ctx context.Context) (slack.Channel, error) {
		c, err := d.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
		if refusal(err) == "channel_not_found" || refusal(err) == "not_in_channel" {
			return slack.Channel{}, errNoAccess
		}
		if err != nil {
			return slack.Channel{}, err
		}
		return *c, nil
	})
}

// group are the members of a user group, none where there is no such group.
func (d *directory) group(ctx context.Context, group string) ([]string, error) {
	return look(ctx, d, "group:"+group, func(ctx context.Context) ([]string, error) {
		members, err := d.api.GetUserGroupMembersContext(ctx, group)
		if refusal(err) == "no_such_subteam" {
			return nil, nil
		}
		return members, err
	})
}

// members of a channel, none where the bot cannot look.
func (d *directory) members(ctx context.Context, channel string) ([]string, error) {
	return look(ctx, d, "members:"+channel, func(ctx context.Context) ([]string, error) {
		var all []string
		for cursor := ""; ; {
			page, next, err := d.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 1000})
			if refusal(err) == "channel_not_found" || refusal(err) == "not_in_channel" {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			all = append(all, page...)
			if cursor = next; cursor == "" {
				return all, nil
			}
		}
	})
}

// forget what was known of a user or a channel.
func (d *directory) forget(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, kind := range []string{"user:", "channel:", "members:"} {
		delete(d.known, kind+id)
	}
}

// look answers from memory, or once for all who ask at the time.
func look[T any](ctx context.Context, d *directory, key string, ask func(context.Context) (T, error)) (T, error) {
	now := d.clock.Now()
	d.mu.Lock()
	e, ok := d.known[key]
	d.mu.Unlock()
	if ok && now.Before(e.until) {
		return e.value.(T), nil
	}
	value, err, _ := d.flight.Do(key, func() (any, error) {
		var got T
		err := d.calls.read(ctx, func(ctx context.Context) (err error) {
			got, err = ask(ctx)
			return err
		})
		if err == nil {
			d.remember(key, got, now)
		}
		return got, err
	})
	if err != nil {
		var none T
		return none, fmt.Errorf("look up %s: %w", key, err)
	}
	return value.(T), nil
}

// mostRemembered bounds the memory; beyond it everything is looked up anew.
const mostRemembered = 10_000

func (d *directory) remember(key string, value any, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= mostRemembered {
		clear(d.known)
	}
	d.known[key] = entry{value: value, until: now.Add(remembered)}
}
