package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
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

// flag reads a boolean argument.
func (c Call) flag(name string) bool { return c.Args[name] == "true" || c.Args[name] == "1" }

// callLog keeps the last calls; counts go on.
type callLog struct {
	counts map[string]int
	recent []Call
}

const callsKept = 5_000

func (l *callLog) add(c Call) {
	l.recent = append(l.recent, c)
	if len(l.recent) > callsKept {
		l.recent[0] = Call{}
		l.recent = l.recent[1:]
	}
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

// page cuts a list by cursor and limit, and names the next cursor.
func page[T any](c Call, all []T) ([]T, object) {
	limit, err := strconv.Atoi(c.Args["limit"])
	if err != nil || limit <= 0 {
		limit = 100
	}
	start, err := strconv.Atoi(c.Args["cursor"])
	if err != nil || start > len(all) {
		start = 0
	}
	end, next := min(start+limit, len(all)), ""
	if end < len(all) {
		next = strconv.Itoa(end)
	}
	return all[start:end], object{"next_cursor": next}
}
