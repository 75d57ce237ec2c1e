package slacktest

import (
	"cmp"
	"fmt"
)

// Slash has a person type a slash command in a channel.
func (w *Workspace) Slash(user, channel, command, text string) {
	w.change(func() {
		c, u := w.channel(channel), w.user(user)
		w.deliver(&envelope{kind: "slash_commands", payload: object{
			"token": "verification", "team_id": TeamID, "team_domain": domain, "channel_id": channel,
			"channel_name": cmp.Or(c.Name, "directmessage"), "user_id": user, "user_name": u.Name, "command": command,
			"text": text, "api_app_id": AppID, "is_enterprise_install": "false",
			"response_url": w.newResponseURL(responseURL{user: user, channel: channel}), "trigger_id": w.newTrigger(user),
		}})
	})
}

// Click has a person use a button in a message that the person sees. A value
// tells buttons of one action ID apart; it may be empty where there is one.
func (w *Workspace) Click(user string, on Message, actionID, value string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.find(on)
	if m == nil {
		return fmt.Errorf("click %s: message %s is not there", actionID, on.TS)
	}
	if m.EphemeralTo != "" && m.EphemeralTo != user {
		return fmt.Errorf("click %s: message %s is shown to %s only", actionID, m.TS, m.EphemeralTo)
	}
	action := w.action(m.Blocks, actionID, value)
	if action == nil {
		return fmt.Errorf("click %s %s: no such button", actionID, value)
	}
	payload := w.interaction("block_actions", user, m.Channel)
	container := object{
		"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.EphemeralTo != "",
	}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"], payload["actions"], payload["state"] = container, []object{action}, object{"values": object{}}
	if m.EphemeralTo == "" {
		payload["message"] = w.wire(m)
	}
	payload["response_url"] = w.newResponseURL(responseURL{user: user, channel: m.Channel, thread: m.replyThread(), message: m})
	w.deliver(&envelope{kind: "interactive", payload: payload})
	w.note()
	return nil
}

// action is what the app is told of the use of a button, nil if there is none.
func (w *Workspace) action(blocks []Block, actionID, value string) object {
	for _, b := range blocks {
		for _, e := range b.list("elements") {
			sides := []Block{e}
			if e.kind() == "feedback_buttons" {
				sides = []Block{e.sub("positive_button"), e.sub("negative_button")}
			}
			for _, side := range sides {
				if e.str("action_id") == actionID && (value == "" || value == side.str("value")) {
					return object{
						"type": e.kind(), "action_id": actionID, "block_id": b.str("block_id"), "action_ts": w.nextTS(),
						"value": side.str("value"), "text": side["text"],
					}
				}
			}
		}
	}
	return nil
}

// replyThread is the thread that answers to a click in a message belong to.
func (m *Message) replyThread() string {
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

// Shortcut has a person choose a shortcut of a message's menu.
func (w *Workspace) Shortcut(user string, on Message, callbackID string) {
	w.change(func() {
		m := w.find(on)
		payload := w.interaction("message_action", user, m.Channel)
		payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, w.nextTS(), m.TS
		payload["message"] = w.wire(m)
		payload["response_url"] = w.newResponseURL(responseURL{user: user, channel: m.Channel, thread: m.replyThread()})
		w.deliver(&envelope{kind: "interactive", payload: payload})
	})
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
		o["channel"] = object{"id": channel, "name": cmp.Or(c.Name, "directmessage")}
	}
	return o
}

// Stop has a person press Stop in a thread that the agent works in: streams
// there end, and the app is told.
func (w *Workspace) Stop(user, channel, thread string) {
	w.change(func() {
		stopped := []string{}
		for _, m := range w.channel(channel).messages {
			w.expire(m)
			if m.Stream == Streaming && m.ThreadTS == thread {
				m.Stream = StreamStopped
				stopped = append(stopped, m.TS)
			}
		}
		w.emit("agent_session_stopped", channel, object{
			"type": "agent_session_stopped", "user": user, "channel": channel, "thread_ts": thread,
			"streaming_message_ts": stopped, "event_ts": w.nextTS(),
		})
	})
}
