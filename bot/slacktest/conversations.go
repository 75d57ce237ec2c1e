package slacktest

import "slices"

// reading is a method about a conversation that the app may look into with a scope.
func reading(scope string, run func(*Workspace, Call, *conversation) (object, error)) func(*Workspace, Call) (object, error) {
	return func(w *Workspace, c Call) (object, error) {
		in, err := w.readable(c, scope)
		if err != nil {
			return nil, err
		}
		return run(w, c, in)
	}
}

// readable returns a conversation that the app may look into with a scope such
// as "history"; a private one is there for members only.
func (w *Workspace) readable(c Call, scope string) (*conversation, error) {
	in := w.channels[c.Args["channel"]]
	switch {
	case in == nil, !in.hasBot() && in.kind() != "channel":
		return nil, refuse("channel_not_found")
	case !w.granted(in.plural() + ":" + scope):
		return nil, &apiError{code: "missing_scope", needed: in.plural() + ":" + scope}
	case scope == "history" && !in.hasBot():
		return nil, refuse("not_in_channel")
	}
	return in, nil
}

func (w *Workspace) conversationInfo(_ Call, in *conversation) (object, error) {
	return object{"channel": in.wire()}, nil
}

func (w *Workspace) conversationMembers(c Call, in *conversation) (object, error) {
	some, more := page(c, in.Members)
	return object{"members": some, "response_metadata": more}, nil
}

func (w *Workspace) conversationReplies(c Call, in *conversation) (object, error) {
	root := in.byTS[c.Args["ts"]]
	if root == nil {
		return nil, refuse("thread_not_found")
	}
	return w.messages(c, slices.Insert(in.replies(root.TS), 0, root)), nil
}

func (w *Workspace) conversationHistory(c Call, in *conversation) (object, error) {
	var all []*Message
	for _, m := range slices.Backward(in.messages) {
		if m.EphemeralTo == "" && !m.isThreadReply() {
			all = append(all, m)
		}
	}
	return w.messages(c, all), nil
}

// messages is a page of messages.
func (w *Workspace) messages(c Call, all []*Message) object {
	some, more := page(c, all)
	wires := make([]object, len(some))
	for i, m := range some {
		w.expire(m)
		wires[i] = w.wire(m)
		if !c.flag("include_all_metadata") {
			delete(wires[i], "metadata")
		}
	}
	return object{"messages": wires, "has_more": more["next_cursor"] != "", "response_metadata": more}
}
