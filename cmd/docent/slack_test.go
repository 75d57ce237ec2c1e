package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"docent/bot"
	"docent/bot/slacktest"
)

// TestSlackManifest reads what Slack makes the app from.
func TestSlackManifest(t *testing.T) {
	for name, args := range map[string][]string{"Socket Mode": nil, "HTTP": {"--http", "https://docent.example.com/slack"}} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			if code := run(t.Context(), append([]string{"slack", "manifest"}, args...), noEnv, nil, &out, &errs); code != 0 {
				t.Fatalf("exit code %d: %s", code, errs.String())
			}
			var m struct {
				Features struct {
					Shortcuts     []struct{ Name string }
					SlashCommands []struct{ Command, URL string } `yaml:"slash_commands"`
				}
				OAuth struct {
					Scopes struct{ Bot []string }
				} `yaml:"oauth_config"`
				Settings struct {
					Events struct {
						URL string   `yaml:"request_url"`
						Bot []string `yaml:"bot_events"`
					} `yaml:"event_subscriptions"`
					SocketMode bool `yaml:"socket_mode_enabled"`
				}
			}
			if err := yaml.Unmarshal(out.Bytes(), &m); err != nil {
				t.Fatal(err)
			}
			http := len(args) > 0
			if m.Settings.SocketMode == http || (m.Settings.Events.URL != "") != http || (m.Features.SlashCommands[0].URL != "") != http {
				t.Errorf("it is for another mode: %+v", m)
			}
			for _, s := range bot.Scopes() {
				if !slices.Contains(m.OAuth.Scopes.Bot, s.Name) {
					t.Errorf("it lacks the scope %s", s.Name)
				}
			}
			if len(m.Settings.Events.Bot) != 12 {
				t.Errorf("%d events", len(m.Settings.Events.Bot))
			}
			for _, s := range m.Features.Shortcuts {
				if len(s.Name) > 24 {
					t.Errorf("Slack takes no shortcut name of %d letters: %s", len(s.Name), s.Name)
				}
			}
		})
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"slack", "manifest", "--http", "http://plain.example.com"}, noEnv, nil, &out, &out); code != 2 {
		t.Errorf("exit code %d for an address without TLS: %s", code, out.String())
	}
}

// TestSlackCheck tells what is missing.
func TestSlackCheck(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "spaces: {board: {channels: [$BOARD, $GENERAL]}}\n", slacktest.Options{})
	d.Leave(d.board, d.BotUserID())
	d.SetScopes(slices.DeleteFunc(slacktest.AllScopes(), func(s string) bool { return s == "files:read" })...)
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"slack", "check", "--config", filepath.Join(d.dir, "docent.yaml")}, d.env, nil, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	for _, want := range []string{"Socket Mode connects", "lacks the scope files:read, for adding documents", "not in " + d.board + ":"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
}
