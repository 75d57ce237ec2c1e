package slacktest

import (
	"net/http"
	"time"
)

// responseURL is what a response_url stands for.
type responseURL struct {
	user, channel, thread string
	message               *Message // that was clicked, or the last one answered with
	at                    time.Time
	uses                  int
}

const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

func (w *Workspace) newResponseURL(u responseURL) string {
	id := w.nextID("resp")
	u.at = w.now()
	w.responses[id] = &u
	return w.server.URL + "/resp/" + id
}

func (w *Workspace) serveResponse(out http.ResponseWriter, r *http.Request, id string) {
	args, err := arguments(r)
	if err != nil {
		writeRaw(out, http.StatusBadRequest, "text/plain", "invalid_payload")
		return
	}
	w.serveCall(out, r, "response_url", args, func(c Call) {
		w.change(func() {
			if err := w.respond(w.responses[id], c); err != nil {
				c.Error = err.Error()
			}
			w.calls.add(c)
		})
		if c.Error != "" {
			writeRaw(out, http.StatusNotFound, jsonType, string(encode(object{"ok": false, "error": c.Error})))
			return
		}
		reply(out, object{"ok": true})
	})
}

// respond shows a message to the person who has the response_url, or puts it in
// the place of the one before.
func (w *Workspace) respond(u *responseURL, c Call) error {
	switch {
	case u == nil:
		return refuse("invalid_url")
	case w.now().Sub(u.at) > responseLife:
		return refuse("expired_url")
	case u.uses >= responseUses:
		return refuse("used_url")
	case c.Args["response_type"] == "in_channel":
		return refuse("not_in_slacktest")
	}
	u.uses++
	t, err := contentOf(c.Args)
	if err != nil {
		return err
	}
	to := w.channels[u.channel]
	if c.flag("replace_original") && u.message != nil {
		previous := w.wire(u.message)
		u.message.apply(t)
		if u.message.EphemeralTo == "" {
			w.edited(to, u.message, previous)
		}
		return nil
	}
	u.message = t.message()
	u.message.ThreadTS, u.message.EphemeralTo = u.thread, u.user
	w.put(to, u.message)
	return nil
}
