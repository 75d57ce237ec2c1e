package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"docent/bot"
)

// access is who may see what in Slack, and ask for what.
func (c config) access() bot.Access {
	a := bot.Access{Spaces: make(map[string]bot.Audience), External: c.Slack.External, Guests: c.Slack.Guests,
		Bots: c.Slack.Bots, Admins: c.Slack.Admins, AddTo: c.Slack.Add}
	for name, s := range c.Spaces {
		a.Spaces[name] = bot.Audience{Everyone: s.Everyone, Channels: s.Channels, Users: s.Users, Groups: s.Groups}
	}
	return a
}

// besideLibrary is a path beside the library, or the configured one.
func besideLibrary(library, configured, suffix string) string {
	if configured != "" {
		return configured
	}
	return strings.TrimSuffix(library, filepath.Ext(library)) + suffix
}

func (a *app) newBot(ctx context.Context, f serveFlags, s *session, docs *slackDocuments) (*bot.Bot, error) {
	slack := s.config.Slack
	answers, err := a.answerer(s, queryFlags{})
	if err != nil {
		return nil, err
	}
	options := bot.Options{
		BotToken: a.getenv("SLACK_BOT_TOKEN"), APIURL: a.getenv("SLACK_API_URL"),
		Answerer: answers, Library: s, Operations: docs, Metrics: &docs.metrics,
		MaxUpload: int64(slack.File), Access: s.config.access(),
		State: besideLibrary(s.Path(), slack.State, "-slack.db"), Retention: slack.Keep, Log: a.log,
	}
	if f.http == "" {
		options.AppToken = a.getenv("SLACK_APP_TOKEN")
	} else {
		options.SigningSecret = a.getenv("SLACK_SIGNING_SECRET")
		if options.SigningSecret == "" {
			return nil, &hinted{err: errors.New("there is no signing secret"), hint: "set SLACK_SIGNING_SECRET to that of your app's page Basic Information"}
		}
	}
	if slack.Adding == nil || *slack.Adding {
		docs.folder = besideLibrary(s.Path(), slack.Folder, "-slack-files")
		options.Documents = docs
	}
	return bot.New(ctx, options)
}
