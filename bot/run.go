package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Run answers until the context ends, which is no error, or until Slack
// refuses what the bot is set up with: a *SetupError. That the network is down
// ends nothing.
func (b *Bot) Run(ctx context.Context) error {
	// What is begun is finished within Options.Grace of the end of ctx.
	work, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	intake, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	var workers, watchers sync.WaitGroup
	for range b.opts.Workers {
		workers.Go(func() { b.queue.run(work) })
	}
	var refused error
	watchers.Go(func() {
		if refused = b.awaitFatal(intake); refused != nil {
			stop(refused)
			giveUp()
		}
	})
	watchers.Go(func() { b.checkToken(intake) })
	err := b.serve(intake)
	stop(err)
	watchers.Wait()
	b.serving.Store(false)
	b.queue.close()
	timer := time.AfterFunc(b.opts.Grace, giveUp)
	defer timer.Stop()
	workers.Wait()
	if refused != nil {
		return refused
	}
	if cause := context.Cause(intake); errors.As(cause, new(*SetupError)) {
		return cause
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// awaitFatal waits for an error that no waiting cures, or the end of ctx. When
// slack-go ends ctx with its own error for the same cause, which says less, the
// bot's is preferred.
func (b *Bot) awaitFatal(ctx context.Context) error {
	select {
	case err := <-b.fatal:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-b.fatal:
		return err
	default:
		return nil
	}
}

// serve finds out who the bot is and then takes what Slack delivers.
func (b *Bot) serve(ctx context.Context) error {
	err := b.retry.upTo(ctx, 1<<30, func(ctx context.Context) (err error) {
		b.self, err = identify(ctx, b.api)
		return err
	})
	if err != nil {
		return b.asSetupError(fmt.Errorf("ask Slack who the bot is: %w", err)) // Run tells an end from an error
	}
	if err := b.self.checkScopes(); err != nil {
		return err
	}
	for _, s := range b.self.Missing() {
		b.log.Warn("the app lacks a scope", "scope", s.Name, "for", s.For)
	}
	if err := b.loadPending(ctx); err != nil {
		return err
	}
	b.serving.Store(true)
	b.log.Info("answering in Slack", "workspace", b.self.Team, "as", b.self.User)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		b.resumePending(ctx)
		return nil
	})
	if b.opts.AppToken != "" {
		g.Go(func() error { return b.sockets.run(ctx) })
	}
	return g.Wait()
}

// resumeInterval is how often the state is checked for pending deliveries.
const resumeInterval = time.Second

// resumePending loads what did not fit into memory, and deletes what is old.
func (b *Bot) resumePending(ctx context.Context) {
	forgotten := time.Time{}
	for b.opts.Clock.Wait(ctx, resumeInterval) == nil {
		if now := b.opts.Clock.Now(); now.Sub(forgotten) > time.Hour {
			forgotten = now
			if err := b.store.Purge(ctx, now, b.opts.Retention); err != nil && ctx.Err() == nil {
				b.log.Error("what is old was not forgotten", "error", err)
			}
		}
		if b.overflow.Load() && b.queue.depth() < b.opts.Queue/2 {
			if err := b.loadPending(ctx); err != nil && ctx.Err() == nil {
				b.log.Error("what waits was not taken up", "error", err)
			}
		}
	}
}

// loadPending schedules the deliveries that an earlier run did not finish or
// that did not fit into memory.
func (b *Bot) loadPending(ctx context.Context) error {
	b.overflow.Store(false)
	waiting, err := b.store.Pending(ctx, b.opts.Queue)
	if err != nil || len(waiting) == b.opts.Queue {
		b.overflow.Store(true)
	}
	for _, d := range waiting {
		b.schedule(d, true)
	}
	return err
}
