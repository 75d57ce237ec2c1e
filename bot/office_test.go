package bot_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"docent/bot"
	"docent/bot/slacktest"
	"docent/rag"
)

// office is a workspace with a bot in it.
type office struct {
	*slacktest.Workspace
	t       *testing.T
	options bot.Options
	// member is a member of channel.
	member, channel string
}

// newOffice makes a workspace; the bot answers with a function over a library of
// one document in everyone's space and one in each of the spaces.
func newOffice(t *testing.T, slackOptions slacktest.Options, answer answerFunc, spaces ...string) *office {
	t.Helper()
	w := slacktest.New(slackOptions)
	t.Cleanup(w.Close)
	o := &office{Workspace: w, t: t}
	o.member = w.AddUser(slacktest.User{Name: "mia", RealName: "Mia Member"})
	o.channel = w.AddChannel(slacktest.Channel{Name: "general", Members: []string{o.member, w.BotUserID()}})
	o.options = bot.Options{BotToken: w.BotToken(), AppToken: w.AppToken(), APIURL: w.URL(), State: filepath.Join(t.TempDir(), "slack.db"),
		Answerer: answer, Library: spaceLibrary(append([]string{rag.Everyone}, spaces...)), Grace: 5 * time.Second, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	return o
}

// start runs the bot until stop, or the end of the test.
func (o *office) start() (stop func()) {
	o.t.Helper()
	_, stop = o.launch()
	o.wait("a connection", func(s *slacktest.State) bool { return s.Sockets() > 0 })
	return stop
}

// launch is start for a bot that may find no network.
func (o *office) launch() (b *bot.Bot, stop func()) {
	o.t.Helper()
	b, err := bot.New(o.t.Context(), o.options)
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(o.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := errors.Join(<-ended, b.Close()); err != nil {
			o.t.Errorf("the bot ended with %v", err)
		}
	})
	o.t.Cleanup(stop)
	return b, stop
}

func (o *office) wait(what string, condition func(*slacktest.State) bool) {
	o.t.Helper()
	o.waitFor(what, time.Minute, condition)
}

func (o *office) waitFor(what string, d time.Duration, condition func(*slacktest.State) bool) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), d)
	defer cancel()
	if err := o.Wait(ctx, condition); err != nil {
		for _, m := range []string{"chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update", "chat.postMessage", "chat.delete", "agents.sessions.setStatus"} {
			for _, c := range o.Calls(m)[max(0, len(o.Calls(m))-5):] {
				o.t.Log(m, c.Error, c.Arg("ts"), c.Arg("status"), c.Arg("text"))
			}
		}
		o.t.Fatalf("waited for %s: %v; %+v, %d sockets", what, err, o.Deliveries(), o.Sockets().Count())
	}
}

func (o *office) mention(channel, user, text string) slacktest.Message {
	return o.Post(channel, user, "<@"+o.BotUserID()+"> "+text)
}

// own are the messages of the bot in a thread.
func own(s *slacktest.State, channel, root string) []slacktest.Message {
	var found []slacktest.Message
	for _, m := range s.Thread(channel, root) {
		if m.BotID != "" {
			found = append(found, m)
		}
	}
	return found
}

// answerFunc is an Answerer; it may call emit with claims.
type answerFunc func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error)

func (t answerFunc) Tell(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	return t(ctx, req, emit)
}

func (t answerFunc) Answer(ctx context.Context, req rag.SearchRequest) (rag.Answer, error) {
	return t(ctx, req, func(rag.Claim, []rag.Citation) error { return nil })
}

// echo answers with the question.
func echo(_ context.Context, req rag.SearchRequest, _ func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	return said(req, req.Question), nil
}

