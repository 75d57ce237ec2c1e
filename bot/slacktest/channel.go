package slacktest

import (
	"slices"
	"strings"
)

// Channel is a conversation with a name.
type Channel struct {
	ID      string // made by AddChannel
	Name    string
	Members []string // user IDs; the bot is a member when it is among them
	Private bool
	MPIM    bool // group direct message
	// Shared names the foreign workspaces of a Slack Connect channel.
	Shared []string
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

// AddChannel makes a channel and returns the ID.
func (w *Workspace) AddChannel(c Channel) string {
	w.change(func() {
		c.ID = w.nextID("C")
		c.Members = slices.Clone(c.Members)
		w.channels[c.ID] = newConversation(c)
	})
	return c.ID
}

// ShareChannel makes a channel one of Slack Connect, with foreign workspaces, or
// without any one of the home workspace alone, and tells the app.
func (w *Workspace) ShareChannel(id string, teams ...string) {
	w.change(func() {
		w.channel(id).Shared = teams
		kind := map[bool]string{true: "channel_shared", false: "channel_unshared"}[len(teams) > 0]
		w.emit(kind, id, object{"type": kind, "channel": id, "connected_team_id": strings.Join(teams, ","), "event_ts": w.nextTS()})
	})
}

// Join makes a user a member of a channel, and tells the app if it is there.
func (w *Workspace) Join(channel, user string) {
	w.change(func() {
		c := w.channel(channel)
		c.Members = append(c.Members, user)
		w.membership(c, "member_joined_channel", user)
	})
}

// Leave takes a user out of a channel, and tells the app if it is there.
func (w *Workspace) Leave(channel, user string) {
	w.change(func() {
		c := w.channel(channel)
		c.Members = slices.DeleteFunc(c.Members, func(m string) bool { return m == user })
		w.membership(c, "member_left_channel", user)
	})
}

func (w *Workspace) membership(c *conversation, kind, user string) {
	letter := map[bool]string{true: "C", false: "G"}[c.kind() == "channel"]
	w.emitTo(c, kind, object{
		"type": kind, "user": user, "channel": c.ID, "channel_type": letter, "team": w.user(user).Team, "event_ts": w.nextTS(),
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

// channel returns a channel that a test names; one that is not there is the
// test's mistake.
func (w *Workspace) channel(id string) *conversation {
	c := w.channels[id]
	if c == nil {
		panic("slacktest: no channel " + id)
	}
	return c
}

func (c *conversation) hasBot() bool { return slices.Contains(c.Members, botUID) }

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

// plural is the kind as scopes and subscriptions name it.
func (c *conversation) plural() string {
	return map[string]string{"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}[c.kind()]
}

func (c *conversation) wire() object {
	o := object{
		"id": c.ID, "is_im": c.im != "",
		"is_mpim": c.MPIM, "is_private": c.Private || c.MPIM, "is_channel": c.kind() == "channel",
		"is_group": c.kind() == "group", "is_shared": len(c.Shared) > 0, "is_ext_shared": len(c.Shared) > 0,
		"is_org_shared": false, "is_pending_ext_shared": false, "context_team_id": TeamID,
	}
	if c.im != "" {
		o["user"], o["is_user_deleted"] = c.im, false
		return o
	}
	o["name"], o["name_normalized"] = c.Name, c.Name
	o["is_member"], o["num_members"] = c.hasBot(), len(c.Members)
	o["connected_team_ids"] = slices.Clone(c.Shared)
	return o
}
