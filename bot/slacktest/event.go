package slacktest

import (
	"slices"
)

// eventBody is the inner event of a new message.
func (w *Workspace) eventBody(c *conversation, m *Message) object {
	body := w.wire(m, true)
	body["channel"], body["channel_type"], body["event_ts"] = c.ID, c.kind(), m.TS
	if len(c.Shared) > 0 {
		body["user_team"], body["source_team"] = m.team, m.team
	}
	return body
}

// emitMessage sends a message event, if the app listens to that kind of
// conversation and is in it.
func (w *Workspace) emitMessage(c *conversation, body object) {
	name := map[string]string{"im": "im", "mpim": "mpim", "group": "groups", "channel": "channels"}[c.kind()]
	w.emitTo(c, "message."+name, body)
}

func (w *Workspace) emitTo(c *conversation, subscription string, body object) {
	if c.has(botUID) {
		w.emit(subscription, c.ID, body)
	}
}

// Emit sends the app any inner event, for what has no method here; channel may
// be empty.
func (w *Workspace) Emit(channel string, body map[string]any) {
	w.change(func() { w.emitAny(channel, body) })
}

// emit sends an inner event if the app is subscribed to it and may see it.
func (w *Workspace) emit(subscription, channel string, body object) {
	if !slices.Contains(w.options.Events, subscription) || !w.granted(eventScopes[subscription]) {
		return
	}
	w.emitAny(channel, body)
}

// eventScopes are the scopes without which an event is not sent.
var eventScopes = map[string]string{
	"app_mention": "app_mentions:read", "message.im": "im:history", "message.channels": "channels:history",
	"message.groups": "groups:history", "message.mpim": "mpim:history", "reaction_added": "reactions:read",
	"reaction_removed": "reactions:read", "file_shared": "files:read", "file_change": "files:read",
	"file_deleted": "files:read", "user_change": "users:read", "member_joined_channel": "channels:read",
	"assistant_thread_started": "assistant:write", "app_context_changed": "assistant:write",
}

func (w *Workspace) granted(scope string) bool { return scope == "" || w.scopes[scope] }

func (w *Workspace) emitAny(channel string, body object) {
	shared := false
	if c := w.channels[channel]; c != nil {
		shared = len(c.Shared) > 0
	}
	eventID := w.nextID("Ev")
	w.deliver(&envelope{kind: "events_api", eventID: eventID, payload: object{
		"token": "verification", "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil,
		"api_app_id": AppID, "type": "event_callback", "event_id": eventID, "event_time": w.now().Unix(),
		"authorizations": []object{{
			"enterprise_id": nil, "team_id": TeamID, "user_id": botUID, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": shared, "event_context": "4-" + eventID, "event": body,
	}})
}
