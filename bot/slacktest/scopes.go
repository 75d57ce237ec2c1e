package slacktest

// AllScopes returns the bot scopes that docent can make use of.
func AllScopes() []string {
	return []string{
		"app_mentions:read", "assistant:write", "chat:write", "commands",
		"im:history", "im:write", "channels:history", "groups:history", "mpim:history",
		"channels:read", "groups:read", "im:read", "mpim:read", "users:read", "files:read", "usergroups:read",
	}
}
