package slacktest

// method is one of the Web API.
type method struct {
	scope string // needed of the bot token; empty is none
	app   bool   // called with the app token
	run   func(*Workspace, Call) (object, error)
}

// methods are the ones that docent calls.
var methods = map[string]method{
	"auth.test":             {run: (*Workspace).authTest},
	"apps.connections.open": {app: true, run: (*Workspace).openConnection},

	"chat.postMessage":   {scope: "chat:write", run: (*Workspace).postMessage},
	"chat.update":        {scope: "chat:write", run: (*Workspace).updateMessage},
	"chat.delete":        {scope: "chat:write", run: (*Workspace).deleteMessage},
	"chat.postEphemeral": {scope: "chat:write", run: (*Workspace).postEphemeral},
	"chat.startStream":   {scope: "chat:write", run: (*Workspace).startStream},
	"chat.appendStream":  {scope: "chat:write", run: (*Workspace).appendStream},
	"chat.stopStream":    {scope: "chat:write", run: (*Workspace).stopStream},

	"conversations.info":    {run: reading("read", (*Workspace).conversationInfo)},
	"conversations.members": {run: reading("read", (*Workspace).conversationMembers)},
	"conversations.replies": {run: reading("history", (*Workspace).conversationReplies)},
	"conversations.history": {run: reading("history", (*Workspace).conversationHistory)},

	"users.info":            {scope: "users:read", run: (*Workspace).userInfo},
	"usergroups.users.list": {scope: "usergroups:read", run: (*Workspace).groupUsers},

	"views.open":    {run: (*Workspace).openView},
	"views.publish": {run: (*Workspace).publishView},
	"files.info":    {scope: "files:read", run: (*Workspace).fileInfo},

	"assistant.threads.setSuggestedPrompts": {scope: "assistant:write", run: (*Workspace).suggestPrompts},
	"agents.sessions.setStatus":             {scope: "chat:write", run: (*Workspace).setSessionStatus},
}

func (w *Workspace) authTest(Call) (object, error) {
	return object{
		"url": "https://" + domain + ".slack.com/", "team": domain, "user": w.users[botUID].Name,
		"team_id": TeamID, "user_id": botUID, "bot_id": botID, "is_enterprise_install": false,
	}, nil
}

func (w *Workspace) openConnection(Call) (object, error) {
	ticket := w.nextID("ticket-")
	w.sockets.tickets[ticket] = true
	return object{"url": "ws" + w.server.URL[len("http"):] + "/link/?ticket=" + ticket + "&app_id=" + AppID}, nil
}
