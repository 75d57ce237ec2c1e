package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// TestSlackFiles adds a file in a direct message, for its sender alone, and in
// a channel, for those there.
func TestSlackFiles(t *testing.T) {
	t.Parallel()
	eachLanguageWith(t, "spaces: {board: {channels: [$BOARD]}}\nslack: {add: {$BOARD: board}, file: 10 kB}\n", func(t *testing.T, d *team, language, _ string) {
		d.serve()
		add := map[string]string{"fr": "ajoute ce document", "en": "please add this"}[language]
		dm := d.DM(d.claire)
		secret := slacktest.File{Name: "../../coffre.md", Data: []byte("# Coffre\n\nLe code du coffre de la réserve est 4711.\n")}
		question := "Quel est le code du coffre de la réserve ?"

		offer := d.replies(dm, d.Share(dm, d.claire, add, secret).TS, 1)[0]
		d.golden("file-"+language, d.Render(offer))
		d.click(d.claire, offer, "add_file")
		d.changed(dm, offer.TS, "Coffre")
		if got := d.answerTo(dm, d.claire, question); !strings.Contains(got, "4711") {
			t.Errorf("its sender is answered %s", got)
		}
		if got := d.answerTo(d.DM(d.bob), d.bob, question); strings.Contains(got, "4711") || strings.Contains(got, "Coffre") {
			t.Errorf("somebody else is answered %s", got)
		}

		minutes := slacktest.File{Name: "minutes.md", Data: []byte("# Minutes\n\nThe board chose Lisbon for the retreat in May.\n")}
		offer = d.replies(d.board, d.Share(d.board, d.claire, add, minutes).TS, 1)[0]
		d.click(d.admin, offer, "add_file") // not whose file it is
		d.ephemeral(d.admin, "")
		d.click(d.claire, offer, "add_file")
		d.changed(d.board, offer.TS, "Minutes")
		where := "Which town did the board choose for the retreat?"
		if got := d.answerTo(d.board, d.admin, where); !strings.Contains(got, "Lisbon") {
			t.Errorf("the board is answered %s", got)
		}
		if got := d.answerTo(d.general, d.admin, where); strings.Contains(got, "Lisbon") || strings.Contains(got, "Minutes") {
			t.Errorf("everybody is answered %s", got)
		}

		offer = d.replies(dm, d.Share(dm, d.claire, add, slacktest.File{Name: "big.md", Data: bytes.Repeat([]byte("word "), 4000)}).TS, 1)[0]
		d.click(d.claire, offer, "add_file")
		d.changed(dm, offer.TS, "big.md")
		offer = d.replies(dm, d.Share(dm, d.claire, add, minutes).TS, 1)[0]
		d.click(d.claire, offer, "keep_out")
		d.changed(dm, offer.TS, "Pas ajouté")
		// By the shortcut it is the same.
		said := d.Share(dm, d.claire, "…", minutes)
		d.Shortcut(d.claire, said, "add_from_message")
		d.replies(dm, said.TS, 1)
		kept, err := filepath.Glob(filepath.Join(d.dir, "library-slack-files", "*", "*", "*"))
		if err != nil || len(kept) != 2 {
			t.Errorf("kept are %v, %v", kept, err)
		}
	})
}

// TestSlackFresh answers from what changed within two seconds, whoever
// follows the files.
func TestSlackFresh(t *testing.T) {
	t.Parallel()
	for name, own := range map[string]bool{"serve follows": true, "another process ingests": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newTeam(t, "", slacktest.Options{})
			path := d.write("wiki/ferry.md", "# Ferry\n\nThe ferry to Groix leaves at 8:15.\n")
			var args []string
			if own {
				args = []string{path}
			}
			d.serve(args...)
			ingested := func() {
				if own {
					return
				}
				var out bytes.Buffer
				if code := run(t.Context(), []string{"ingest", "--config", filepath.Join(d.dir, "docent.yaml"), path}, d.env, nil, &out, &out); code != 0 {
					t.Fatalf("ingest: %d %s", code, out.String())
				}
			}
			ingested()
			for _, hour := range []string{"8:15", "9:40"} {
				d.write("wiki/ferry.md", "# Ferry\n\nThe ferry to Groix leaves at "+hour+".\n")
				ingested()
				began, tries := time.Now(), 0
				for got := ""; !strings.Contains(got, hour); tries++ {
					if time.Since(began) > 10*time.Second {
						t.Fatalf("after %d tries the answer is still %s", tries, got)
					}
					got = d.answerTo(d.general, d.bob, "When does the ferry to Groix leave?")
				}
				t.Logf("answered from the change after %v, %d tries", time.Since(began), tries)
			}
		})
	}
}

