package slacktest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// View is a modal or a home tab.
type View struct {
	ID         string
	Type       string // modal or home
	User       string // who sees it
	CallbackID string
	ExternalID string
	Private    string // private_metadata
	Title      string
	Submit     string // label of the button; empty is none
	Close      string
	Hash       string // changes with every update
	Blocks     []Block
	// Errors are what the app found wrong with the last submission, by block.
	Errors map[string]string

	root     string
	previous string
	raw      map[string]any
	state    map[string]any // values by block and action
}

const (
	viewBytes    = 250_000
	stackedViews = 3
)

// trigger allows one view to be opened in answer to what a user did.
type trigger struct {
	user string
	at   time.Time
	used bool
}

func (w *Workspace) newTrigger(user string) string {
	id := w.nextID("trigger-")
	w.triggers[id] = &trigger{user: user, at: w.now()}
	w.forgetTriggers()
	return id
}

// forgetTriggers drops the ones that nobody asks for any more.
func (w *Workspace) forgetTriggers() {
	if len(w.triggers) < 1000 {
		return
	}
	maps.DeleteFunc(w.triggers, func(_ string, t *trigger) bool { return w.age(t.at) > max(time.Minute, w.options.TriggerLife) })
}

func (w *Workspace) useTrigger(id string) (user string, err error) {
	t := w.triggers[id]
	switch {
	case t == nil:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case w.age(t.at) > w.options.TriggerLife:
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}

// parseView reads and checks a view.
func parseView(raw, kind string) (*View, error) {
	if len(raw) > viewBytes {
		return nil, refuse("view_too_large")
	}
	v := &View{Type: kind}
	if err := json.Unmarshal([]byte(raw), &v.raw); err != nil || raw == "" || v.raw == nil {
		return nil, refuse("invalid_arguments")
	}
	b := Block(v.raw)
	v.CallbackID, v.ExternalID, v.Private = b.str("callback_id"), b.str("external_id"), b.str("private_metadata")
	v.Title, v.Submit, v.Close = b.sub("title").str("text"), b.sub("submit").str("text"), b.sub("close").str("text")
	v.Blocks = b.list("blocks")
	if err := checkView(b, v, kind); err != nil {
		return nil, err
	}
	v.state = initialState(v.Blocks)
	return v, nil
}

func (w *Workspace) openView(c Call) (object, error) {
	v, err := parseView(c.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	user, err := w.useTrigger(c.Args["trigger_id"])
	if err != nil {
		return nil, err
	}
	w.modals[user] = nil
	return w.show(v, user)
}

func (w *Workspace) pushView(c Call) (object, error) {
	v, err := parseView(c.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	user, err := w.useTrigger(c.Args["trigger_id"])
	if err != nil {
		return nil, err
	}
	if len(w.modals[user]) >= stackedViews {
		return nil, refuse("push_limit_reached")
	}
	return w.show(v, user)
}

// show puts a modal on top of the user's.
func (w *Workspace) show(v *View, user string) (object, error) {
	for _, other := range w.views {
		if v.ExternalID != "" && other.ExternalID == v.ExternalID {
			return nil, refuse("duplicate_external_id")
		}
	}
	v.ID, v.User = w.nextID("V"), user
	v.root = v.ID
	if below := w.modals[user]; len(below) > 0 {
		v.root, v.previous = below[0], below[len(below)-1]
	}
	w.rehash(v)
	w.views[v.ID] = v
	w.modals[user] = append(w.modals[user], v.ID)
	w.forgetViews()
	return object{"view": v.wire()}, nil
}

// forgetViews drops the modals that nobody has open.
func (w *Workspace) forgetViews() {
	if len(w.views) < 1000 {
		return
	}
	maps.DeleteFunc(w.views, func(id string, v *View) bool {
		return v.Type == "modal" && !slices.Contains(w.modals[v.User], id)
	})
}

func (w *Workspace) rehash(v *View) {
	w.serial++
	v.Hash = formatTS(w.now()) + "." + w.nextID("h")
}

func (w *Workspace) updateView(c Call) (object, error) {
	next, err := parseView(c.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	v := w.views[c.Args["view_id"]]
	if external := c.Args["external_id"]; v == nil && external != "" {
		for _, other := range w.views {
			if other.ExternalID == external {
				v = other
			}
		}
	}
	switch {
	case v == nil || v.Type != "modal" || !slices.Contains(w.modals[v.User], v.ID):
		return nil, refuse("not_found")
	case c.Args["hash"] != "" && c.Args["hash"] != v.Hash:
		return nil, refuse("hash_conflict")
	}
	w.replace(v, next)
	return object{"view": v.wire()}, nil
}

// replace gives a view new content; the values that were typed stay where
// their elements do.
func (w *Workspace) replace(v, next *View) {
	for block, actions := range v.state {
		if _, stays := next.state[block]; stays {
			next.state[block] = actions
		}
	}
	next.ID, next.User, next.root, next.previous = v.ID, v.User, v.root, v.previous
	*v = *next
	w.rehash(v)
}

func (w *Workspace) publishView(c Call) (object, error) {
	next, err := parseView(c.Args["view"], "home")
	if err != nil {
		return nil, err
	}
	user := c.Args["user_id"]
	u := w.users[user]
	switch {
	case u == nil || u.Deleted:
		return nil, refuse("invalid_arguments")
	case u.Bot:
		return nil, refuse("not_enabled")
	}
	v := w.views[w.homes[user]]
	if v == nil {
		v = &View{ID: w.nextID("V"), User: user}
		v.root = v.ID
		w.views[v.ID], w.homes[user] = v, v.ID
	} else if c.Args["hash"] != "" && c.Args["hash"] != v.Hash {
		return nil, refuse("hash_conflict")
	}
	w.replace(v, next)
	return object{"view": v.wire()}, nil
}

// wire is the view as the app gets it: what it sent, and what Slack adds.
func (v *View) wire() object {
	o := maps.Clone(v.raw)
	o["id"], o["type"], o["team_id"], o["app_id"], o["bot_id"] = v.ID, v.Type, TeamID, AppID, botID
	o["hash"], o["root_view_id"], o["previous_view_id"] = v.Hash, v.root, orNil(v.previous)
	o["state"] = object{"values": v.state}
	o["blocks"] = v.Blocks
	return o
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}
