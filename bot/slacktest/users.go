package slacktest

import (
	"cmp"
	"strings"
)

// User is a person or a bot. Only Name is needed.
type User struct {
	ID       string // made by AddUser
	Name     string // handle
	RealName string // empty is Name
	Locale   string // empty is "en-US"
	Team     string // empty is TeamID; another is a foreign workspace

	Guest              bool // multi-channel guest
	SingleChannelGuest bool
	Stranger           bool // of a foreign workspace, met in a shared channel
	Bot                bool
	Deleted            bool
}

// UserGroup is a named set of users, with a handle.
type UserGroup struct {
	ID      string // made by AddUserGroup
	Handle  string
	Members []string
}

// AddUser brings a user in and returns the ID.
func (w *Workspace) AddUser(u User) string {
	w.change(func() {
		u.ID = w.nextID("U")
		u.RealName = cmp.Or(u.RealName, u.Name)
		u.Locale = cmp.Or(u.Locale, "en-US")
		u.Team = cmp.Or(u.Team, TeamID)
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
		w.groups[g.ID] = &g
	})
	return g.ID
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

func (u *User) wire() object {
	return object{
		"id": u.ID, "team_id": u.Team, "name": u.Name, "deleted": u.Deleted, "real_name": u.RealName,
		"locale": u.Locale, "is_bot": u.Bot, "is_restricted": u.Guest || u.SingleChannelGuest,
		"is_ultra_restricted": u.SingleChannelGuest, "is_stranger": u.Stranger, "is_app_user": false,
		"profile": object{"real_name": u.RealName, "display_name": u.Name, "email": strings.ToLower(u.Name) + "@example.com", "team": u.Team},
	}
}

func (w *Workspace) userInfo(c Call) (object, error) {
	u := w.users[c.Args["user"]]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return object{"user": u.wire()}, nil
}

func (w *Workspace) groupUsers(c Call) (object, error) {
	g := w.groups[c.Args["usergroup"]]
	if g == nil {
		return nil, refuse("no_such_subteam")
	}
	return object{"users": g.Members}, nil
}