// said is an answer of the claims, each with a citation.
func said(req rag.SearchRequest, claims ...string) rag.Answer {
	a := rag.Answer{Question: req.Question, Language: req.Language, Status: rag.Answered, Mode: rag.Extractive, Searched: rag.Searched{Documents: 1, Passages: 1}}
	for i, c := range claims {
		a.Claims = append(a.Claims, rag.Claim{Text: c, Citations: []int{i + 1}})
		a.Citations = append(a.Citations, rag.Citation{N: i + 1, Document: "doc-everyone", URI: "https://docs.example.com/handbook", Title: "Handbook", Quote: c, Date: "2025-01-06"})
	}
	return a
}

// spaceLibrary is a library of one document in each space, whose text names it.
type spaceLibrary []string

func documentOf(space string) rag.Document {
	text := "Only those of " + space + " read that the secret of " + space + " is safe."
	return rag.Document{Text: text, DocumentInfo: rag.DocumentInfo{ID: rag.DocumentID("doc-" + space), URI: "https://docs.example.com/" + space,
		Title: "Papers of " + space, Language: "en", Space: space, Passages: 1, Bytes: len(text)}}
}

func (s spaceLibrary) Document(_ context.Context, id rag.DocumentID, a rag.Audience) (rag.Document, error) {
	for _, space := range s {
		if d := documentOf(space); d.ID == id && a.Sees(space) {
			return d, nil
		}
	}
	return rag.Document{}, rag.ErrNotFound
}

func (s spaceLibrary) Documents(_ context.Context, a rag.Audience) iter.Seq2[rag.DocumentInfo, error] {
	return func(yield func(rag.DocumentInfo, error) bool) {
		for _, space := range s {
			if a.Sees(space) && !yield(documentOf(space).DocumentInfo, nil) {
				return
			}
		}
	}
}

func (s spaceLibrary) Passages(ctx context.Context, a rag.Audience, ids ...rag.PassageID) ([]rag.Located, error) {
	var found []rag.Located
	for _, id := range ids {
		if d, err := s.Document(ctx, id.Document, a); err == nil && id.N == 1 {
			found = append(found, rag.Located{Passage: rag.Passage{ID: id, End: len(d.Text), Text: d.Text}, Document: d.DocumentInfo})
		}
	}
	return found, nil
}

// answerAll answers with the secrets that the audience sees.
func (s spaceLibrary) answerAll(ctx context.Context, req rag.SearchRequest, _ func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
	a := rag.Answer{Question: req.Question, Language: "en", Status: rag.Answered, Mode: rag.Extractive}
	for d, err := range s.Documents(ctx, req.Audience) {
		if err != nil {
			return a, err
		}
		n := len(a.Citations) + 1
		text := documentOf(d.Space).Text
		a.Claims = append(a.Claims, rag.Claim{Text: text, Citations: []int{n}})
		a.Citations = append(a.Citations, rag.Citation{N: n, Document: d.ID, URI: d.URI, Title: d.Title, Quote: text, End: len(text)})
	}
	return a, nil
}

func texts(messages []slacktest.Message) string {
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintln(&b, m.Text, m.Markdown, m.Blocks)
	}
	return b.String()
}

// idle waits until the bot has done all that was delivered.
func (o *office) idle() {
	o.t.Helper()
	o.wait("the acknowledgements", func(s *slacktest.State) bool {
		c := s.Deliveries()
		return c.Pending == 0 && c.Waiting == 0
	})
	db := o.state()
	defer db.Close()
	look := time.NewTicker(3 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); <-look.C {
		var left int
		if err := db.QueryRowContext(o.t.Context(), `SELECT count(*) FROM inbox WHERE payload IS NOT NULL`).Scan(&left); err != nil {
			o.t.Fatal(err)
		}
		if left == 0 {
			return
		}
	}
	o.t.Fatal("the bot does not come to rest")
}

// state is what the bot remembers.
func (o *office) state() *sql.DB {
	o.t.Helper()
	db, err := sql.Open("sqlite", "file:"+o.options.State+"?_pragma=busy_timeout(10000)")
	if err != nil {
		o.t.Fatal(err)
	}
	return db
}
