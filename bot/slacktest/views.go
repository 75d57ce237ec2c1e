package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"
)

// View is a modal or a home tab.
type View struct {
	ID     string
	Title  string
	Submit string // label of the button; empty is none
	Blocks []Block

	raw map[string]any
}

const (
	viewBytes   = 250_000
	triggerLife = 3 * time.Second
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
	return id
}

func (w *Workspace) useTrigger(id string) (user string, err error) {
	t := w.triggers[id]
	switch {
	case t == nil:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case w.now().Sub(t.at) > triggerLife:
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}

// parseView reads and checks a view of a kind, modal or home.
func (w *Workspace) parseView(raw, kind string) (View, error) {
	var v View
	if len(raw) > viewBytes {
		return v, refuse("view_too_large")
	}
	if err := json.Unmarshal([]byte(raw), &v.raw); err != nil || v.raw == nil {
		return v, refuse("invalid_arguments")
	}
	b := Block(v.raw)
	v.Title, v.Submit, v.Blocks = b.sub("title").str("text"), b.sub("submit").str("text"), b.list("blocks")
	assignBlockIDs(v.Blocks)
	if err := validateView(b, &v, kind); err != nil {
		return v, err
	}
	v.ID = w.nextID("V")
	return v, nil
}

func (w *Workspace) openView(c Call) (object, error) {
	v, err := w.parseView(c.Args["view"], "modal")
	if err != nil {
		return nil, err
	}
	user, err := w.useTrigger(c.Args["trigger_id"])
	if err != nil {
		return nil, err
	}
	w.modals[user] = v
	return object{"view": v.wire(nil)}, nil
}

func (w *Workspace) publishView(c Call) (object, error) {
	v, err := w.parseView(c.Args["view"], "home")
	if err != nil {
		return nil, err
	}
	user := w.users[c.Args["user_id"]]
	switch {
	case user == nil || user.Deleted:
		return nil, refuse("invalid_arguments")
	case user.Bot:
		return nil, refuse("not_enabled")
	}
	w.homes[user.ID] = v
	return object{"view": v.wire(nil)}, nil
}

// wire is the view as the app gets it: what it sent, and what Slack adds.
func (v View) wire(state object) object {
	o := maps.Clone(v.raw)
	o["id"], o["team_id"], o["app_id"], o["bot_id"] = v.ID, TeamID, AppID, botID
	o["root_view_id"], o["previous_view_id"], o["blocks"] = v.ID, nil, v.Blocks
	o["state"] = object{"values": state}
	return o
}

// OpenHome has a person open the app's home tab.
func (w *Workspace) OpenHome(user string) { w.openTab(user, "home") }

// OpenMessages has a person open the direct messages with the app.
func (w *Workspace) OpenMessages(user string) { w.openTab(user, "messages") }

func (w *Workspace) openTab(user, tab string) {
	w.change(func() {
		w.emit("app_home_opened", "", object{
			"type": "app_home_opened", "user": user, "channel": w.dm(user).ID, "tab": tab, "event_ts": w.nextTS(),
		})
	})
}

// Values are what a person types into the inputs of a modal, by action ID.
type Values map[string]string

// Submit has a person send a modal, which closes when the app acknowledges that.
// An input that is empty is an error here, as the person could not send it.
func (w *Workspace) Submit(user, viewID string, values Values) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.modals[user]
	if v.ID == "" || v.ID != viewID {
		return fmt.Errorf("submit: %s has no view %s open", user, viewID)
	}
	state := make(object)
	for _, b := range v.Blocks {
		if b.kind() != "input" {
			continue
		}
		e := b.sub("element")
		id := e.str("action_id")
		if values[id] == "" {
			return fmt.Errorf("submit: %s is required", id)
		}
		state[b.str("block_id")] = object{id: object{"type": e.kind(), "value": values[id]}}
	}
	payload := w.interaction("view_submission", user, "")
	payload["view"], payload["response_urls"] = v.wire(state), []object{}
	w.deliver(&envelope{kind: "interactive", payload: payload, onAck: func() { delete(w.modals, user) }})
	w.note()
	return nil
}

// CloseView has a person close a modal.
func (w *Workspace) CloseView(user string) {
	w.change(func() { delete(w.modals, user) })
}
