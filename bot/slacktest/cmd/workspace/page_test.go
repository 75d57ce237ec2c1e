package main

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"docent/bot/slacktest"
)

// served is the page over a workspace of its own.
func served(t *testing.T) (*town, *httptest.Server) {
	t.Helper()
	w := slacktest.New(slacktest.Options{})
	t.Cleanup(w.Close)
	town := populate(w)
	server := httptest.NewServer(newPage(town))
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return town, server
}

// do sends what the page's script sends.
func do(t *testing.T, server *httptest.Server, fields map[string]string) int {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/do", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	reply, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	return reply.StatusCode
}

func get(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSay(t *testing.T) {
	town, server := served(t)
	claire, general := town.people[0].ID, town.channels[0].ID
	if code := do(t, server, map[string]string{"do": "say", "text": "@docent is a < b?"}); code != http.StatusNoContent {
		t.Fatalf("status %d", code)
	}
	said := town.Messages(general)
	if len(said) != 1 || said[0].User != claire || said[0].Text != "<@"+town.BotUserID()+"> is a &lt; b?" {
		t.Fatalf("said %+v", said)
	}
	if text := get(t, server.URL); !strings.Contains(text, "@docent") || !strings.Contains(text, "is a &lt; b?") {
		t.Errorf("the page is %s", text)
	}
	for name, fields := range map[string]map[string]string{
		"an unknown deed":       {"do": "fly"},
		"a command in a thread": {"do": "say", "text": "/ask x", "thread": said[0].TS},
		"another's message":     {"do": "delete", "ts": said[0].TS, "user": town.people[1].ID},
		"what is not there":     {"do": "click", "ts": "1.000001", "action": "x"},
	} {
		if code := do(t, server, fields); code < 400 {
			t.Errorf("%s: status %d", name, code)
		}
	}
	if code := do(t, server, map[string]string{"do": "delete", "ts": said[0].TS}); code != http.StatusNoContent || len(town.Messages(general)) != 0 {
		t.Errorf("status %d, left %+v", code, town.Messages(general))
	}
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out := &watched{stop: cancel}
	var errs bytes.Buffer
	if code := run(ctx, []string{"-page", "127.0.0.1:0", "-api", "127.0.0.1:0"}, out, &errs); code != 0 {
		t.Errorf("code %d, %s", code, errs.String())
	}
	for _, part := range []string{"page: http://127.0.0.1:", "SLACK_API_URL=http://127.0.0.1:", "SLACK_BOT_TOKEN=xoxb-", "SLACK_APP_TOKEN=xapp-"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %q in %s", part, out.String())
		}
	}
	if code := run(t.Context(), []string{"-nothing"}, io.Discard, io.Discard); code != 2 {
		t.Errorf("an unknown flag: %d", code)
	}
	if code := run(t.Context(), []string{"-api", "256.0.0.1:1"}, io.Discard, io.Discard); code != 1 {
		t.Errorf("an impossible address: %d", code)
	}
}

// watched ends the program once it has said where it is.
type watched struct {
	bytes.Buffer
	stop func()
}

func (w *watched) Write(p []byte) (int, error) {
	defer w.stop()
	return w.Buffer.Write(p)
}