// TestSlackHTTP is asked by signed requests rather than by Socket Mode.
func TestSlackHTTP(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	address := freeAddress(t)
	d.http = "http://" + address + "/slack"
	d.serve("--http", address)
	if err := d.VerifyURL(t.Context(), d.http); err != nil {
		t.Fatal(err)
	}
	if got := d.answerTo(d.general, d.bob, questions["en"].found); !strings.Contains(got, "fifteen") {
		t.Errorf("answered %s", got)
	}
	d.Slash(d.claire, d.general, "/ask", questions["fr"].found)
	private := d.ephemeral(d.claire, "25 jours")
	d.click(d.claire, private, "passage_1")
	d.wait("a modal", func(s *slacktest.State) bool { return s.OpenView(d.claire).ID != "" })

	body := []byte(`{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}}`)
	for name, header := range map[string]http.Header{"no signature": {}, "another's": {"X-Slack-Request-Timestamp": {fmt.Sprint(time.Now().Unix())}, "X-Slack-Signature": {"v0=00"}}} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.http, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header = header
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: status %d", name, resp.StatusCode)
		}
	}
	// Nothing is read for what its headers give away: the answer comes before a body.
	for headers, status := range map[string]string{"Content-Length: 900000": "401", "Content-Length: 1048577\r\nX-Slack-Signature: v0=00": "413"} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "POST /slack HTTP/1.1\r\nHost: docent\r\n%s\r\n\r\n", headers)
		if line, err := bufio.NewReader(conn).ReadString('\n'); !strings.HasPrefix(line, "HTTP/1.1 "+status) {
			t.Errorf("%s: %q, %v", headers, line, err)
		}
	}
}

// TestSlackProbes reads /healthz, /readyz and /metrics.
func TestSlackProbes(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	d.serve("--status", "127.0.0.1:0")
	found := regexp.MustCompile(`for=probes address=(\S+)`).FindStringSubmatch(d.stderr.String())
	if found == nil {
		t.Fatalf("no address in %s", d.stderr)
	}
	asked := d.mention(d.general, d.bob, questions["en"].found)
	d.replies(d.general, asked.TS, 1)
	d.settled(d.general, asked.TS)
	for path, wants := range map[string][]string{"/healthz": {"ok"}, "/readyz": {"ready"}, "/metrics": {
		`docent_questions_total{status="answered",surface="mention"} 1`, "docent_documents 16", "docent_held_documents 0", "docent_index_age_seconds ", "docent_ingest_failures_total 0", "docent_dropped_claims_total 0",
	}} {
		body := get(t, "http://"+found[1]+path)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s has no %q: %s", path, want, body)
			}
		}
	}
}

// TestSlackAddressTaken says which flag gives another address, before anything
// is answered.
func TestSlackAddressTaken(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	d := newTeam(t, "", slacktest.Options{})
	code := run(t.Context(), []string{"serve", "--config", filepath.Join(d.dir, "docent.yaml"), "--status", taken.Addr().String()}, d.env, nil, d.stderr, d.stderr)
	if got := d.stderr.String(); code != 1 || !strings.Contains(got, "--status") || strings.Contains(got, "answering in Slack") {
		t.Errorf("exit code %d: %s", code, got)
	}
}

// TestSlackSetup ends at once, with what to do, where waiting cures nothing.
func TestSlackSetup(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*team)
		want   []string
	}{
		"bot token":   {func(d *team) { d.BreakAuth("invalid_auth") }, []string{"invalid_auth", "SLACK_BOT_TOKEN"}},
		"inactive":    {func(d *team) { d.BreakAuth("account_inactive") }, []string{"account_inactive", "install the app"}},
		"scope":       {func(d *team) { d.SetScopes("app_mentions:read", "im:history") }, []string{"chat:write", "OAuth & Permissions"}},
		"app token":   {func(d *team) { d.appToken = "xapp-of-another" }, []string{"app-level token", "SLACK_APP_TOKEN"}},
		"wrong token": {func(d *team) { d.appToken = d.BotToken() }, []string{"SLACK_APP_TOKEN"}},
		"no token":    {func(d *team) { d.appToken = "none" }, []string{"no app-level token", "SLACK_APP_TOKEN"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newTeam(t, "", slacktest.Options{})
			c.change(d)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			began := time.Now()
			code := run(ctx, []string{"serve", "--config", filepath.Join(d.dir, "docent.yaml"), "--status", "off"}, d.env, nil, d.stderr, d.stderr)
			if code != 1 || time.Since(began) > 5*time.Second {
				t.Errorf("exit code %d after %v", code, time.Since(began))
			}
			for _, want := range c.want {
				if !strings.Contains(d.stderr.String(), want) {
					t.Errorf("no %q in %s", want, d.stderr)
				}
			}
		})
	}
}

