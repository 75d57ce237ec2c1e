package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"docent/bot/slacktest"
)

// run serves until ctx ends, and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("workspace", flag.ContinueOnError)
	flags.SetOutput(stderr)
	pageAddress := flags.String("page", "127.0.0.1:8055", "address of the web page")
	apiAddress := flags.String("api", "127.0.0.1:8056", "address of the Web API, for the bot")
	limits := flags.Bool("limits", false, "apply Slack's rate limits")
	events := flags.String("http", "", "deliver to this URL over signed HTTP instead of Socket Mode")
	verbose := flags.Bool("verbose", false, "log calls")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	options := slacktest.Options{Address: *apiAddress, RateLimits: *limits}
	if *verbose {
		options.Log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	if err := serve(ctx, *pageAddress, *events, options, stdout); err != nil {
		fmt.Fprintln(stderr, "workspace:", err) //nolint:errcheck // there is nobody left to tell
		return 1
	}
	return 0
}

func serve(ctx context.Context, address, events string, options slacktest.Options, stdout io.Writer) error {
	if err := free(ctx, options.Address); err != nil {
		return err
	}
	w := slacktest.New(options) //nolint:contextcheck // it lives until Close
	defer w.Close()
	if events != "" {
		w.UseHTTP(slacktest.Endpoints{Events: events})
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("serve the page: %w", err)
	}
	if _, err := fmt.Fprintf(stdout, "page: http://%s/\n\nSLACK_API_URL=%s \\\nSLACK_BOT_TOKEN=%s \\\nSLACK_APP_TOKEN=%s \\\nSLACK_SIGNING_SECRET=%s \\\ndocent serve\n",
		listener.Addr(), w.URL(), w.BotToken(), w.AppToken(), w.SigningSecret()); err != nil {
		return err
	}
	return hold(ctx, listener, newPage(populate(w)))
}

// free says whether an address can be listened on, before the workspace, which
// takes it for granted, does.
func free(ctx context.Context, address string) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("serve the Web API: %w", err)
	}
	return listener.Close()
}

// hold serves until ctx ends.
func hold(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	err := server.Close()
	if ending := <-ended; !errors.Is(ending, http.ErrServerClosed) {
		err = errors.Join(err, ending)
	}
	return err
}
