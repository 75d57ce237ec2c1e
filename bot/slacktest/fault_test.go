package slacktest_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

func (w world) say(t *testing.T, text string) error {
	t.Helper()
	_, _, err := w.api.PostMessageContext(t.Context(), w.general, slack.MsgOptionText(text, false))
	return err
}

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		fault  slacktest.Fault
		err    string
		posted int
	}{
		"limited":     {slacktest.Fault{Status: 429, RetryAfter: 2 * time.Second}, "slack rate limit exceeded, retry after 2s", 0},
		"down":        {slacktest.Fault{Status: 503}, "slack server error: 503", 0},
		"refused":     {slacktest.Fault{Error: "internal_error"}, "internal_error", 0},
		"dropped":     {slacktest.Fault{Drop: true}, "EOF", 0},
		"HTML":        {slacktest.Fault{Body: "<html>"}, "invalid character", 0},
		"truncated":   {slacktest.Fault{Truncate: true}, "unexpected EOF", 1},
		"ambiguous":   {slacktest.Fault{Drop: true, After: true}, "EOF", 1},
		"ok is false": {slacktest.Fault{Body: `{"ok":false}`}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, slacktest.Options{})
			c.fault.Method, c.fault.Nth = "chat.postMessage", 2
			w.Fault(c.fault)
			for i := range 3 {
				err := w.say(t, "hello")
				if i != 1 && err != nil {
					t.Errorf("call %d: %v", i+1, err)
				}
				if i == 1 && (err == nil) != (c.err == "") || i == 1 && err != nil && !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, want %q", err, c.err)
				}
			}
			if n := len(w.Messages(w.general)); n != 2+c.posted {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// One call in ten breaks, whichever it is.
func TestFaultEvery(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	w.Fault(slacktest.Fault{Every: 10, Status: 500})
	failed := 0
	for range 30 {
		if w.say(t, "hello") != nil {
			failed++
		}
	}
	if failed != 3 || len(w.Messages(w.general)) != 27 {
		t.Errorf("%d failed, %d came", failed, len(w.Messages(w.general)))
	}
}

func TestHang(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	w.Fault(slacktest.Fault{Method: "chat.postMessage", Hang: true})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := w.api.PostMessageContext(ctx, w.general, slack.MsgOptionText("x", false)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	w.ClearFaults()
	if err := w.say(t, "x"); err != nil {
		t.Error(err)
	}
}

func TestFiles(t *testing.T) {
	w := newWorld(t, slacktest.Options{})
	m := w.Share(w.general, w.claire, "", slacktest.File{Name: "leave.md", Data: []byte("# Leave\n")})
	f, _, _, err := w.api.GetFileInfoContext(t.Context(), m.Files[0].ID, 0, 0)
	if err != nil || f.Name != "leave.md" || f.Size != 8 {
		t.Fatalf("got %+v, %v", f, err)
	}
	var data bytes.Buffer
	if err := w.api.GetFileContext(t.Context(), f.URLPrivateDownload, &data); err != nil || data.String() != "# Leave\n" {
		t.Errorf("got %q, %v", data.String(), err)
	}
	data.Reset()
	stranger := slack.New("xoxb-other", slack.OptionAPIURL(w.URL()))
	if err := stranger.GetFileContext(t.Context(), f.URLPrivateDownload, &data); err == nil && strings.Contains(data.String(), "Leave") {
		t.Error("a stranger read the file")
	}
}
