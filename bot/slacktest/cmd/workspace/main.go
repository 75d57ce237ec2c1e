// Command workspace serves a Slack workspace that exists in memory only, with a
// web page that looks like a channel: one types, clicks and fills in, as the
// people of a team would, and a bot on this machine answers.
//
//	go run ./bot/slacktest/cmd/workspace
//
// It prints the address of the page, and the environment with which docent
// serve finds it.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
