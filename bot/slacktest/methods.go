package slacktest

// The tiers of Slack's rate limits, in calls a minute for a method, an app and a
// workspace.
const (
	tier2   = 20
	tier3   = 50
	tier4   = 100
	special = 300
)

// method is one of the Web API.
type method struct {
	scope  string // needed of the bot token; empty is none
	perMin int    // its tier
	app    bool   // called with the app token
	run    func(*Workspace, Call) (object, error)
}

// methods are the ones that docent calls.
var methods = map[string]method{
	"auth.test":             {perMin: special, run: (*Workspace).authTest},
	"apps.connections.open": {perMin: tier3, app: true, run: (*Workspace).openConnection},

	"chat.postMessage":   {perMin: special, scope: "chat:write", run: (*Workspace).postMessage},
	"chat.update":        {perMin: tier3, scope: "chat:write", run: (*Workspace).updateMessage},
	"chat.delete":        {perMin: tier3, scope: "chat:write", run: (*Workspace).deleteMessage},
	"chat.postEphemeral": {perMin: tier4, scope: "chat:write", run: (*Workspace).postEphemeral},
	"chat.startStream":   {perMin: tier2, scope: "chat:write", run: (*Workspace).startStream},
	"chat.appendStream":  {perMin: tier4, scope: "chat:write", run: (*Workspace).appendStream},
	"chat.stopStream":    {perMin: tier2, scope: "chat:write", run: (*Workspace).stopStream},

	"conversations.info":    {perMin: tier3, run: (*Workspace).conversationInfo},
	"conversations.members": {perMin: tier4, run: (*Workspace).conversationMembers},
	"conversations.replies": {perMin: tier3, run: (*Workspace).conversationReplies},
	"conversations.history": {perMin: tier3, run: (*Workspace).conversationHistory},

	"users.info":            {perMin: tier4, scope: "users:read", run: (*Workspace).userInfo},
	"usergroups.users.list": {perMin: tier2, scope: "usergroups:read", run: (*Workspace).groupUsers},

	"views.open":    {perMin: tier4, run: (*Workspace).openView},
	"views.publish": {perMin: tier4, run: (*Workspace).publishView},
	"files.info":    {perMin: tier4, scope: "files:read", run: (*Workspace).fileInfo},

	"assistant.threads.setSuggestedPrompts": {perMin: tier4, scope: "assistant:write", run: (*Workspace).suggestPrompts},
	"agents.sessions.setStatus":             {perMin: tier3, scope: "chat:write", run: (*Workspace).setSessionStatus},
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
