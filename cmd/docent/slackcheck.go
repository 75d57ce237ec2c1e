package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"docent/bot"
)

func (a *app) slackCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Ask Slack whether tokens, scopes, connection and channels are as they should be",
		Long: `check asks Slack about the tokens of SLACK_BOT_TOKEN and SLACK_APP_TOKEN: whether
they are good, which scopes the app lacks and for what, whether Socket Mode
connects, and in which channels of docent.yaml the bot is missing.`,
		Example:           "  docent slack check",
		Args:              takes(0, 0, "no argument"),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			settings, err := a.settings()
			if err != nil {
				return err
			}
			said, err := a.checkSlack(c.Context(), settings)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.stdout, printable(said))
			return err
		},
	}
}

// checkSlackIfAny is for those who may not be in Slack at all.
func (a *app) checkSlackIfAny(ctx context.Context, c config) (string, error) {
	if a.getenv("SLACK_BOT_TOKEN") == "" {
		return "not set up, see docent slack", nil
	}
	return a.checkSlack(ctx, c)
}

// checkSlack says how the app is set up in Slack.
func (a *app) checkSlack(ctx context.Context, c config) (string, error) {
	e, err := bot.SelfCheck(ctx, bot.Options{
		BotToken: a.getenv("SLACK_BOT_TOKEN"), AppToken: a.getenv("SLACK_APP_TOKEN"), SigningSecret: a.getenv("SLACK_SIGNING_SECRET"),
		APIURL: a.getenv("SLACK_API_URL"), Access: c.access(), Log: a.log,
	})
	if err != nil {
		return "", err
	}
	said := []string{fmt.Sprintf("%s in %s", e.User, e.Team)}
	if e.Connected {
		said = append(said, "Socket Mode connects")
	}
	for _, s := range e.Missing() {
		said = append(said, fmt.Sprintf("lacks the scope %s, for %s", s.Name, s.For))
	}
	if len(e.Absent) > 0 {
		said = append(said, "not in "+strings.Join(e.Absent, ", ")+": /invite it there")
	}
	return strings.Join(said, "; "), nil
}
