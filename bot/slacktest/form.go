package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// action is what the app is told of the use of an element.
func (w *Workspace) action(blocks []Block, actionID, value string) (object, error) {
	var found object
	elements(blocks, func(block, element Block) bool {
		if a := use(element, actionID, value); a != nil {
			a["block_id"], a["action_ts"] = block.str("block_id"), w.nextTS()
			found = a
			return false
		}
		return true
	})
	if found == nil {
		return nil, fmt.Errorf("click %s %s: no such element", actionID, value)
	}
	return found, nil
}

// use is the use of one element, nil if it is another one.
func use(e Block, actionID, value string) object {
	if e.str("action_id") != actionID {
		return nil
	}
	a := object{"type": e.kind(), "action_id": actionID}
	switch e.kind() {
	case "feedback_buttons":
		for _, side := range []string{"positive_button", "negative_button"} {
			if b := e.sub(side); value == b.str("value") {
				a["value"], a["text"] = value, b["text"]
				return a
			}
		}
		return nil
	case "button", "icon_button":
		if value != "" && value != e.str("value") {
			return nil
		}
		a["text"] = e["text"]
		if v := e.str("value"); v != "" {
			a["value"] = v
		}
		return a
	}
	for key, v := range filled(e, value) {
		a[key] = v
	}
	return a
}

// Values are what a person fills in: by the block's ID, or by the element's
// action ID, the text that is typed or the value of the option that is chosen.
type Values map[string]string

// Submit has a person send a modal. What the app replies is done: errors are
// shown in the view, views are pushed, updated or closed. A required input that
// is empty is an error here, as the person could not send it.
func (w *Workspace) Submit(user, viewID string, values Values) (Delivery, error) {
	var d Delivery
	err := w.try(func() error {
		v := w.views[viewID]
		if v == nil || v.User != user || !slices.Contains(w.modals[user], viewID) {
			return fmt.Errorf("submit: %s has no view %s open", user, viewID)
		}
		if err := v.fill(values); err != nil {
			return err
		}
		v.Errors = nil
		payload := w.interaction("view_submission", user, "")
		payload["view"], payload["response_urls"] = v.wire(), []object{}
		d = w.deliver(&envelope{
			kind: "interactive", asks: true, payload: payload,
			onAck: func(raw json.RawMessage) { w.submitted(v, raw) },
		}).Delivery
		return nil
	})
	return d, err
}

// CloseView has a person close a modal, with those above it.
func (w *Workspace) CloseView(user, viewID string) {
	w.change(func() {
		v := w.views[viewID]
		w.closeFrom(user, viewID)
		if v == nil || !Block(v.raw).flag("notify_on_close") {
			return
		}
		payload := w.interaction("view_closed", user, "")
		payload["view"], payload["is_cleared"] = v.wire(), false
		w.deliver(&envelope{kind: "interactive", payload: payload})
	})
}

func (w *Workspace) closeFrom(user, viewID string) {
	if i := slices.Index(w.modals[user], viewID); i >= 0 {
		w.modals[user] = w.modals[user][:i]
	}
}

// submitted does what the app replied to a submission.
func (w *Workspace) submitted(v *View, raw json.RawMessage) {
	var r struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(raw) > 0 && json.Unmarshal(raw, &r) != nil {
		return
	}
	switch r.Action {
	case "errors":
		v.Errors = r.Errors
	case "clear":
		w.modals[v.User] = nil
	case "update", "push":
		next, err := parseView(string(r.View), "modal")
		if err != nil {
			w.options.Log.Debug("view refused", "error", err)
			return
		}
		if r.Action == "update" {
			w.replace(v, next)
			return
		}
		if _, err := w.show(next, v.User); err != nil {
			w.options.Log.Debug("view refused", "error", err)
		}
	default:
		w.closeFrom(v.User, v.ID)
	}
}

// initialState is what a view holds before anything is filled in.
func initialState(blocks []Block) map[string]any {
	state := make(map[string]any)
	elements(blocks, func(block, e Block) bool {
		if block.kind() != "input" {
			return true
		}
		o := object{"type": e.kind(), "value": orNil(e.str("initial_value"))}
		if option := e.sub("initial_option"); option != nil {
			o["selected_option"] = option
		}
		state[block.str("block_id")] = map[string]any{e.str("action_id"): o}
		return true
	})
	return state
}

// fill enters values; what nothing is entered for keeps what it held.
func (v *View) fill(values Values) error {
	var missing error
	used := 0
	elements(v.Blocks, func(block, e Block) bool {
		id, action := block.str("block_id"), e.str("action_id")
		value, given := values[id]
		if !given {
			value, given = values[action]
		}
		if given {
			used++
			o := object{"type": e.kind()}
			for key, inner := range filled(e, value) {
				o[key] = inner
			}
			v.state[id] = map[string]any{action: o}
			if value != "" && len(o) == 1 {
				missing = fmt.Errorf("submit: %s has no option %q", id, value)
			}
		}
		if block.kind() == "input" && !block.flag("optional") && v.empty(id, action) {
			missing = fmt.Errorf("submit: %s is required", id)
		}
		return missing == nil
	})
	if missing == nil && used < len(values) {
		return fmt.Errorf("submit: the view has not all of %v", values)
	}
	return missing
}

func (v *View) empty(block, action string) bool {
	actions, _ := v.state[block].(map[string]any)
	held, _ := actions[action].(object)
	for key, value := range held {
		if key != "type" && value != nil && value != "" {
			return false
		}
	}
	return true
}

// filled are the fields of an element's state that holds a value.
func filled(e Block, value string) object {
	switch e.kind() {
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		return object{"value": orNil(value)}
	case "users_select":
		return object{"selected_user": value}
	case "channels_select":
		return object{"selected_channel": value}
	case "conversations_select":
		return object{"selected_conversation": value}
	case "datepicker":
		return object{"selected_date": value}
	}
	for _, o := range e.list("options") {
		if o.str("value") == value {
			if k := e.kind(); k == "checkboxes" || k == "multi_static_select" {
				return object{"selected_options": []Block{o}}
			}
			return object{"selected_option": o}
		}
	}
	return nil
}
