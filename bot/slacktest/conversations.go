package slacktest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// readable returns a conversation that the app may look into with a scope such
// as "history"; a private one is there for members only.
func (w *Workspace) readable(c Call, scope string) (*conversation, error) {
	in := w.channels[c.Args["channel"]]
	if in == nil || !in.has(botUID) && in.kind() != "channel" {
		return nil, refuse("channel_not_found")
	}
	if needed := in.scope() + ":" + scope; !w.granted(needed) {
		return nil, &apiError{code: "missing_scope", needed: needed}
	}
	return in, nil
}

func (w *Workspace) conversationInfo(c Call) (object, error) {
	in, err := w.readable(c, "read")
	if err != nil {
		return nil, err
	}
	return object{"channel": in.wire()}, nil
}

// sorted are the conversations in the order that they were made.
func (w *Workspace) sorted() []*conversation {
	return slices.SortedFunc(maps.Values(w.channels), func(a, b *conversation) int {
		return cmp.Compare(a.ID[1:], b.ID[1:])
	})
}

func (w *Workspace) conversationList(c Call) (object, error) {
	return w.listConversations(c, func(in *conversation) bool { return in.kind() == "channel" || in.has(botUID) })
}

func (w *Workspace) userConversations(c Call) (object, error) {
	user := orDefault(c.Args["user"], botUID)
	return w.listConversations(c, func(in *conversation) bool {
		return in.has(user) && (in.kind() == "channel" || in.has(botUID))
	})
}

func (w *Workspace) listConversations(c Call, wanted func(*conversation) bool) (object, error) {
	kinds := strings.Split(orDefault(c.Args["types"], "public_channel"), ",")
	names := map[string]string{"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}
	var all []object
	for _, in := range w.sorted() {
		if !slices.Contains(kinds, names[in.kind()]) || c.flag("exclude_archived") && in.Archived || !wanted(in) {
			continue
		}
		if needed := in.scope() + ":read"; !w.granted(needed) {
			return nil, &apiError{code: "missing_scope", needed: needed}
		}
		all = append(all, in.wire())
	}
	some, more := page(c, all, 100, 1000)
	return object{"channels": some, "response_metadata": more}, nil
}

func (w *Workspace) conversationMembers(c Call) (object, error) {
	in, err := w.readable(c, "read")
	if err != nil {
		return nil, err
	}
	some, more := page(c, in.Members, 100, 1000)
	return object{"members": some, "response_metadata": more}, nil
}

func (w *Workspace) conversationReplies(c Call) (object, error) {
	in, err := w.history(c)
	if err != nil {
		return nil, err
	}
	root := in.byTS[c.Args["ts"]]
	if root == nil {
		return nil, refuse("thread_not_found")
	}
	if root.isThreadReply() {
		root = in.byTS[root.ThreadTS]
	}
	return w.pageOfMessages(c, append([]*Message{root}, in.replies(root.TS)...), 1000), nil
}

func (w *Workspace) conversationHistory(c Call) (object, error) {
	in, err := w.history(c)
	if err != nil {
		return nil, err
	}
	var all []*Message
	for _, m := range slices.Backward(in.messages) {
		if m.Only == "" && (!m.isThreadReply() || m.broadcast) && within(c, m.TS) {
			all = append(all, m)
		}
	}
	return w.pageOfMessages(c, all, 100), nil
}

func (w *Workspace) history(c Call) (*conversation, error) {
	in, err := w.readable(c, "history")
	if err == nil && !in.has(botUID) {
		err = refuse("not_in_channel")
	}
	return in, err
}

// within says whether a timestamp lies between oldest and latest; timestamps of
// one length compare as text.
func within(c Call, ts string) bool {
	oldest, latest, inclusive := c.Args["oldest"], c.Args["latest"], c.flag("inclusive")
	if inclusive && (ts == oldest || ts == latest) {
		return true
	}
	return (oldest == "" || oldest == "0" || ts > oldest) && (latest == "" || ts < latest)
}

func (w *Workspace) pageOfMessages(c Call, all []*Message, otherwise int) object {
	some, more := page(c, all, otherwise, 1000)
	wires := make([]object, len(some))
	for i, m := range some {
		w.expire(m)
		wires[i] = w.wire(m, c.flag("include_all_metadata"))
	}
	return object{"messages": wires, "has_more": more["next_cursor"] != "", "response_metadata": more}
}

func (w *Workspace) conversationOpen(c Call) (object, error) {
	if id := c.Args["channel"]; id != "" {
		if in := w.channels[id]; in != nil && in.im != "" {
			return object{"channel": in.wire(), "already_open": true}, nil
		}
		return nil, refuse("channel_not_found")
	}
	users := strings.Split(c.Args["users"], ",")
	if len(users) != 1 {
		return nil, refuse("method_not_supported_for_channel_type")
	}
	u := w.users[users[0]]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case u.Deleted:
		return nil, refuse("user_disabled")
	case u.Bot:
		return nil, refuse("cannot_dm_bot")
	}
	return object{"channel": w.dm(u.ID).wire(), "no_op": false, "already_open": false}, nil
}

func (w *Workspace) conversationJoin(c Call) (object, error) {
	in := w.channels[c.Args["channel"]]
	switch {
	case in == nil || in.kind() != "channel":
		return nil, refuse("channel_not_found")
	case in.Archived:
		return nil, refuse("is_archived")
	}
	w.join(in, botUID)
	return object{"channel": in.wire()}, nil
}
