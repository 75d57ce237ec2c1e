package bot

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"
)

// connections is the number of sockets at a time. slack-go closes a socket
// that Slack wants to replace before it has the next one; with two nothing is
// lost meanwhile.
const connections = 2

// sockets keeps the connections of Socket Mode.
type sockets struct {
	bot *Bot
	// live is the number of connections that Slack has greeted.
	live atomic.Int32
}

// run returns when the context ends or Slack refuses the tokens.
func (s *sockets) run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for range connections {
		g.Go(func() error { return s.connection(ctx) })
	}
	return g.Wait()
}

// connection is one socket with the pump that empties it, and one goroutine
// that writes its acknowledgements, so that neither waits for the other.
func (s *sockets) connection(ctx context.Context) error {
	client := socketmode.New(s.bot.api)
	acks := make(chan string, 1000)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var g sync.WaitGroup
	g.Go(func() { s.pump(ctx, client.Events, acks) })
	g.Go(func() { s.acknowledge(ctx, client, acks) })
	err := client.RunContext(ctx)
	cancel()
	g.Wait()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// ackTimeout bounds an acknowledgement: after three seconds Slack sends again.
const ackTimeout = 3 * time.Second

func (s *sockets) acknowledge(ctx context.Context, client *socketmode.Client, acks <-chan string) {
	for {
		select {
		case envelope := <-acks:
			late, cancel := context.WithTimeout(ctx, ackTimeout)
			if err := client.AckCtx(late, envelope, nil); err != nil {
				s.bot.metrics.problem("ack")
			}
			cancel()
		case <-ctx.Done():
			return
		}
	}
}

// pump takes what the socket brings; all that it does is bounded by the
// writing of a row.
func (s *sockets) pump(ctx context.Context, events <-chan socketmode.Event, acks chan<- string) {
	greeted := false
	live := func(now bool) {
		if now == greeted {
			return
		}
		greeted = now
		switch n := s.live.Add(map[bool]int32{true: 1, false: -1}[now]); {
		case now && n == 1:
			s.bot.log.Info("connected to Slack")
		case n == 0 && ctx.Err() == nil:
			s.bot.log.Warn("not connected to Slack, and trying to be")
		}
	}
	defer live(false)
	for {
		select {
		case e := <-events:
			switch e.Type {
			case socketmode.EventTypeHello:
				live(true)
				s.bot.metrics.connected()
			case socketmode.EventTypeConnecting, socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
				live(false)
			case socketmode.EventTypeErrorWriteFailed, socketmode.EventTypeIncomingError, socketmode.EventTypeErrorBadMessage:
				s.bot.metrics.problem(string(e.Type))
			}
			if envelope, ok := envelopeOf(e); ok {
				s.receive(ctx, envelope, acks)
			}
		case <-ctx.Done():
			return
		}
	}
}

// envelope is what Socket Mode wraps a delivery in.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// envelopeOf is that of an event, also where slack-go could not read what is
// in it: unless it is acknowledged it comes again and again.
func envelopeOf(e socketmode.Event) (envelope, bool) {
	if r := e.Request; r != nil {
		return envelope{ID: r.EnvelopeID, Type: r.Type, Payload: r.Payload}, r.EnvelopeID != ""
	}
	bad, ok := e.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return envelope{}, false
	}
	var v envelope
	err := json.Unmarshal(bad.Message, &v)
	return v, err == nil && v.ID != ""
}

// receive keeps the delivery and then acknowledges it, so that what Slack will
// not send again is safe. What could not be kept comes again.
func (s *sockets) receive(ctx context.Context, v envelope, acks chan<- string) {
	if d, ok := newDelivery(v.Type, v.Payload); ok {
		if err := s.bot.accept(ctx, d); err != nil {
			s.bot.log.Error("a delivery could not be kept", "error", err)
			return
		}
	}
	select {
	case acks <- v.ID:
	default:
		s.bot.metrics.problem("ack") // it comes again, and is known then
	}
}
