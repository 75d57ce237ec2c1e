package slacktest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"docent/bot/slacktest"
)

// verified reads the body of a request whose signature slack-go accepts.
func verified(t *testing.T, r *http.Request, secret string) []byte {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	v, err := slack.NewSecretsVerifier(r.Header, secret)
	if err != nil {
		t.Error(err)
		return nil
	}
	if _, err := v.Write(body); err != nil {
		t.Error(err)
	}
	if err := v.Ensure(); err != nil {
		t.Error(err)
	}
	return body
}

func TestHTTPMode(t *testing.T) {
	w := newWorld(t, slacktest.Options{Redelivery: []time.Duration{0, 0, 0}})
	failures := 1
	var retries []string
	events := make(chan slackevents.EventsAPIEvent, 4)
	commands := make(chan slack.SlashCommand, 1)
	app := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		body := verified(t, r, w.SigningSecret())
		if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
			r.Body = io.NopCloser(bytes.NewReader(body))
			c, err := slack.SlashCommandParse(r)
			if err != nil {
				t.Error(err)
			}
			commands <- c
			return
		}
		var challenge struct{ Challenge string }
		if json.Unmarshal(body, &challenge) == nil && challenge.Challenge != "" {
			_, _ = io.WriteString(out, challenge.Challenge)
			return
		}
		retries = append(retries, r.Header.Get("X-Slack-Retry-Num")+r.Header.Get("X-Slack-Retry-Reason"))
		if failures > 0 {
			failures--
			out.WriteHeader(http.StatusInternalServerError)
			return
		}
		e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
		if err != nil {
			t.Error(err)
		}
		events <- e
	}))
	defer app.Close()
	if err := w.VerifyURL(t.Context(), app.URL); err != nil {
		t.Fatal(err)
	}
	w.UseHTTP(app.URL)
	w.Post(w.DM(w.bob), w.bob, "hi")
	if e := <-events; e.TeamID != slacktest.TeamID {
		t.Errorf("got %+v", e)
	}
	w.settled(t)
	if retries[0] != "" || retries[1] != "1http_error" {
		t.Errorf("retries %q", retries)
	}
	w.Slash(w.claire, w.general, "/ask", "leave")
	if e := <-commands; e.Command != "/ask" || e.Text != "leave" || e.UserID != w.claire {
		t.Errorf("got %+v", e)
	}
}
