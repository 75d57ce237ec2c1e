package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/net/netutil"
	"golang.org/x/sync/errgroup"

	"docent/bot"
	"docent/ingest"
	"docent/rag"
	"docent/rag/library"
)

type serveFlags struct {
	space, http, status string
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve [PATH...]",
		Short: "Answer in Slack",
		Long: `serve answers in Slack: mentions in channels, direct messages, /ask, and more,
each with the words that say so. With PATHs it follows them as ingest --watch
does; without, it leaves that to another process, and sees what that one does.

The app is made from docent slack manifest. SLACK_BOT_TOKEN is its bot token and
SLACK_APP_TOKEN its app-level token, for Socket Mode. With --http, Slack reaches
docent instead, and SLACK_SIGNING_SECRET tells its requests from others.

/healthz, /readyz and /metrics (Prometheus) are answered at --status. SIGHUP has
docent.yaml read again. Of the variables, NAME_FILE names a file with the secret.`,
		Example: `  docent serve ~/handbook
  docent serve
  docent serve --http :3000`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.serve(c.Context(), f, args) },
	}
	c.Flags().StringVar(&f.space, "space", "", "put the documents of the PATHs into this `space` (default "+rag.Everyone+")")
	c.Flags().StringVar(&f.http, "http", "", "take what Slack sends at this `address`, below /slack, rather than by Socket Mode")
	c.Flags().StringVar(&f.status, "status", "127.0.0.1:9464", "the `address` of /healthz, /readyz and /metrics, or off")
	a.readFlags(c)
	return c
}

// serve answers until the context ends. SIGHUP has it begin anew with the
// configuration of that time: what is on its way is done first, and what comes
// meanwhile waits in Slack or in the state.
func (a *app) serve(ctx context.Context, f serveFlags, paths []string) error {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	for {
		c, err := a.settings()
		if err != nil {
			return err
		}
		a.log = a.logger(c.Log, slog.LevelInfo)
		served, end := context.WithCancelCause(ctx)
		g, served := errgroup.WithContext(served)
		g.Go(func() error {
			a.awaitReload(served, hangups, end)
			return nil
		})
		g.Go(func() error {
			defer end(nil)
			return a.serveUntil(served, f, paths)
		})
		if err := g.Wait(); err != nil || !errors.Is(context.Cause(served), errReload) {
			return err
		}
	}
}

// errReload is why a context ends that is followed by another.
var errReload = errors.New("the configuration is read again")

// awaitReload ends the serving at a SIGHUP, unless the configuration is wrong: then
// that is told, and what is served goes on.
func (a *app) awaitReload(ctx context.Context, hangups <-chan os.Signal, end context.CancelCauseFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
		}
		if _, err := a.settings(); err != nil {
			a.log.Error("the configuration is left as it was", "error", err, "hint", hint(err))
			continue
		}
		a.log.Info("reload")
		end(errReload)
		return
	}
}

func (a *app) serveUntil(ctx context.Context, f serveFlags, paths []string) (err error) {
	s, err := a.withFormats(a.open(ctx, library.Options{Create: len(paths) > 0}))
	if err != nil {
		return err
	}
	defer closeSession(s, &err)
	if err := staysInSpace(ctx, s, paths, f.space); err != nil {
		return err
	}
	docs := &slackDocuments{app: a, library: s, paths: paths, space: f.space}
	docs.metrics.app, docs.metrics.documents, docs.metrics.serving = a, docs, ctx
	b, err := a.newBot(ctx, f, s, docs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if err := s.Load(ctx); err != nil {
		return err
	}
	return a.keepServing(ctx, f, b, docs)
}

// keepServing runs the bot with all that goes on beside it. The first that
// fails ends the others. Addresses are taken before anything is answered, so
// that one in use ends the program at its start.
func (a *app) keepServing(ctx context.Context, f serveFlags, b *bot.Bot, docs *slackDocuments) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g, ctx := errgroup.WithContext(ctx)
	serve := func(what, flag, address string, h http.Handler) error {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err != nil {
			return &hinted{err: fmt.Errorf("listen for %s: %w", what, err), hint: "another docent may be running; give another address with --" + flag}
		}
		a.log.Info("listening", "for", what, "address", l.Addr().String())
		g.Go(func() error { return serveHTTP(ctx, what, l, h) })
		return nil
	}
	var err error
	if f.status != "off" {
		err = serve("probes", "status", f.status, b.Probes())
	}
	if f.http != "" && err == nil {
		mux := http.NewServeMux()
		mux.Handle("/slack", b.Handler())
		mux.Handle("/slack/", b.Handler())
		err = serve("requests of Slack", "http", f.http, mux)
	}
	if err != nil {
		stop()
		return errors.Join(err, g.Wait())
	}
	g.Go(func() error {
		defer stop()
		return b.Run(ctx)
	})
	if len(docs.paths) > 0 {
		g.Go(func() error { return docs.watch(ctx) })
	}
	a.notifyReady(ctx)
	return g.Wait()
}

// notifyReady tells a service manager that waits for it that docent answers, as
// sd_notify(3) does.
func (a *app) notifyReady(ctx context.Context) {
	address := a.getenv("NOTIFY_SOCKET")
	if address == "" {
		return
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "unixgram", address)
	if err == nil {
		_, err = io.WriteString(conn, "READY=1")
		err = errors.Join(err, conn.Close())
	}
	if err != nil {
		a.log.Warn("the service manager was not told", "error", err)
	}
}

// mostConnections are open at once, others wait; mostRequest is how long a request may
// take to come in, half of it for its headers.
const (
	mostConnections = 1024
	mostRequest     = 10 * time.Second
)

// serveHTTP serves until the context ends.
func serveHTTP(ctx context.Context, what string, l net.Listener, h http.Handler) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: mostRequest / 2, ReadTimeout: mostRequest, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10}
	ended := context.AfterFunc(ctx, func() {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = s.Shutdown(late) // what is not done by then is cut
	})
	defer ended()
	if err := s.Serve(netutil.LimitListener(l, mostConnections)); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", what, err)
	}
	return nil
}

// watch follows the paths, and logs what came of it.
func (d *slackDocuments) watch(ctx context.Context) error {
	in := d.app.ingester(d.library, ingestFlags{space: d.space}, nil)
	err := in.Watch(ctx, func(r ingest.Report) {
		d.metrics.failures.Add(int64(len(r.Failed)))
		d.app.log.Info("documents", "added", r.Added, "changed", r.Changed, "removed", r.Removed, "failed", len(r.Failed))
		for _, h := range r.Held {
			d.app.log.Warn("documents are held", "path", h.URI, "reason", heldBack(h), "hint", heldHint)
		}
		for _, failure := range r.Failed {
			d.app.log.Warn("a document failed", "uri", failure.URI, "reason", reason(failure))
		}
	}, d.paths...)
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	return nil
}
