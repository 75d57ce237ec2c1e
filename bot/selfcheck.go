package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"
)

// SelfCheckResult is what Slack says about a bot's setup.
type SelfCheckResult struct {
	Identity
	// Connected is set where Socket Mode came up; it is not tried without an
	// app-level token.
	Connected bool
	// Absent are the channels of Options.Access that the bot is not in.
	Absent []string
}

// selfCheckTimeout bounds a self-check.
const selfCheckTimeout = 15 * time.Second

// SelfCheck asks Slack about the tokens, the scopes, the connection and the
// channels of the options, and changes nothing. A mistake that keeps the bot
// from answering at all is a *SetupError.
func SelfCheck(ctx context.Context, o Options) (SelfCheckResult, error) {
	b, err := newBot(o)
	if err != nil {
		return SelfCheckResult{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, selfCheckTimeout)
	defer cancel()
	var e SelfCheckResult
	err = b.retry.do(ctx, func(ctx context.Context) (err error) {
		e.Identity, err = identify(ctx, b.api)
		return err
	})
	if err != nil {
		return e, b.asSetupError(fmt.Errorf("ask Slack who the bot is: %w", err))
	}
	if err := e.checkScopes(); err != nil {
		return e, err
	}
	if o.AppToken != "" {
		if err := b.checkSocket(ctx); err != nil {
			return e, err
		}
		e.Connected = true
	}
	for _, channel := range o.Access.channels() {
		c, err := b.directory.channel(ctx, channel)
		switch {
		case errors.Is(err, errNoAccess), err == nil && !c.IsMember:
			e.Absent = append(e.Absent, channel)
		case err != nil:
			return e, err
		}
	}
	return e, nil
}

// checkSocket opens a connection, waits for Slack's greeting, and closes it.
func (b *Bot) checkSocket(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client := socketmode.New(b.api)
	var g sync.WaitGroup
	g.Go(func() { _ = client.RunContext(ctx) }) // which is ended below
	defer g.Wait()
	defer cancel()
	for {
		select {
		case e := <-client.Events:
			if e.Type == socketmode.EventTypeHello {
				return nil
			}
		case err := <-b.fatal:
			return err
		case <-ctx.Done():
			return fmt.Errorf("connect by Socket Mode: %w", ctx.Err())
		}
	}
}

// channels are all that are named.
func (a Access) channels() []string {
	var all []string
	for _, s := range a.Spaces {
		all = append(all, s.Channels...)
	}
	all = slices.AppendSeq(all, maps.Keys(a.External))
	all = slices.AppendSeq(all, maps.Keys(a.AddTo))
	slices.Sort(all)
	return slices.Compact(all)
}
