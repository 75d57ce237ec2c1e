package slacktest

// AllScopes returns the bot scopes that an answering bot can ask for.
func AllScopes() []string {
	return []string{
		"app_mentions:read", "assistant:write", "chat:write", "commands",
		"im:history", "im:write", "channels:history", "groups:history", "mpim:history",
		"channels:read", "groups:read", "im:read", "mpim:read", "users:read",
		"reactions:read", "reactions:write", "files:read", "files:write",
		"users:read.email", "usergroups:read", "channels:join",
	}
}

// AllEvents returns the events that an answering bot can subscribe to, by the
// names of an app manifest.
func AllEvents() []string {
	return []string{
		"app_mention", "message.im", "message.channels", "message.groups", "message.mpim",
		"app_home_opened", "app_context_changed", "agent_session_stopped", "agent_session_title_changed",
		"reaction_added", "reaction_removed", "file_shared", "file_change", "file_deleted",
		"member_joined_channel", "channel_shared", "channel_unshared", "user_change",
		"tokens_revoked", "app_uninstalled", "assistant_thread_started",
		"assistant_thread_context_changed",
	}
}
