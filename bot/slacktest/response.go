package slacktest

import (
	"encoding/json"
	"net/http"
	"time"
)

// responseHook is what a response_url stands for.
type responseHook struct {
	user, channel, thread string
	message               *Message // that was clicked, or the last one answered with
	at                    time.Time
	uses                  int
}

const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// newHook makes a response_url.
func (w *Workspace) newHook(h responseHook) (url string, made *responseHook) {
	id := w.nextID("resp")
	h.at = w.now()
	w.hooks[id] = &h
	for old, hook := range w.hooks {
		if w.age(hook.at) > 2*hookLife {
			delete(w.hooks, old)
		}
	}
	return w.server.URL + "/resp/" + id, &h
}

// response is what the app sends to a response_url, or replies to a slash
// command with.
type response struct {
	Type     string          `json:"response_type"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks"`
	Thread   string          `json:"thread_ts"`
	Replace  bool            `json:"replace_original"`
	Delete   bool            `json:"delete_original"`
	Metadata json.RawMessage `json:"metadata"`
}

func (w *Workspace) serveResponse(out http.ResponseWriter, r *http.Request, id string) {
	args, err := arguments(r)
	if err != nil {
		writeRaw(out, http.StatusBadRequest, "text/plain", "invalid_payload")
		return
	}
	w.mu.Lock()
	w.calls.counts["response_url"]++
	c := Call{Method: "response_url", N: w.calls.counts["response_url"], Args: args, At: w.now()}
	broken := w.faultFor(c)
	w.mu.Unlock()
	if broken != nil && !broken.plain() {
		w.misbehave(out, r, c, broken)
		return
	}
	var code string
	w.change(func() {
		if err := w.respond(w.hooks[id], responseOf(args)); err != nil {
			code = err.Error()
			c.Error = code
		}
		w.calls.add(c)
	})
	if code != "" {
		writeRaw(out, http.StatusNotFound, jsonType, string(encode(object{"ok": false, "error": code})))
		return
	}
	reply(out, object{"ok": true})
}

func responseOf(args map[string]string) response {
	return response{
		Type: args["response_type"], Text: args["text"], Blocks: json.RawMessage(args["blocks"]), Thread: args["thread_ts"],
		Replace: args["replace_original"] == "true", Delete: args["delete_original"] == "true",
		Metadata: json.RawMessage(args["metadata"]),
	}
}

func (w *Workspace) respond(h *responseHook, r response) error {
	switch {
	case h == nil:
		return refuse("invalid_url")
	case w.age(h.at) > hookLife:
		return refuse("expired_url")
	case h.uses >= hookUses:
		return refuse("used_url")
	}
	h.uses++
	return w.answerWith(h, r)
}

// answerWith does what a response asks for.
func (w *Workspace) answerWith(h *responseHook, r response) error {
	to := w.channels[h.channel]
	if to == nil {
		return refuse("channel_not_found")
	}
	if r.Delete && h.message != nil {
		to.remove(h.message)
		h.message = nil
		return nil
	}
	args := map[string]string{"text": r.Text, "metadata": string(r.Metadata)}
	if len(r.Blocks) > 0 && string(r.Blocks) != "null" {
		args["blocks"] = string(r.Blocks)
	}
	t, err := contentOf(args)
	switch {
	case err != nil:
		return err
	case t.empty():
		return refuse("no_text")
	}
	if r.Replace && h.message != nil {
		previous := w.wire(h.message, false)
		h.message.apply(t)
		if h.message.Only == "" {
			w.edited(to, h.message, previous)
		}
		return nil
	}
	m := t.message()
	m.ThreadTS = orDefault(r.Thread, h.thread)
	if r.Type != "in_channel" {
		m.Only = h.user
		w.put(to, m)
		h.message = m
		return nil
	}
	w.put(to, m)
	w.rooted(to, m)
	w.told(to, m, "")
	return nil
}
