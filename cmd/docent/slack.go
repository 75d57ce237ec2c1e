package main

import (
	"io"

	"github.com/spf13/cobra"

	"docent/bot"
)

func (a *app) slackCommand() *cobra.Command {
	return group("slack", "Set docent up in Slack", "  docent slack manifest\n  docent slack manifest --http https://docent.example.com/slack",
		a.slackManifestCommand(), a.slackCheckCommand())
}

func (a *app) slackManifestCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "manifest",
		Short: "Print the manifest of the Slack app",
		Long: `manifest prints what Slack makes the app from, with every scope and event that
docent uses: at https://api.slack.com/apps choose Create New App, From a
manifest, and paste it. Without --http the app uses Socket Mode, and nothing
has to be reachable from outside.`,
		Example: "  docent slack manifest\n  docent slack manifest --http https://docent.example.com/slack",
		Args:    takes(0, 0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			text, err := bot.Manifest(address)
			if err != nil {
				return usage(c, err)
			}
			_, err = io.WriteString(a.stdout, text)
			return err
		},
	}
	c.Flags().StringVar(&address, "http", "", "the `URL` at which Slack reaches docent serve --http; it ends in /slack")
	c.ValidArgsFunction = cobra.NoFileCompletions
	return c
}
