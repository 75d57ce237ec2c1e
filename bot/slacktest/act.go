package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Slash has a person type a slash command in a channel. The reply that the app
// acknowledges with is shown to that person, or to all if it says so.
func (w *Workspace) Slash(user, channel, command, text string) Delivery {
	return w.interact(func() *envelope {
		c, u := w.channel(channel), w.user(user)
		url, hook := w.newHook(responseHook{user: user, channel: channel})
		return &envelope{kind: "slash_commands", asks: true, payload: object{
			"token": "verification", "team_id": TeamID, "team_domain": domain, "channel_id": channel,
			"channel_name": orDefault(c.Name, "directmessage"), "user_id": user, "user_name": u.Name, "command": command,
			"text": text, "api_app_id": AppID, "is_enterprise_install": "false",
			"response_url": url, "trigger_id": w.newTrigger(user),
		}, onAck: func(raw json.RawMessage) { w.commandReply(hook, raw) }}
	})
}

// commandReply shows what the app said when it acknowledged a command.
func (w *Workspace) commandReply(h *responseHook, raw json.RawMessage) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || len(fields) == 0 {
		return
	}
	var r response
	if err := json.Unmarshal(raw, &r); err != nil {
		return
	}
	if err := w.answerWith(h, r); err != nil {
		w.options.Log.Debug("reply to a command refused", "error", err)
	}
}

// Click has a person use a button or choose an option, in a message that the
// person sees. A value tells elements of one action ID apart, and options; it
// may be empty where there is one.
func (w *Workspace) Click(user string, on Message, actionID, value string) (Delivery, error) {
	var d Delivery
	err := w.try(func() error {
		m := w.find(on)
		if m == nil {
			return fmt.Errorf("click %s: message %s is not there", actionID, on.TS)
		}
		if m.Only != "" && m.Only != user {
			return fmt.Errorf("click %s: message %s is shown to %s only", actionID, m.TS, m.Only)
		}
		action, err := w.action(m.Blocks, actionID, value)
		if err != nil {
			return err
		}
		payload := w.interaction("block_actions", user, m.Channel)
		payload["container"] = object{
			"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Only != "", "thread_ts": orNil(m.ThreadTS),
		}
		payload["actions"], payload["state"] = []object{action}, object{"values": object{}}
		if m.Only == "" {
			payload["message"] = w.wire(m, true)
		}
		payload["response_url"], _ = w.newHook(responseHook{user: user, channel: m.Channel, thread: replyThread(m), message: m})
		d = w.deliver(&envelope{kind: "interactive", asks: true, payload: payload}).Delivery
		return nil
	})
	return d, err
}

// replyThread is the thread that answers to a click in a message belong to.
func replyThread(m *Message) string {
	if m.isThreadReply() {
		return m.ThreadTS
	}
	return ""
}

func (w *Workspace) find(on Message) *Message {
	if c := w.channels[on.Channel]; c != nil {
		return c.byTS[on.TS]
	}
	return nil
}

// ClickView has a person use an element of a modal or of the home tab.
func (w *Workspace) ClickView(user, viewID, actionID, value string) (Delivery, error) {
	var d Delivery
	err := w.try(func() error {
		v := w.views[viewID]
		if v == nil || v.User != user {
			return fmt.Errorf("click %s: %s does not see view %s", actionID, user, viewID)
		}
		action, err := w.action(v.Blocks, actionID, value)
		if err != nil {
			return err
		}
		payload := w.interaction("block_actions", user, "")
		payload["container"] = object{"type": "view", "view_id": v.ID}
		payload["view"], payload["actions"] = v.wire(), []object{action}
		d = w.deliver(&envelope{kind: "interactive", asks: true, payload: payload}).Delivery
		return nil
	})
	return d, err
}

