package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"docent/bot/slacktest"
)

const formBytes = 64 << 20

// deeds are what people can do on the page, by the name that the page sends.
func deeds() map[string]func(*town, view, *http.Request) error {
	return map[string]func(*town, view, *http.Request) error{
		"say": say, "edit": edit, "delete": remove, "click": click, "submit": submit, "close": closeView,
		"shortcut": shortcut, "stop": stop, "open": open,
	}
}

func (p *page) do(out http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(out, r.Body, formBytes)
	if err := r.ParseMultipartForm(formBytes); err != nil { //nolint:gosec // the line above bounds it
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	deed, known := deeds()[r.FormValue("do")]
	if !known {
		http.Error(out, "nothing of that name can be done", http.StatusBadRequest)
		return
	}
	if err := deed(p.town, p.viewOf(r), r); err != nil {
		http.Error(out, err.Error(), http.StatusConflict)
		return
	}
	out.WriteHeader(http.StatusNoContent)
}

// say posts what was typed, with a file if there is one; a line that starts
// with a slash is a command.
func say(t *town, v view, r *http.Request) error {
	typed := strings.TrimSpace(r.FormValue("text"))
	in := slacktest.In{Thread: v.Thread}
	if file, header, err := r.FormFile("file"); err == nil {
		defer file.Close()
		data, err := io.ReadAll(file)
		if err != nil {
			return fmt.Errorf("upload %s: %w", header.Filename, err)
		}
		t.ShareIn(v.Channel, v.User, t.markup(typed), in, slacktest.File{Name: header.Filename, Data: data})
		return nil
	}
	switch command, rest, _ := strings.Cut(typed, " "); {
	case typed == "":
		return nil
	case strings.HasPrefix(command, "/") && v.Thread != "":
		return fmt.Errorf("%s cannot be used in a thread", command)
	case strings.HasPrefix(command, "/"):
		t.Slash(v.User, v.Channel, command, t.markup(rest))
	default:
		t.Post(v.Channel, v.User, t.markup(typed), in)
	}
	return nil
}

// markup is what Slack's own page makes of what is typed.
func (t *town) markup(typed string) string {
	text := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(typed)
	text = strings.ReplaceAll(text, "@docent", "<@"+t.BotUserID()+">")
	for _, p := range t.people {
		text = strings.ReplaceAll(text, "@"+p.Name, "<@"+p.ID+">")
	}
	return text
}

func edit(t *town, v view, r *http.Request) error {
	m, err := t.own(v, r)
	if err == nil {
		t.Edit(v.Channel, m.TS, t.markup(r.FormValue("text")))
	}
	return err
}

func remove(t *town, v view, r *http.Request) error {
	m, err := t.own(v, r)
	if err == nil {
		t.Delete(v.Channel, m.TS)
	}
	return err
}

// message is the one that a request names.
func (t *town) message(v view, r *http.Request) (slacktest.Message, error) {
	m, there := t.Message(v.Channel, r.FormValue("ts"))
	if !there {
		return m, fmt.Errorf("message %s is not there any more", r.FormValue("ts"))
	}
	return m, nil
}

func (t *town) own(v view, r *http.Request) (slacktest.Message, error) {
	m, err := t.message(v, r)
	if err == nil && m.User != v.User {
		err = fmt.Errorf("message %s is of another", m.TS)
	}
	return m, err
}

func click(t *town, v view, r *http.Request) error {
	action, value := r.FormValue("action"), r.FormValue("value")
	if id := r.FormValue("view"); id != "" {
		_, err := t.ClickView(v.User, id, action, value)
		return err
	}
	m, err := t.message(v, r)
	if err != nil {
		return err
	}
	_, err = t.Click(v.User, m, action, value)
	return err
}

func submit(t *town, v view, r *http.Request) error {
	values := make(slacktest.Values)
	for field, given := range r.Form {
		if block, ok := strings.CutPrefix(field, "block "); ok {
			values[block] = given[0]
		}
	}
	_, err := t.Submit(v.User, r.FormValue("view"), values)
	return err
}

func closeView(t *town, v view, r *http.Request) error {
	t.CloseView(v.User, r.FormValue("view"))
	return nil
}

func shortcut(t *town, v view, r *http.Request) error {
	m, err := t.message(v, r)
	if err == nil {
		t.Shortcut(v.User, m, r.FormValue("callback"))
	}
	return err
}

func stop(t *town, v view, _ *http.Request) error {
	t.Stop(v.User, v.Channel, v.Thread)
	return nil
}

// open tells the app that a person came to its tab.
func open(t *town, v view, _ *http.Request) error {
	if v.AtHome {
		t.OpenHome(v.User)
	} else if v.Direct {
		t.OpenMessages(v.User, "")
	}
	return nil
}
