package slacktest

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// apiError is an answer that is not ok.
type apiError struct {
	code     string
	needed   string   // scope
	messages []string // of response_metadata
}

func (e *apiError) Error() string { return e.code }

func refuse(code string) error { return &apiError{code: code} }

// serve is everything that is reached over HTTP.
func (w *Workspace) serve(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	gone := w.down || w.closed
	w.mu.Unlock()
	if gone {
		hangUp(out)
		return
	}
	switch head, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); head {
	case "api":
		w.serveAPI(out, r, strings.TrimSuffix(rest, "/"))
	case "link":
		w.serveSocket(out, r)
	case "resp":
		w.serveResponse(out, r, rest) //nolint:contextcheck // what it sends the app outlives the request
	case "files-pri":
		w.serveFile(out, r, rest)
	default:
		http.NotFound(out, r)
	}
}

// hangUp ends the connection without an answer.
func hangUp(out http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(out).Hijack(); err == nil {
		_ = conn.Close() // to be gone is the point
	}
}

func (w *Workspace) serveAPI(out http.ResponseWriter, r *http.Request, name string) {
	args, err := arguments(r)
	if err != nil {
		reply(out, object{"ok": false, "error": "invalid_json"})
		return
	}
	w.serveCall(out, r, name, args, func(c Call) {
		answer := w.run(r, c)
		out.Header().Set("X-OAuth-Scopes", look(w, (*State).scopes))
		writeRaw(out, http.StatusOK, jsonType, string(answer))
	})
}

// serveCall counts a call, and has it answered unless a fault breaks it.
func (w *Workspace) serveCall(out http.ResponseWriter, r *http.Request, name string, args map[string]string, answer func(Call)) {
	w.mu.Lock()
	w.calls.counts[name]++
	c := Call{Method: name, N: w.calls.counts[name], Args: args, At: w.now()}
	broken := w.faultFor(c)
	w.mu.Unlock()
	if broken != nil {
		w.serveFault(out, r, c, broken)
		return
	}
	answer(c)
}

func (s *State) scopes() string { return strings.Join(slices.Sorted(maps.Keys(s.w.scopes)), ",") }

// run does a call. The answer is written out here, because it shares its parts
// with the state.
func (w *Workspace) run(r *http.Request, c Call) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, known := methods[c.Method]
	var answer object
	var err error
	if err = w.authorise(r, c, m, known); err == nil {
		answer, err = m.run(w, c)
	}
	if err == nil {
		if answer == nil {
			answer = object{}
		}
		answer["ok"] = true
	} else {
		answer = w.errorBody(err)
		c.Error = err.Error()
	}
	w.calls.add(c)
	w.note()
	return encode(answer)
}

func (w *Workspace) errorBody(err error) object {
	var e *apiError
	if !errors.As(err, &e) {
		return object{"ok": false, "error": "internal_error"}
	}
	o := object{"ok": false, "error": e.code}
	if e.needed != "" {
		o["needed"], o["provided"] = e.needed, (&State{w}).scopes()
	}
	if e.messages != nil {
		o["response_metadata"] = object{"messages": e.messages}
	}
	return o
}

func (w *Workspace) authorise(r *http.Request, c Call, m method, known bool) error {
	token := tokenOf(r, c)
	switch {
	case token == "":
		return refuse("not_authed")
	case token != w.BotToken() && token != w.AppToken():
		return refuse("invalid_auth")
	case w.broken != "":
		return refuse(w.broken)
	case !known:
		return refuse("unknown_method")
	case m.app != (token == w.AppToken()):
		return refuse("not_allowed_token_type")
	case !w.granted(m.scope):
		return &apiError{code: "missing_scope", needed: m.scope}
	}
	return nil
}

func tokenOf(r *http.Request, c Call) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	return c.Args["token"]
}

const jsonType = "application/json; charset=utf-8"

func reply(out http.ResponseWriter, o object) {
	writeRaw(out, http.StatusOK, jsonType, string(encode(o)))
}
