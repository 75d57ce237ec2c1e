package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"docent/bot/slacktest"
)

var updateGolden = flag.Bool("update-slack", false, "write the golden files of what is seen in Slack")

// team is a workspace with people, in which docent serves the handbook.
type team struct {
	*slacktest.Workspace
	t *testing.T
	// dir holds the library, the configuration and what is followed.
	dir string
	// claire speaks French, bob English, admin may administer.
	claire, bob, admin string
	general, board     string
	stderr             *lockedBuffer
	// code gets the exit code of serve.
	code chan int
	// http is where Slack's requests go, "" for Socket Mode.
	http string
	// appToken takes the place of the right one, "none" is none.
	appToken string
}

// handbookFiles are those of the handbook that the built-in formats read in
// this process, so that each test starts at once.
var handbookFiles = []string{"accueil-des-nouveaux.md", "achats.md", "company-history.md", "conges-payes.md", "faq.jsonl",
	"meetings-and-decisions.md", "remote-work.md", "securite-atelier.txt", "sick-leave.txt"}

var filled struct {
	sync.Once
	library []byte
	err     error
}

// filledLibrary is a library of the handbook, made once.
func filledLibrary(t *testing.T) []byte {
	t.Helper()
	filled.Do(func() {
		dir := t.TempDir()
		args := []string{"ingest", "--library", filepath.Join(dir, "library.db")}
		for _, f := range handbookFiles {
			args = append(args, filepath.Join(handbook, f))
		}
		var out bytes.Buffer
		if code := run(t.Context(), args, noEnv, nil, &out, &out); code != 0 {
			filled.err = fmt.Errorf("ingest: exit code %d: %s", code, out.String())
			return
		}
		filled.library, filled.err = os.ReadFile(filepath.Join(dir, "library.db"))
	})
	if filled.err != nil {
		t.Fatal(filled.err)
	}
	return filled.library
}

// newTeam makes the workspace and the library, with a configuration in which
// $BOARD and the like stand for IDs.
func newTeam(t *testing.T, configuration string, options slacktest.Options) *team {
	t.Helper()
	w := slacktest.New(options)
	t.Cleanup(w.Close)
	d := &team{Workspace: w, t: t, dir: t.TempDir(), stderr: &lockedBuffer{}}
	d.claire = w.AddUser(slacktest.User{Name: "claire", RealName: "Claire Martin", Locale: "fr-FR"})
	d.bob = w.AddUser(slacktest.User{Name: "bob", RealName: "Bob Hale"})
	d.admin = w.AddUser(slacktest.User{Name: "ada", RealName: "Ada Admin"})
	d.general = w.AddChannel(slacktest.Channel{Name: "general", Members: []string{d.claire, d.bob, d.admin, w.BotUserID()}})
	d.board = w.AddChannel(slacktest.Channel{Name: "board", Private: true, Members: []string{d.claire, d.admin, w.BotUserID()}})
	configuration = strings.NewReplacer("$CLAIRE", d.claire, "$BOB", d.bob, "$ADMIN", d.admin, "$GENERAL", d.general, "$BOARD", d.board).Replace(configuration)
	d.write("docent.yaml", "library: library.db\n"+configuration)
	if err := os.WriteFile(filepath.Join(d.dir, "library.db"), filledLibrary(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *team) write(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d *team) env(name string) string {
	switch name {
	case "SLACK_BOT_TOKEN":
		return d.BotToken()
	case "SLACK_APP_TOKEN":
		if d.appToken == "none" {
			return ""
		}
		if d.appToken != "" {
			return d.appToken
		}
		return d.AppToken()
	case "SLACK_SIGNING_SECRET":
		return d.SigningSecret()
	case "SLACK_API_URL":
		return d.URL()
	case "HOME", "XDG_CACHE_HOME":
		return d.dir
	}
	return ""
}

// serve runs docent serve until the test ends, or until stop is called, and
// waits for its first connection.
func (d *team) serve(args ...string) (stop func() int) {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	d.code = make(chan int, 1)
	args = append([]string{"serve", "--config", filepath.Join(d.dir, "docent.yaml"), "--status", "off"}, args...)
	go func() { d.code <- run(ctx, args, d.env, nil, d.stderr, d.stderr) }()
	ended := sync.OnceValue(func() int {
		cancel()
		return <-d.code
	})
	d.t.Cleanup(func() { ended() })
	if d.http != "" {
		ctx, cancel := context.WithTimeout(d.t.Context(), 10*time.Second)
		defer cancel()
		look := time.NewTicker(10 * time.Millisecond)
		defer look.Stop()
		for ; d.VerifyURL(ctx, d.http) != nil && ctx.Err() == nil; <-look.C {
		}
		d.logged("answering in Slack")
		d.UseHTTP(d.http)
		return ended
	}
	d.wait("a connection", func(s *slacktest.State) bool { return s.Sockets() > 0 })
	return ended
}

// wait fails the test when something does not come about.
func (d *team) wait(what string, condition func(*slacktest.State) bool) {
	d.t.Helper()
	d.waitFor(what, 20*time.Second, condition)
}

func (d *team) waitFor(what string, most time.Duration, condition func(*slacktest.State) bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), most)
	defer cancel()
	if err := d.Wait(ctx, condition); err != nil {
		d.t.Fatalf("waited for %s: %v\n%s", what, err, d.stderr)
	}
}

