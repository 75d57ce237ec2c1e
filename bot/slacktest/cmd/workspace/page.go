package main

import (
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"docent/bot/slacktest"
)

//go:embed page.html page.css page.js
var assets embed.FS

// page is the web page. What is looked at comes with each request, so that
// several people can have it open.
type page struct {
	town  *town
	looks *template.Template
}

// view is what one browser looks at.
type view struct {
	User, Channel, Thread string
	Direct, AtHome        bool
}

func newPage(t *town) http.Handler {
	p := &page{town: t, looks: template.Must(template.ParseFS(assets, "page.html"))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(out http.ResponseWriter, r *http.Request) { p.show(out, r, "page") })
	mux.HandleFunc("GET /panel", func(out http.ResponseWriter, r *http.Request) { p.show(out, r, "panel") })
	mux.HandleFunc("GET /changes", p.changes)
	mux.HandleFunc("POST /do", p.do)
	mux.Handle("GET /page.css", http.FileServerFS(assets))
	mux.Handle("GET /page.js", http.FileServerFS(assets))
	return mux
}

// viewOf reads what a browser looks at; what it does not say is the first.
func (p *page) viewOf(r *http.Request) view {
	v := view{User: r.FormValue("user"), Channel: r.FormValue("channel"), Thread: r.FormValue("thread")}
	if !slices.ContainsFunc(p.town.people, func(one person) bool { return one.ID == v.User }) {
		v.User = p.town.people[0].ID
	}
	dm := p.town.DM(v.User)
	switch {
	case v.Channel == "direct":
		v.Channel = dm
	case v.Channel == "home":
		v.Channel, v.AtHome = dm, true
	case !slices.ContainsFunc(p.town.channels, func(one room) bool { return one.ID == v.Channel }) && v.Channel != dm:
		v.Channel = p.town.channels[0].ID
	}
	v.Direct = v.Channel == dm
	return v
}

// post is a message as the page shows it.
type post struct {
	slacktest.Message
	slacktest.Rendering
	Name, Time      string
	Bot, Own, Alone bool
	Replies         int
}

// screen is all that the templates are given.
type screen struct {
	View     view
	People   []person
	Rooms    []room
	Posts    []post
	Thread   []post
	Home     slacktest.Rendering
	HomeID   string
	Modal    slacktest.Rendering
	ModalID  string
	Errors   []string
	Session  slacktest.Session
	Prompts  slacktest.Prompts
	Attached bool // the bot is connected
}

func (p *page) show(out http.ResponseWriter, r *http.Request, name string) {
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := p.looks.ExecuteTemplate(out, name, p.screen(p.viewOf(r))); err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
	}
}

func (p *page) screen(v view) screen {
	t := p.town
	s := screen{
		View: v, People: t.people, Rooms: t.channels, Attached: t.Sockets().Count() > 0,
		Prompts: t.Prompts(v.User),
	}
	if home := t.Home(v.User); home.ID != "" {
		s.Home, s.HomeID = t.RenderView(home), home.ID
	}
	if modal := t.OpenView(v.User); modal.ID != "" {
		s.Modal, s.ModalID = t.RenderView(modal), modal.ID
		for _, message := range modal.Errors {
			s.Errors = append(s.Errors, message)
		}
	}
	s.Posts = p.posts(t.Messages(v.Channel), v, "")
	if v.Thread != "" {
		s.Thread = p.posts(t.Thread(v.Channel, v.Thread), v, v.Thread)
		s.Session = t.Session(v.Channel, v.Thread)
	}
	return s
}

// posts are messages of a channel or a thread with what the reader alone sees.
func (p *page) posts(messages []slacktest.Message, v view, thread string) []post {
	for _, m := range p.town.Ephemerals(v.User) {
		if m.Channel == v.Channel && m.ThreadTS == thread {
			messages = append(messages, m)
		}
	}
	slices.SortStableFunc(messages, func(a, b slacktest.Message) int { return strings.Compare(a.TS, b.TS) })
	all := make([]post, len(messages))
	for i, m := range messages {
		all[i] = post{
			Message: m, Rendering: p.town.Render(m), Name: p.town.name(m.User), Time: clock(m.TS),
			Bot: m.BotID != "", Own: m.User == v.User, Alone: m.Only != "",
			Replies: max(0, len(p.town.Thread(m.Channel, m.TS))-1),
		}
	}
	return all
}

func clock(ts string) string {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return ""
	}
	return time.Unix(n, 0).Format("15:04:05")
}

// changes tells a browser, line by line, that something changed.
func (p *page) changes(out http.ResponseWriter, r *http.Request) {
	out.Header().Set("Content-Type", "text/event-stream")
	for {
		changed := p.town.Changed()
		if _, err := out.Write([]byte("data: changed\n\n")); err != nil {
			return
		}
		if err := http.NewResponseController(out).Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
		select { // a stream changes often; the eye does not need all of it
		case <-time.After(50 * time.Millisecond):
		case <-r.Context().Done():
			return
		}
	}
}
