package slacktest

// The tiers of Slack's rate limits, in calls a minute for a method, an app and a
// workspace.
const (
	tier2   = 20
	tier3   = 50
	tier4   = 100
	special = 300
)

// methods are the ones that the workspace knows.
var methods = map[string]method{
	"auth.test":             {perMin: special, run: (*Workspace).authTest},
	"apps.connections.open": {perMin: tier3, app: true, run: (*Workspace).openConnection},
	"team.info":             {perMin: tier3, run: (*Workspace).teamInfo},
	"bots.info":             {perMin: tier3, scope: "users:read", run: (*Workspace).botInfo},

	"chat.postMessage":   {perMin: special, scope: "chat:write", run: (*Workspace).postMessage},
	"chat.update":        {perMin: tier3, scope: "chat:write", run: (*Workspace).updateMessage},
	"chat.delete":        {perMin: tier3, scope: "chat:write", run: (*Workspace).deleteMessage},
	"chat.postEphemeral": {perMin: tier4, scope: "chat:write", run: (*Workspace).postEphemeral},
	"chat.getPermalink":  {perMin: special, run: (*Workspace).getPermalink},
	"chat.startStream":   {perMin: tier2, scope: "chat:write", run: (*Workspace).startStream},
	"chat.appendStream":  {perMin: tier4, scope: "chat:write", run: (*Workspace).appendStream},
	"chat.stopStream":    {perMin: tier2, scope: "chat:write", run: (*Workspace).stopStream},

	"conversations.info":    {perMin: tier3, run: (*Workspace).conversationInfo},
	"conversations.list":    {perMin: tier2, run: (*Workspace).conversationList},
	"conversations.members": {perMin: tier4, run: (*Workspace).conversationMembers},
	"conversations.replies": {perMin: tier3, run: (*Workspace).conversationReplies},
	"conversations.history": {perMin: tier3, run: (*Workspace).conversationHistory},
	"conversations.open":    {perMin: tier3, scope: "im:write", run: (*Workspace).conversationOpen},
	"conversations.join":    {perMin: tier3, scope: "channels:join", run: (*Workspace).conversationJoin},

	"users.info":            {perMin: tier4, scope: "users:read", run: (*Workspace).userInfo},
	"users.list":            {perMin: tier2, scope: "users:read", run: (*Workspace).userList},
	"users.lookupByEmail":   {perMin: tier3, scope: "users:read.email", run: (*Workspace).userByEmail},
	"users.conversations":   {perMin: tier3, run: (*Workspace).userConversations},
	"usergroups.list":       {perMin: tier2, scope: "usergroups:read", run: (*Workspace).groupList},
	"usergroups.users.list": {perMin: tier2, scope: "usergroups:read", run: (*Workspace).groupUsers},

	"views.open":    {perMin: tier4, run: (*Workspace).openView},
	"views.push":    {perMin: tier4, run: (*Workspace).pushView},
	"views.update":  {perMin: tier4, run: (*Workspace).updateView},
	"views.publish": {perMin: tier4, run: (*Workspace).publishView},

	"files.info":                   {perMin: tier4, scope: "files:read", run: (*Workspace).fileInfo},
	"files.getUploadURLExternal":   {perMin: tier4, scope: "files:write", run: (*Workspace).uploadURL},
	"files.completeUploadExternal": {perMin: tier4, scope: "files:write", run: (*Workspace).completeUpload},

	"reactions.add":    {perMin: tier3, scope: "reactions:write", run: (*Workspace).addReaction},
	"reactions.remove": {perMin: tier2, scope: "reactions:write", run: (*Workspace).removeReaction},

	"assistant.threads.setStatus":           {perMin: special, scope: "chat:write", run: (*Workspace).threadStatus},
	"assistant.threads.setTitle":            {perMin: tier4, scope: "assistant:write", run: (*Workspace).threadTitle},
	"assistant.threads.setSuggestedPrompts": {perMin: tier4, scope: "assistant:write", run: (*Workspace).suggestPrompts},
	"agents.sessions.setStatus":             {perMin: tier3, scope: "chat:write", run: (*Workspace).sessionStatus},
	"agents.sessions.rename":                {perMin: tier3, scope: "chat:write", run: (*Workspace).renameSession},
}

func (w *Workspace) authTest(Call) (object, error) {
	return object{
		"url": "https://" + domain + ".slack.com/", "team": domain, "user": w.users[botUID].Name,
		"team_id": TeamID, "user_id": botUID, "bot_id": botID, "is_enterprise_install": false,
	}, nil
}

func (w *Workspace) openConnection(c Call) (object, error) {
	ticket := w.nextID("ticket-")
	w.sockets.tickets[ticket] = true
	return object{"url": "ws" + w.server.URL[len("http"):] + "/link/?ticket=" + ticket + "&app_id=" + AppID}, nil
}

func (w *Workspace) teamInfo(Call) (object, error) {
	return object{"team": object{"id": TeamID, "name": domain, "domain": domain}}, nil
}

func (w *Workspace) botInfo(Call) (object, error) {
	return object{"bot": object{"id": botID, "app_id": AppID, "user_id": botUID, "name": "docent", "deleted": false}}, nil
}
