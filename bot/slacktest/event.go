package slacktest

import "strings"

// emitPosted tells the app of a new message.
func (w *Workspace) emitPosted(c *conversation, m *Message) {
	w.emitMessage(c, w.eventBody(c, m))
	if m.BotID != botID {
		w.emitMention(c, m, m.TS)
	}
}

// emitMention sends app_mention where a text mentions the bot; in direct messages
// Slack does not.
func (w *Workspace) emitMention(c *conversation, m *Message, at string) {
	if c.im != "" || !strings.Contains(m.Text, "<@"+botUID+">") && !strings.Contains(m.Text, "<@"+botUID+"|") {
		return
	}
	body := w.eventBody(c, m)
	body["type"], body["event_ts"] = "app_mention", at
	delete(body, "channel_type")
	delete(body, "subtype")
	w.emitTo(c, "app_mention", body)
}

// eventBody is the inner event of a new message.
func (w *Workspace) eventBody(c *conversation, m *Message) object {
	body := w.wire(m)
	body["channel"], body["channel_type"], body["event_ts"] = c.ID, c.kind(), m.TS
	if len(c.Shared) > 0 {
		body["user_team"], body["source_team"] = m.team, m.team
	}
	return body
}

// emitMessage sends a message event, if the app may read that kind of
// conversation and is in it.
func (w *Workspace) emitMessage(c *conversation, body object) {
	w.emitTo(c, "message."+c.plural(), body)
}

func (w *Workspace) emitTo(c *conversation, subscription string, body object) {
	if c.hasBot() {
		w.emit(subscription, c.ID, body)
	}
}

// Emit sends the app any inner event, for what has no method here; channel may
// be empty.
func (w *Workspace) Emit(channel string, body map[string]any) {
	w.change(func() { w.emitAny(channel, body) })
}

// emit sends an inner event if the app may see it.
func (w *Workspace) emit(subscription, channel string, body object) {
	if w.granted(eventScopes[subscription]) {
		w.emitAny(channel, body)
	}
}

// eventScopes are the scopes without which an event is not sent.
var eventScopes = map[string]string{
	"app_mention": "app_mentions:read", "message.im": "im:history", "message.channels": "channels:history",
	"message.groups": "groups:history", "message.mpim": "mpim:history", "user_change": "users:read",
	"member_joined_channel": "channels:read", "member_left_channel": "channels:read",
}

func (w *Workspace) granted(scope string) bool { return scope == "" || w.scopes[scope] }

func (w *Workspace) emitAny(channel string, body object) {
	shared := false
	if c := w.channels[channel]; c != nil {
		shared = len(c.Shared) > 0
	}
	eventID := w.nextID("Ev")
	w.deliver(&envelope{kind: "events_api", payload: object{
		"token": "verification", "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil,
		"api_app_id": AppID, "type": "event_callback", "event_id": eventID, "event_time": w.now().Unix(),
		"authorizations": []object{{
			"enterprise_id": nil, "team_id": TeamID, "user_id": botUID, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": shared, "event_context": "4-" + eventID, "event": body,
	}})
}
