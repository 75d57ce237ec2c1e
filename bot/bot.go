package bot

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"docent/bot/store"
)

// Bot is a bot at work. New makes one.
type Bot struct {
	opts      Options
	api       *slack.Client
	retry     *retrier
	directory *directory
	store     *store.Store
	queue     *keyedQueue
	sockets   sockets
	inflight  inflight
	metrics   *metrics
	log       *slog.Logger
	self      Identity

	// streamStarts and streamAppends keep all answers together below Slack's
	// bounds: 20 streams begun and ended a minute, 100 appends. Beyond them an
	// answer is posted when it is whole.
	streamStarts, streamAppends *rate.Limiter
	// scheduled are the deliveries in memory by ID.
	scheduled sync.Map
	// overflow is set while deliveries wait in the state alone.
	overflow atomic.Bool
	// serving is set once the bot knows who it is.
	serving atomic.Bool
	// fatal gets the first error that no waiting cures.
	fatal chan error
	// suspected is signalled when a call is refused as if the token was bad.
	suspected chan struct{}
}

// New makes a bot. Nothing is asked of Slack before Run.
func New(ctx context.Context, o Options) (*Bot, error) {
	b, err := newBot(o)
	if err != nil {
		return nil, err
	}
	if b.store, err = store.Open(ctx, o.State); err != nil {
		return nil, err
	}
	return b, nil
}

// newBot makes one without a state.
func newBot(o Options) (*Bot, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	b := &Bot{opts: o, log: o.Log, queue: newKeyedQueue(o.Queue), retry: &retrier{clock: o.Clock},
		streamStarts: rate.NewLimiter(rate.Limit(18.0/60), 18), streamAppends: rate.NewLimiter(rate.Limit(90.0/60), 30),
		fatal: make(chan error, 1), suspected: make(chan struct{}, 1)}
	b.metrics = newMetrics(b)
	b.sockets.bot = b
	api, err := b.client()
	if err != nil {
		return nil, err
	}
	b.api, b.directory = api, newDirectory(api, b.retry, o.Clock)
	return b, nil
}

// client is slack-go's, over a transport of ours.
func (b *Bot) client() (*slack.Client, error) {
	api, err := url.Parse(cmp.Or(b.opts.APIURL, slack.APIURL))
	if err != nil {
		return nil, fmt.Errorf("read the address of the Web API: %w", err)
	}
	t := &transport{base: http.DefaultTransport.(*http.Transport).Clone(), clock: b.opts.Clock, api: api.JoinPath("/"), callTime: b.opts.CallTime,
		failed: b.fail, suspected: b.suspectToken, metrics: b.metrics}
	return slack.New(b.opts.BotToken, slack.OptionHTTPClient(&http.Client{Transport: t}), slack.OptionAPIURL(t.api.String()),
		slack.OptionAppLevelToken(b.opts.AppToken), slack.OptionLog(discardLog{})), nil
}

// discardLog takes slack-go's words, which hold texts of messages.
type discardLog struct{}

func (discardLog) Output(int, string) error { return nil }

// Close releases the state. Run must have returned.
func (b *Bot) Close() error { return b.store.Close() }
