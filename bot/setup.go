package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// SetupError is a mistake in how the app is set up in Slack or its tokens are
// given, which no waiting cures.
type SetupError struct {
	Problem error
	// Cure says what to do.
	Cure string
}

func (e *SetupError) Error() string { return e.Problem.Error() }

func (e *SetupError) Unwrap() error { return e.Problem }

// Cures of tokens.
const (
	setBotToken = "set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) of your app's page OAuth & Permissions"                   //nolint:gosec // no token
	setAppToken = "set SLACK_APP_TOKEN to an app-level token (xapp-…) with connections:write, from your app's page Basic Information" //nolint:gosec // no token
)

// tokenError makes a SetupError of Slack's codes that waiting does not cure, and
// nil of all others. method is that of the Web API.
func tokenError(method, code, needed string) error {
	token, where := "bot token", setBotToken
	if method == openMethod {
		token, where = "app-level token", setAppToken //nolint:gosec // no token
	}
	problem := fmt.Errorf("Slack refuses the %s: %s", token, code) //nolint:staticcheck // a name
	switch code {
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "not_allowed_token_type":
		return &SetupError{Problem: problem, Cure: where}
	case "account_inactive", "user_removed_from_team", "team_disabled", "app_uninstalled", "org_login_required", "access_denied":
		return &SetupError{Problem: problem, Cure: "install the app to the workspace again, and " + where}
	case "missing_scope":
		if method != openMethod {
			return nil // one feature lacks it; what all need is asked for at the start
		}
		return &SetupError{Problem: fmt.Errorf("%w (needed: %s)", problem, needed), Cure: where}
	}
	return nil
}

// Scope is a permission of the bot token with what it is for.
type Scope struct {
	Name, For string
	// Required scopes are missed by everybody, others by a feature.
	Required bool
}

// Scopes are those that the bot makes use of.
func Scopes() []Scope {
	return []Scope{
		{"app_mentions:read", "questions in channels", true},
		{"chat:write", "answers", true},
		{"im:history", "direct messages", true},
		{"users:read", "telling members from guests and strangers", true},
		{"channels:read", "telling which channels are shared", true},
		{"groups:read", "the same in private channels", true},
		{"im:read", "the same in direct messages", true},
		{"mpim:read", "the same in group messages", true},
		{"channels:history", "follow-ups in threads, and looking for an answer that may be out", false},
		{"groups:history", "the same in private channels", false},
		{"mpim:history", "the same in group messages", false},
		{"im:write", "writing first in a direct message", false},
		{"commands", "/ask and the shortcuts", false},
		{"assistant:write", "suggested prompts", false},
		{"files:read", "adding documents from Slack", false},
		{"usergroups:read", "spaces for user groups", false},
	}
}

// Identity is whom the bot token makes the bot.
type Identity struct {
	TeamID, Team, EnterpriseID string
	UserID, User, BotID        string
	// Granted are the token's scopes, nil where Slack does not say.
	Granted []string
}

// Missing are the scopes that the identity lacks.
func (i Identity) Missing() []Scope {
	if i.Granted == nil {
		return nil
	}
	return slices.DeleteFunc(Scopes(), func(s Scope) bool { return slices.Contains(i.Granted, s.Name) })
}

// checkScopes fails where nothing at all would work.
func (i Identity) checkScopes() error {
	var names []string
	for _, s := range i.Missing() {
		if s.Required {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return &SetupError{Problem: fmt.Errorf("the app lacks the scopes %s", strings.Join(names, ", ")),
		Cure: "add them on your app's page OAuth & Permissions (docent slack manifest has all), and install the app to the workspace again"}
}

func identify(ctx context.Context, api *slack.Client) (Identity, error) {
	r, err := api.AuthTestContext(ctx)
	if err != nil {
		return Identity{}, err
	}
	if r.UserID == "" || r.TeamID == "" {
		return Identity{}, errors.New("auth.test does not say who the bot is")
	}
	i := Identity{TeamID: r.TeamID, Team: r.Team, EnterpriseID: r.EnterpriseID, UserID: r.UserID, User: r.User, BotID: r.BotID}
	if header := r.Header.Get("X-OAuth-Scopes"); header != "" {
		i.Granted = strings.FieldsFunc(header, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return i, nil
}
