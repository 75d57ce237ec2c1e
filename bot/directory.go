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

// directory looks up people and channels and caches them. Failures are not
// cached.
type directory struct {
	api   *slack.Client
	retry *retrier
	clock Clock

	flight  singleflight.Group
	mu      sync.Mutex
	entries map[string]cacheEntry
}

type cacheEntry struct {
	value   any
	expires time.Time
}

// cacheTTL is how long a lookup holds. Changes that Slack announces take effect
// at once; this bounds those that it does not, such as who is in a group.
const cacheTTL = 5 * time.Minute

// errNoAccess says that the bot is not in a channel.
var errNoAccess = errors.New("the bot is not in the channel")

func newDirectory(api *slack.Client, calls *retrier, clock Clock) *directory {
	return &directory{api: api, retry: calls, clock: clock, entries: make(map[string]cacheEntry)}
}

func (d *directory) user(ctx context.Context, user string) (slack.User, error) {
	return lookup(ctx, d, "user:"+user, func(ctx context.Context) (slack.User, error) {
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
	return lookup(ctx, d, "channel:"+channel, func(ctx context.Context) (slack.Channel, error) {
		c, err := d.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
		if errorCode(err) == "channel_not_found" || errorCode(err) == "not_in_channel" {
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
	return lookup(ctx, d, "group:"+group, func(ctx context.Context) ([]string, error) {
		members, err := d.api.GetUserGroupMembersContext(ctx, group)
		if errorCode(err) == "no_such_subteam" {
			return nil, nil
		}
		return members, err
	})
}

// members of a channel, none where the bot cannot look.
func (d *directory) members(ctx context.Context, channel string) ([]string, error) {
	return lookup(ctx, d, "members:"+channel, func(ctx context.Context) ([]string, error) {
		var all []string
		for cursor := ""; ; {
			page, next, err := d.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: channel, Cursor: cursor, Limit: 1000})
			if errorCode(err) == "channel_not_found" || errorCode(err) == "not_in_channel" {
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

// invalidate drops what is cached of a user or a channel.
func (d *directory) invalidate(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, kind := range []string{"user:", "channel:", "members:"} {
		delete(d.entries, kind+id)
	}
}

// lookup answers from the cache, or asks once for all concurrent callers.
func lookup[T any](ctx context.Context, d *directory, key string, ask func(context.Context) (T, error)) (T, error) {
	now := d.clock.Now()
	d.mu.Lock()
	e, ok := d.entries[key]
	d.mu.Unlock()
	if ok && now.Before(e.expires) {
		return e.value.(T), nil
	}
	value, err, _ := d.flight.Do(key, func() (any, error) {
		var got T
		err := d.retry.do(ctx, func(ctx context.Context) (err error) {
			got, err = ask(ctx)
			return err
		})
		if err == nil {
			d.cache(key, got, now)
		}
		return got, err
	})
	if err != nil {
		var none T
		return none, fmt.Errorf("look up %s: %w", key, err)
	}
	return value.(T), nil
}

// maxCached bounds the memory; beyond it the cache is cleared.
const maxCached = 10_000

func (d *directory) cache(key string, value any, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.entries) >= maxCached {
		clear(d.entries)
	}
	d.entries[key] = cacheEntry{value: value, expires: now.Add(cacheTTL)}
}
