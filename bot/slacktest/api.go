package slacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Call is one request of the app to the Web API.
type Call struct {
	Method string
	N      int // of this method, from 1
	Args   map[string]string
	At     time.Time
	Error  string // Slack's code; empty is ok
}

// Arg returns an argument; what was JSON in the request is JSON here.
func (c Call) Arg(name string) string { return c.Args[name] }

// apiError is an answer that is not ok.
type apiError struct {
	code     string
	needed   string   // scope
	messages []string // of response_metadata
}

func (e *apiError) Error() string { return e.code }

func refuse(code string) error { return &apiError{code: code} }

// method is one of the Web API.
type method struct {
	scope  string // needed of the bot token; empty is none
	perMin int    // its tier; 0 is without limit
	app    bool   // called with the app token
	run    func(*Workspace, Call) (object, error)
}

const callsKept = 5_000 // of the log; counts go on

type callLog struct {
	counts map[string]int
	total  int
	recent []Call
}

func (l *callLog) add(c Call) {
	l.recent = append(l.recent, c)
	if len(l.recent) > callsKept {
		l.recent[0] = Call{}
		l.recent = l.recent[1:]
	}
}

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
		w.serveResponse(out, r, rest)
	case "upload":
		w.serveUpload(out, r, rest)
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
	w.mu.Lock()
	w.calls.counts[name]++
	w.calls.total++
	c := Call{Method: name, N: w.calls.counts[name], Args: args, At: w.now()}
	broken := w.faultFor(c)
	w.mu.Unlock()
	w.options.Log.Debug("call", "method", name, "n", c.N)

	if broken == nil {
		w.answer(out, r, c)
		return
	}
	w.misbehave(out, r, c, broken)
}

// answer runs a call and writes what came of it.
func (w *Workspace) answer(out http.ResponseWriter, r *http.Request, c Call) {
	answer, wait := w.run(r, c)
	if wait > 0 {
		out.Header().Set("Retry-After", strconv.Itoa(wait))
		out.WriteHeader(http.StatusTooManyRequests)
		return
	}
	w.mu.Lock()
	scopes := slices.Sorted(maps.Keys(w.scopes))
	w.mu.Unlock()
	out.Header().Set("X-OAuth-Scopes", strings.Join(scopes, ","))
	writeRaw(out, http.StatusOK, jsonType, string(answer))
}

// run does a call; wait is in seconds, and above 0 when it comes too early. The
// answer is written out here, because it shares its parts with the state.
func (w *Workspace) run(r *http.Request, c Call) (written []byte, wait int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, known := methods[c.Method]
	var answer object
	var err error
	if err = w.authorise(r, c, m, known); err == nil {
		if wait = w.limited(c, m); wait > 0 {
			c.Error = "ratelimited"
			w.calls.add(c)
			w.note()
			return nil, wait
		}
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
	return encode(answer), 0
}

func (w *Workspace) errorBody(err error) object {
	var e *apiError
	if !errors.As(err, &e) {
		return object{"ok": false, "error": "internal_error"}
	}
	o := object{"ok": false, "error": e.code}
	if e.needed != "" {
		o["needed"], o["provided"] = e.needed, strings.Join(slices.Sorted(maps.Keys(w.scopes)), ",")
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
	case token != w.options.BotToken && token != w.options.AppToken:
		return refuse("invalid_auth")
	case w.broken != "":
		return refuse(w.broken)
	case !known:
		return refuse("unknown_method")
	case m.app != (token == w.options.AppToken):
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

// arguments reads a query, a form or a JSON body into one flat map.
func arguments(r *http.Request) (map[string]string, error) {
	args := make(map[string]string)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		return args, readJSON(r, args)
	}
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	for key, values := range r.Form {
		args[key] = values[0]
	}
	return args, nil
}

func readJSON(r *http.Request, args map[string]string) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil || len(body) == 0 {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return err
	}
	for key, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		args[key] = text
	}
	return nil
}

const jsonType = "application/json; charset=utf-8"

func reply(out http.ResponseWriter, o object) {
	writeRaw(out, http.StatusOK, jsonType, string(encode(o)))
}

// flag reads a boolean argument.
func (c Call) flag(name string) bool {
	v := c.Args[name]
	return v == "true" || v == "1"
}

// limit reads the size of a page.
func (c Call) limit(otherwise, most int) int {
	n, err := strconv.Atoi(c.Args["limit"])
	if err != nil || n <= 0 {
		return otherwise
	}
	return min(n, most)
}

// page cuts a list by cursor and limit, and names the next cursor.
func page[T any](c Call, all []T, otherwise, most int) ([]T, object) {
	start := 0
	if _, err := fmt.Sscanf(c.Args["cursor"], "next:%d", &start); err != nil || start > len(all) {
		start = 0
	}
	end := min(start+c.limit(otherwise, most), len(all))
	next := ""
	if end < len(all) {
		next = fmt.Sprintf("next:%d", end)
	}
	return all[start:end], object{"next_cursor": next}
}