// mention asks in a channel.
func (d *team) mention(channel, user, text string, in ...slacktest.In) slacktest.Message {
	return d.Post(channel, user, "<@"+d.BotUserID()+"> "+text, in...)
}

// replies waits for the nth message that the bot wrote in a thread, and
// returns all of them.
func (d *team) replies(channel, root string, n int) []slacktest.Message {
	d.t.Helper()
	var own []slacktest.Message
	d.wait(fmt.Sprintf("%d replies", n), func(s *slacktest.State) bool {
		own = nil
		for _, m := range s.Thread(channel, root) {
			if m.BotID != "" && m.Stream != slacktest.Streaming {
				own = append(own, m)
			}
		}
		return len(own) >= n
	})
	return own
}

// settled waits until nothing is in the works.
func (d *team) settled(channel, root string) {
	d.t.Helper()
	d.wait("the end of the work", func(s *slacktest.State) bool { return s.Session(channel, root).Status == "active" })
}

// ephemeral waits for what one person sees to hold a text.
func (d *team) ephemeral(user, text string) slacktest.Message {
	d.t.Helper()
	var found slacktest.Message
	d.wait(fmt.Sprintf("%q for one person", text), func(s *slacktest.State) bool {
		for _, m := range s.Ephemerals(user) {
			if strings.Contains(d.text(m), text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// moments are the only words that differ from run to run.
var moments = regexp.MustCompile(`\d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC|\d\d/\d\d/\d{4} à \d\d:\d\d UTC`)

// golden compares what was seen with testdata/slack/NAME.golden.
func (d *team) golden(name string, seen ...slacktest.Rendering) {
	d.t.Helper()
	var b strings.Builder
	for i, r := range seen {
		if i > 0 {
			b.WriteString("----\n")
		}
		b.WriteString(moments.ReplaceAllString(pageOf(r), "DATE"))
	}
	path := filepath.Join("testdata", "slack", name+".golden")
	if *updateGolden {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		d.t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// pageOf is a message as its reader meets it.
func pageOf(r slacktest.Rendering) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(r.Text) + "\n")
	for _, l := range r.Links {
		fmt.Fprintf(&b, "link: %s -> %s\n", l.Label, l.URL)
	}
	for _, p := range r.Pings {
		fmt.Fprintf(&b, "ping: %s\n", p)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// text is all that is read of a message.
func (d *team) text(m slacktest.Message) string {
	return fmt.Sprint(m.Text, m.Blocks)
}

// quiet fails the test if a thread has more than n replies of the bot once all
// that was delivered is done.
func (d *team) quiet(channel, root string, n int) {
	d.t.Helper()
	// What comes after is in the same lane or is answered later.
	last := d.mention(channel, d.admin, "?")
	d.replies(channel, last.TS, 1)
	if got := len(d.replies(channel, root, n)); got != n {
		d.t.Errorf("%d replies, not %d", got, n)
	}
}

// inState waits for a query of the bot's state to give a value.
func (d *team) inState(query, arg, want string) {
	d.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(d.dir, "library-slack.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	deadline := time.Now().Add(10 * time.Second)
	for got := ""; got != want; <-look.C {
		if err := db.QueryRowContext(d.t.Context(), query, arg).Scan(&got); err != nil && !errors.Is(err, sql.ErrNoRows) {
			d.t.Fatal(err)
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("%s gives %q, not %q", query, got, want)
		}
	}
}

// answerTo asks, in a channel by a mention, and returns what is answered.
func (d *team) answerTo(channel, user, question string) string {
	d.t.Helper()
	ask := d.mention
	if strings.HasPrefix(channel, "D") {
		ask = d.Post
	}
	return d.text(d.replies(channel, ask(channel, user, question).TS, 1)[0])
}

func (d *team) click(user string, on slacktest.Message, action string) {
	d.t.Helper()
	if err := d.Click(user, on, action, ""); err != nil {
		d.t.Fatal(err)
	}
}

// changed waits for a message to hold a text and nothing to click.
func (d *team) changed(channel, ts, text string) {
	d.t.Helper()
	d.wait("a message to say "+text, func(s *slacktest.State) bool {
		m, _ := s.Message(channel, ts)
		return strings.Contains(d.text(m), text) && !strings.Contains(d.text(m), "button")
	})
}

// logged waits for a line of the log.
func (d *team) logged(text string) {
	d.t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(d.stderr.String(), text); <-look.C {
		if time.Now().After(deadline) {
			d.t.Fatalf("no %q in %s", text, d.stderr)
		}
	}
}