// TestSlackRevoked ends too where the token is taken away later.
func TestSlackRevoked(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{})
	ended := d.serve()
	d.answerTo(d.general, d.bob, questions["en"].found)
	d.BreakAuth("token_revoked")
	d.mention(d.general, d.bob, questions["en"].found)
	d.Sockets().DropAll()
	select {
	case code := <-d.code:
		d.code <- code
		if code != 1 || !strings.Contains(d.stderr.String(), "install the app") && !strings.Contains(d.stderr.String(), "SLACK_") {
			t.Errorf("exit code %d: %s", code, d.stderr)
		}
	case <-time.After(5 * time.Second):
		t.Errorf("it goes on: %s", d.stderr)
		ended()
	}
}

// TestSlackDown is not ended by a network that is down, and answers what was
// asked meanwhile.
func TestSlackDown(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "", slacktest.Options{AckDeadline: 200 * time.Millisecond, Redelivery: []time.Duration{time.Second, time.Second, 3 * time.Second}})
	d.serve()
	d.answerTo(d.general, d.bob, questions["en"].found)
	d.Down(true)
	d.wait("the sockets to go", func(s *slacktest.State) bool { return s.Sockets() == 0 })
	asked := d.mention(d.general, d.bob, questions["en"].found)
	d.Down(false)
	if got := d.text(d.replies(d.general, asked.TS, 1)[0]); !strings.Contains(got, "fifteen") {
		t.Errorf("answered %s", got)
	}
}

// TestSlackHostile asks, names and writes what would ping, lead away or be
// refused if it were taken for more than text.
func TestSlackHostile(t *testing.T) {
	t.Parallel()
	nasty := "<!channel> <@U0DOCENT> <https://evil.example|here> @everyone *bold* [x](https://evil.example) \u202Eevil\u200B 🏳️‍🌈 `code`"
	d := newTeam(t, "", slacktest.Options{})
	path := d.write("wiki/"+"lamp <!here>.md", "# Lamp "+nasty+"\n\nThe lamp of the harbour is green "+nasty+" and shines.\n\n"+strings.Repeat("Filler "+nasty+". ", 300))
	d.serve(path)
	d.logged("added=1")
	root := d.mention(d.general, d.bob, "Which colour is the lamp of the harbour?")
	for i, asked := range []slacktest.Message{root, d.mention(d.general, d.bob, "Which colour is the lamp of the harbour? "+nasty), d.mention(d.general, d.bob, "<!channel> "+strings.Repeat("lamp harbour <@U1> ", 2600)), d.mention(d.general, d.bob, nasty)} {
		for _, m := range d.replies(d.general, asked.TS, 1) {
			r := d.Render(m)
			if len(r.Pings) > 0 || len(r.Foreign()) > 0 || m.Unfurls || m.Parsed {
				t.Errorf("question %d: pings %v, links %v", i, r.Pings, r.Links)
			}
		}
	}
	answer := d.replies(d.general, root.TS, 1)[0]
	if !strings.Contains(d.Render(answer).Text, "green <!channel>") {
		t.Errorf("the document's words are not as they stand: %s", d.Render(answer).Text)
	}
	d.click(d.bob, answer, "passage_1")
	d.wait("a modal", func(s *slacktest.State) bool { return s.OpenView(d.bob).ID != "" })
	d.OpenHome(d.bob)
	d.OpenMessages(d.bob)
	d.Slash(d.bob, d.general, "/ask", nasty)
	d.wait("the home page", func(s *slacktest.State) bool { return s.Home(d.bob).ID != "" && len(s.Ephemerals(d.bob)) > 0 })
	for _, r := range []slacktest.Rendering{d.RenderView(d.OpenView(d.bob)), d.RenderView(d.Home(d.bob)), d.Render(d.Ephemerals(d.bob)[0])} {
		if len(r.Pings) > 0 || len(r.Foreign("https://example.com/")) > 0 {
			t.Errorf("pings %v, links %v in %s", r.Pings, r.Links, r.Text)
		}
	}
	for _, method := range []string{"chat.postMessage", "views.open", "views.publish", "assistant.threads.setSuggestedPrompts"} {
		for _, c := range d.Calls(method) {
			if c.Error != "" {
				t.Errorf("%s was refused: %s", method, c.Error)
			}
		}
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is closed at once
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
