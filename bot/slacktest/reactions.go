package slacktest

import (
	"slices"
	"strings"
)

// React adds a person's emoji, named without colons, to a message.
func (w *Workspace) React(channel, ts, user, emoji string) {
	w.change(func() { w.react(w.channel(channel).byTS[ts], user, emoji) })
}

func (w *Workspace) react(m *Message, user, emoji string) {
	if m.Reactions == nil {
		m.Reactions = make(map[string][]string)
	}
	m.Reactions[emoji] = append(m.Reactions[emoji], user)
	w.emit("reaction_added", m.Channel, w.reactionBody("reaction_added", m, user, emoji))
}

// Unreact takes a person's emoji away.
func (w *Workspace) Unreact(channel, ts, user, emoji string) {
	w.change(func() { w.unreact(w.channel(channel).byTS[ts], user, emoji) })
}

func (w *Workspace) unreact(m *Message, user, emoji string) {
	m.Reactions[emoji] = slices.DeleteFunc(m.Reactions[emoji], func(u string) bool { return u == user })
	if len(m.Reactions[emoji]) == 0 {
		delete(m.Reactions, emoji)
	}
	w.emit("reaction_removed", m.Channel, w.reactionBody("reaction_removed", m, user, emoji))
}

func (w *Workspace) reactionBody(kind string, m *Message, user, emoji string) object {
	return object{
		"type": kind, "user": user, "reaction": emoji, "item_user": m.User, "event_ts": w.nextTS(),
		"item": object{"type": "message", "channel": m.Channel, "ts": m.TS},
	}
}

func (w *Workspace) addReaction(c Call) (object, error) {
	m, err := w.reactionTarget(c)
	switch {
	case err != nil:
		return nil, err
	case slices.Contains(m.Reactions[c.Args["name"]], botUID):
		return nil, refuse("already_reacted")
	}
	w.react(m, botUID, c.Args["name"])
	return nil, nil
}

func (w *Workspace) removeReaction(c Call) (object, error) {
	m, err := w.reactionTarget(c)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(m.Reactions[c.Args["name"]], botUID):
		return nil, refuse("no_reaction")
	}
	w.unreact(m, botUID, c.Args["name"])
	return nil, nil
}

func (w *Workspace) reactionTarget(c Call) (*Message, error) {
	in := w.channels[c.Args["channel"]]
	switch {
	case in == nil || !in.has(botUID):
		return nil, refuse("channel_not_found")
	case c.Args["name"] == "" || strings.ContainsAny(c.Args["name"], ": "):
		return nil, refuse("invalid_name")
	}
	if m := in.byTS[c.Args["timestamp"]]; m != nil {
		return m, nil
	}
	return nil, refuse("message_not_found")
}
