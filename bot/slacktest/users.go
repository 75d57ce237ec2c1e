package slacktest

import (
	"maps"
	"slices"
)

func (w *Workspace) userInfo(c Call) (object, error) {
	u := w.users[c.Args["user"]]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return object{"user": w.visible(u, c)}, nil
}

// visible is a user as the app may see one: the address needs its own scope,
// the locale has to be asked for.
func (w *Workspace) visible(u *User, c Call) object {
	o := u.wire()
	if profile, ok := o["profile"].(object); ok && !w.granted("users:read.email") {
		delete(profile, "email")
	}
	if !c.flag("include_locale") {
		delete(o, "locale")
	}
	return o
}

func (w *Workspace) userList(c Call) (object, error) {
	var all []object
	for _, id := range slices.Sorted(maps.Keys(w.users)) {
		all = append(all, w.visible(w.users[id], c))
	}
	some, more := page(c, all, 200, 1000)
	return object{"members": some, "response_metadata": more}, nil
}

func (w *Workspace) userByEmail(c Call) (object, error) {
	for _, u := range w.users {
		if u.Email == c.Args["email"] && !u.Bot {
			return object{"user": w.visible(u, c)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

func (w *Workspace) groupList(c Call) (object, error) {
	all := []object{}
	for _, id := range slices.Sorted(maps.Keys(w.groups)) {
		g := w.groups[id]
		o := object{
			"id": g.ID, "team_id": TeamID, "is_usergroup": true, "name": g.Name, "handle": g.Handle,
			"user_count": len(g.Members),
		}
		if c.flag("include_users") {
			o["users"] = g.Members
		}
		all = append(all, o)
	}
	return object{"usergroups": all}, nil
}

func (w *Workspace) groupUsers(c Call) (object, error) {
	g := w.groups[c.Args["usergroup"]]
	if g == nil {
		return nil, refuse("no_such_subteam")
	}
	return object{"users": g.Members}, nil
}
