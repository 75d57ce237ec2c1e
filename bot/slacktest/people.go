package slacktest

import (
	"slices"
	"strings"
)

// User is a person or a bot. Only Name is needed.
type User struct {
	ID       string // made by AddUser
	Name     string // handle
	RealName string // empty is Name
	Email    string // empty is name@example.com
	Locale   string // empty is "en-US"
	TZ       string // empty is "Europe/Paris"
	Team     string // empty is TeamID; another is a foreign workspace

	Guest              bool // multi-channel guest
	SingleChannelGuest bool
	Stranger           bool // of a foreign workspace, met in a shared channel
	Bot                bool
	Deleted            bool
	Admin              bool
}

// UserGroup is a named set of users, with a handle.
type UserGroup struct {
	ID      string // made by AddUserGroup
	Handle  string
	Name    string
	Members []string
}

// Channel is a conversation with a name.
type Channel struct {
	ID      string // made by AddChannel
	Name    string
	Members []string // user IDs; the bot is a member when it is among them
	Private bool
	MPIM    bool // group direct message
	// Shared names the foreign workspaces of a Slack Connect channel.
	Shared   []string
	Archived bool
	ReadOnly bool // only admins may post
	General  bool
	Topic    string
}

// conversation is a channel with its messages.
type conversation struct {
	Channel
	im       string // the person, in a direct message with the bot
	messages []*Message
	byTS     map[string]*Message
	below    map[string][]*Message // replies by root, ephemeral ones too
}

func newConversation(c Channel) *conversation {
	return &conversation{Channel: c, byTS: make(map[string]*Message), below: make(map[string][]*Message)}
}

// AddUser brings a user in and returns the ID.
func (w *Workspace) AddUser(u User) string {
	w.change(func() {
		u.ID = w.nextID("U")
		u.RealName = orDefault(u.RealName, u.Name)
		u.Email = orDefault(u.Email, strings.ToLower(u.Name)+"@example.com")
		u.Locale = orDefault(u.Locale, "en-US")
		u.TZ = orDefault(u.TZ, "Europe/Paris")
		u.Team = orDefault(u.Team, TeamID)
		w.users[u.ID] = &u
	})
	return u.ID
}

// ChangeUser changes a user and tells the app with user_change.
func (w *Workspace) ChangeUser(id string, change func(*User)) {
	w.change(func() {
		u := w.user(id)
		change(u)
		w.emit("user_change", "", object{"type": "user_change", "user": u.wire(), "event_ts": w.nextTS()})
	})
}

// AddUserGroup brings a user group in and returns the ID.
func (w *Workspace) AddUserGroup(g UserGroup) string {
	w.change(func() {
		g.ID = w.nextID("S")
		g.Name = orDefault(g.Name, g.Handle)
		w.groups[g.ID] = &g
	})
	return g.ID
}

// AddChannel makes a channel and returns the ID.
func (w *Workspace) AddChannel(c Channel) string {
	w.change(func() {
		prefix := "C"
		if c.MPIM {
			prefix = "G"
		}
		c.ID = w.nextID(prefix)
		c.Members = slices.Clone(c.Members)
		w.channels[c.ID] = newConversation(c)
	})
	return c.ID
}

// ChangeChannel changes a channel: shares it, archives it, renames it.
func (w *Workspace) ChangeChannel(id string, change func(*Channel)) {
	w.change(func() {
		c := w.channel(id)
		shared := len(c.Shared) > 0
		change(&c.Channel)
		if now := len(c.Shared) > 0; now != shared {
			kind := map[bool]string{true: "channel_shared", false: "channel_unshared"}[now]
			w.emit(kind, id, object{"type": kind, "channel": id, "connected_team_id": strings.Join(c.Shared, ","), "event_ts": w.nextTS()})
		}
	})
}

// Join makes a user, or the bot, a member of a channel.
func (w *Workspace) Join(channel, user string) {
	w.change(func() { w.join(w.channel(channel), user) })
}

func (w *Workspace) join(c *conversation, user string) {
	if slices.Contains(c.Members, user) {
		return
	}
	c.Members = append(c.Members, user)
	w.emit("member_joined_channel", c.ID, object{
		"type": "member_joined_channel", "user": user, "channel": c.ID, "channel_type": c.typeLetter(),
		"team": w.user(user).Team, "event_ts": w.nextTS(),
	})
}

// Leave takes a user, or the bot, out of a channel.
func (w *Workspace) Leave(channel, user string) {
	w.change(func() {
		c := w.channel(channel)
		c.Members = slices.DeleteFunc(c.Members, func(m string) bool { return m == user })
	})
}

// DM returns the channel of the user's direct messages with the bot.
func (w *Workspace) DM(user string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dm(user).ID
}

func (w *Workspace) dm(user string) *conversation {
	w.user(user)
	for _, c := range w.channels {
		if c.im == user {
			return c
		}
	}
	c := newConversation(Channel{ID: w.nextID("D"), Members: []string{user, botUID}, Private: true})
	c.im = user
	w.channels[c.ID] = c
	return c
}

// user returns a user that a test names; one that is not there is the test's
// mistake.
func (w *Workspace) user(id string) *User {
	u := w.users[id]
	if u == nil {
		panic("slacktest: no user " + id)
	}
	return u
}

func (w *Workspace) channel(id string) *conversation {
	c := w.channels[id]
	if c == nil {
		panic("slacktest: no channel " + id)
	}
	return c
}

func (c *conversation) has(user string) bool { return slices.Contains(c.Members, user) }

// kind is the channel_type of events.
func (c *conversation) kind() string {
	switch {
	case c.im != "":
		return "im"
	case c.MPIM:
		return "mpim"
	case c.Private:
		return "group"
	}
	return "channel"
}

// typeLetter is the channel_type of member_joined_channel.
func (c *conversation) typeLetter() string {
	if c.kind() == "channel" {
		return "C"
	}
	return "G"
}

// scope is the prefix of the scopes that open the conversation.
func (c *conversation) scope() string {
	return map[string]string{"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}[c.kind()]
}

func (u *User) wire() object {
	return object{
		"id": u.ID, "team_id": u.Team, "name": u.Name, "deleted": u.Deleted, "real_name": u.RealName,
		"tz": u.TZ, "locale": u.Locale, "is_admin": u.Admin, "is_owner": false, "is_bot": u.Bot,
		"is_restricted": u.Guest || u.SingleChannelGuest, "is_ultra_restricted": u.SingleChannelGuest,
		"is_stranger": u.Stranger, "is_app_user": false, "updated": 1700000000,
		"profile": object{
			"real_name": u.RealName, "display_name": u.Name, "email": u.Email, "team": u.Team,
		},
	}
}

func (c *conversation) wire() object {
	o := object{
		"id": c.ID, "created": 1700000000, "is_archived": c.Archived, "is_im": c.im != "",
		"is_mpim": c.MPIM, "is_private": c.Private || c.MPIM, "is_channel": c.kind() == "channel",
		"is_group": c.kind() == "group", "is_shared": len(c.Shared) > 0, "is_ext_shared": len(c.Shared) > 0,
		"is_org_shared": false, "is_pending_ext_shared": false, "context_team_id": TeamID,
		"is_read_only": c.ReadOnly,
	}
	if c.im != "" {
		o["user"], o["is_user_deleted"] = c.im, false
		return o
	}
	o["name"], o["name_normalized"] = c.Name, c.Name
	o["is_member"], o["is_general"], o["num_members"] = c.has(botUID), c.General, len(c.Members)
	o["topic"] = object{"value": c.Topic}
	o["connected_team_ids"] = slices.Clone(c.Shared)
	return o
}