// interaction is what all payloads of interactions have.
func (w *Workspace) interaction(kind, user, channel string) object {
	u := w.user(user)
	o := object{
		"type": kind, "token": "verification", "api_app_id": AppID, "trigger_id": w.newTrigger(user),
		"user":       object{"id": user, "username": u.Name, "name": u.Name, "team_id": u.Team},
		"team":       object{"id": TeamID, "domain": domain},
		"enterprise": nil, "is_enterprise_install": false,
	}
	if c := w.channels[channel]; c != nil {
		o["channel"] = object{"id": channel, "name": orDefault(c.Name, "directmessage")}
	}
	return o
}

// Shortcut has a person choose a shortcut of a message's menu.
func (w *Workspace) Shortcut(user string, on Message, callbackID string) Delivery {
	return w.interact(func() *envelope {
		m := w.find(on)
		payload := w.interaction("message_action", user, m.Channel)
		payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, w.nextTS(), m.TS
		payload["message"] = w.wire(m, true)
		payload["response_url"], _ = w.newHook(responseHook{user: user, channel: m.Channel, thread: replyThread(m)})
		return &envelope{kind: "interactive", payload: payload}
	})
}

// GlobalShortcut has a person choose a shortcut that belongs to no message.
func (w *Workspace) GlobalShortcut(user, callbackID string) Delivery {
	return w.interact(func() *envelope {
		payload := w.interaction("shortcut", user, "")
		payload["callback_id"], payload["action_ts"] = callbackID, w.nextTS()
		return &envelope{kind: "interactive", payload: payload}
	})
}

// OpenHome has a person open the app's home tab.
func (w *Workspace) OpenHome(user string) { w.openTab(user, "home", "") }

// OpenMessages has a person open the direct messages with the app, in the agent
// view beside a channel, which may be empty.
func (w *Workspace) OpenMessages(user, viewing string) { w.openTab(user, "messages", viewing) }

func (w *Workspace) openTab(user, tab, viewing string) {
	w.change(func() {
		body := object{
			"type": "app_home_opened", "user": user, "channel": w.dm(user).ID, "tab": tab, "event_ts": w.nextTS(),
		}
		if tab == "messages" {
			body["context"] = viewContext(viewing)
		} else if v := w.views[w.homes[user]]; v != nil {
			body["view"] = v.wire()
		}
		w.emit("app_home_opened", "", body)
	})
}

// View has a person with the agent view open turn to another channel.
func (w *Workspace) View(user, channel string) {
	w.change(func() {
		w.emit("app_context_changed", "", object{
			"type": "app_context_changed", "user": user, "channel": w.dm(user).ID, "context": viewContext(channel),
			"event_ts": w.nextTS(),
		})
	})
}

func viewContext(channel string) object {
	entities := []object{}
	if channel != "" {
		entities = append(entities, object{"type": "slack#/types/channel_id", "value": channel, "team_id": TeamID})
	}
	return object{"entities": entities}
}

// Stop has a person press Stop in a thread that the agent works in: streams
// there end, and the app is told.
func (w *Workspace) Stop(user, channel, thread string) {
	w.change(func() {
		var stopped []string
		for _, m := range w.channel(channel).messages {
			w.expire(m)
			if m.Stream == Streaming && m.ThreadTS == thread {
				m.Stream = StreamStopped
				stopped = append(stopped, m.TS)
			}
		}
		w.emit("agent_session_stopped", channel, object{
			"type": "agent_session_stopped", "user": user, "channel": channel, "thread_ts": thread,
			"streaming_message_ts": slices.Concat([]string{}, stopped), "event_ts": w.nextTS(),
		})
	})
}

// interact sends an interaction.
func (w *Workspace) interact(envelopeOf func() *envelope) Delivery {
	var d Delivery
	w.change(func() { d = w.deliver(envelopeOf()).Delivery })
	return d
}

// try runs f with the lock and tells those who wait.
func (w *Workspace) try(f func() error) (err error) {
	w.change(func() { err = f() })
	return err
}
