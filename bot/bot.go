package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/errgroup"
)

// Bot is a bot at work. New makes one.
type Bot struct {
	Options
	api       *slack.Client
	calls     *caller
	directory *directory
	state     *state
	lanes     *lanes
	sockets   sockets
	running   running
	streams   *streams
	metrics   *metrics
	log       *slog.Logger
	self      Identity

	// scheduled are the deliveries in memory by ID.
	scheduled sync.Map
	// overflow is set while deliveries wait in the state alone.
	overflow atomic.Bool
	// serving is set once the bot knows who it is.
	serving atomic.Bool
	// fatal gets the first error that no waiting cures.
	fatal chan error
	// doubts gets a word where calls are refused as if the token was bad.
	doubts chan struct{}
}

// New makes a bot. Nothing is asked of Slack before Run.
func New(ctx context.Context, o Options) (*Bot, error) {
	b, err := newBot(o)
	if err != nil {
		return nil, err
	}
	if b.state, err = openState(ctx, o.State); err != nil {
		return nil, err
	}
	return b, nil
}

// newBot makes one without a state.
func newBot(o Options) (*Bot, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	b := &Bot{Options: o, log: o.Log, lanes: newLanes(o.Queue), streams: newStreams(), calls: &caller{clock: o.Clock},
		fatal: make(chan error, 1), doubts: make(chan struct{}, 1)}
	b.metrics = newMetrics(b)
	b.sockets.bot = b
	api, err := b.client()
	if err != nil {
		return nil, err
	}
	b.api, b.directory = api, newDirectory(api, b.calls, o.Clock)
	return b, nil
}

// client is slack-go's, over a transport of ours.
func (b *Bot) client() (*slack.Client, error) {
	api, err := url.Parse(cmp.Or(b.APIURL, slack.APIURL))
	if err != nil {
		return nil, fmt.Errorf("read the address of the Web API: %w", err)
	}
	t := &transport{base: http.DefaultTransport.(*http.Transport).Clone(), clock: b.Clock, api: api.JoinPath("/"), callTime: b.CallTime,
		failed: b.fail, doubted: b.doubt, metrics: b.metrics}
	return slack.New(b.BotToken, slack.OptionHTTPClient(&http.Client{Transport: t}), slack.OptionAPIURL(t.api.String()),
		slack.OptionAppLevelToken(b.AppToken), slack.OptionLog(discardLog{})), nil
}

// discardLog takes slack-go's words, which hold texts of messages.
type discardLog struct{}

func (discardLog) Output(int, string) error { return nil }

// fail ends Run.
func (b *Bot) fail(err error) {
	select {
	case b.fatal <- err:
	default:
	}
}

// doubt has the token checked, soon and once for all who doubt it.
func (b *Bot) doubt() {
	select {
	case b.doubts <- struct{}{}:
	default:
	}
}

// checkEvery is how often Slack is asked about the token at most.
const checkEvery = time.Minute

// checkToken asks Slack about the token where there is doubt. The transport
// hears it where it is refused.
func (b *Bot) checkToken(ctx context.Context) {
	for {
		select {
		case <-b.doubts:
		case <-ctx.Done():
			return
		}
		if err := b.reach(ctx); err != nil && ctx.Err() == nil {
			b.log.Warn("the token is in doubt and could not be checked", "error", err)
		}
		if b.Clock.Wait(ctx, checkEvery) != nil {
			return
		}
	}
}

// Close releases the state. Run must have returned.
func (b *Bot) Close() error { return b.state.close() }

// Run answers until the context ends, which is no error, or until Slack
// refuses what the bot is set up with: a *SetupError. That the network is down
// ends nothing.
func (b *Bot) Run(ctx context.Context) error {
	// What is begun is finished within Options.Grace of the end of ctx.
	work, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	intake, stop := context.WithCancelCause(ctx)
	defer stop(nil)

	var workers errgroup.Group
	for range b.Workers {
		workers.Go(func() error {
			b.lanes.work(work)
			return nil
		})
	}
	var g errgroup.Group
	var refused error
	g.Go(func() error {
		if refused = b.refused(intake); refused != nil {
			stop(refused)
			giveUp()
		}
		return nil
	})
	g.Go(func() error {
		b.checkToken(intake)
		return nil
	})
	g.Go(func() error {
		err := b.serve(intake)
		stop(err)
		return err
	})
	err := g.Wait()
	b.serving.Store(false)
	b.lanes.close()
	timer := time.AfterFunc(b.Grace, giveUp)
	defer timer.Stop()
	err = errors.Join(err, workers.Wait())
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

// refused waits for an error that no waiting cures, or the end of ctx. What
// ends ctx may be slack-go's own word for that error, which says less, so that
// it is looked for once more.
func (b *Bot) refused(ctx context.Context) error {
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
	err := b.calls.repeat(ctx, 1<<30, func(ctx context.Context) (err error) {
		b.self, err = identify(ctx, b.api)
		return err
	})
	if err != nil {
		return b.named(fmt.Errorf("ask Slack who the bot is: %w", err)) // Run tells an end from an error
	}
	if err := b.self.check(); err != nil {
		return err
	}
	for _, s := range b.self.Missing() {
		b.log.Warn("the app lacks a scope", "scope", s.Name, "for", s.For)
	}
	if err := b.takeUp(ctx); err != nil {
		return err
	}
	b.serving.Store(true)
	b.log.Info("answering in Slack", "workspace", b.self.Team, "as", b.self.User)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		b.resume(ctx)
		return nil
	})
	if b.AppToken != "" {
		g.Go(func() error { return b.sockets.run(ctx) })
	}
	return g.Wait()
}

// named is the SetupError of a refusal, or the error itself.
func (b *Bot) named(err error) error {
	if f := fatal("", refusal(err), ""); refusal(err) != "" && f != nil {
		return f
	}
	return err
}

// resumeEvery is how often the state is looked at for what waits there.
const resumeEvery = time.Second

// resume takes up what did not fit into memory, and forgets what is old.
func (b *Bot) resume(ctx context.Context) {
	forgotten := time.Time{}
	for b.Clock.Wait(ctx, resumeEvery) == nil {
		if now := b.Clock.Now(); now.Sub(forgotten) > time.Hour {
			forgotten = now
			if err := b.state.forget(ctx, now, b.Retention); err != nil && ctx.Err() == nil {
				b.log.Error("what is old was not forgotten", "error", err)
			}
		}
		if b.overflow.Load() && b.lanes.depth() < b.Queue/2 {
			if err := b.takeUp(ctx); err != nil && ctx.Err() == nil {
				b.log.Error("what waits was not taken up", "error", err)
			}
		}
	}
}

// takeUp schedules what waits in the state: what an earlier run did not
// finish, and what did not fit into memory.
func (b *Bot) takeUp(ctx context.Context) error {
	b.overflow.Store(false)
	waiting, err := b.state.unfinished(ctx, b.Queue)
	if err != nil || len(waiting) == b.Queue {
		b.overflow.Store(true)
	}
	for _, d := range waiting {
		b.schedule(d, true)
	}
	return err
}
