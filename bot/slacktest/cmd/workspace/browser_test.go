package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// browser returns a tab of a headless Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here: the page is not looked at in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the browser to end
		cancel()
	})
	return ctx
}

// answerer is a bot that answers every mention with a button, and the button
// with a modal.
type answerer struct {
	api    *slack.Client
	client *socketmode.Client
}

func startBot(t *testing.T, town *town) {
	t.Helper()
	api := slack.New(town.BotToken(), slack.OptionAPIURL(town.URL()), slack.OptionAppLevelToken(town.AppToken()),
		slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}), slack.OptionLog(quiet()))
	a := answerer{api, socketmode.New(api, socketmode.OptionLog(quiet()))}
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { _ = a.client.RunContext(ctx) })
	done.Go(func() {
		for {
			select {
			case e := <-a.client.Events:
				a.take(ctx, t, e)
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { cancel(); done.Wait() })
}

func quiet() interface{ Output(int, string) error } {
	return slog.NewLogLogger(slog.NewTextHandler(io.Discard, nil), slog.LevelDebug)
}

func (a answerer) take(ctx context.Context, t *testing.T, e socketmode.Event) {
	if e.Request == nil || e.Request.EnvelopeID == "" {
		return
	}
	if err := a.client.AckCtx(ctx, e.Request.EnvelopeID, nil); err != nil {
		t.Error(err)
	}
	var err error
	switch data := e.Data.(type) {
	case slackevents.EventsAPIEvent:
		if m, ok := data.InnerEvent.Data.(*slackevents.AppMentionEvent); ok {
			err = a.answer(ctx, m)
		}
	case slack.InteractionCallback:
		err = a.interact(ctx, data)
	}
	if err != nil {
		t.Error(err)
	}
}

func (a answerer) answer(ctx context.Context, m *slackevents.AppMentionEvent) error {
	button := slack.NewButtonBlockElement("why", "1", plain("Show passage"))
	_, _, err := a.api.PostMessageContext(ctx, m.Channel, slack.MsgOptionTS(m.TimeStamp), slack.MsgOptionBlocks(
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "*Sixteen* weeks.", false, false), nil, nil),
		slack.NewActionBlock("", button)))
	return err
}

func (a answerer) interact(ctx context.Context, i slack.InteractionCallback) error {
	if i.Type == slack.InteractionTypeViewSubmission {
		_, err := a.api.PostEphemeralContext(ctx, i.View.PrivateMetadata, i.User.ID,
			slack.MsgOptionText("Thanks: "+i.View.State.Values["reason"]["text"].Value, false))
		return err
	}
	_, err := a.api.OpenViewContext(ctx, i.TriggerID, slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain("The passage"), Submit: plain("Send"), PrivateMetadata: i.Channel.ID,
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("reason", plain("Why?"), nil, slack.NewPlainTextInputBlockElement(nil, "text")),
		}},
	})
	return err
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", s, false, false)
}

// A person asks, follows the answer into its thread, clicks the button, fills
// the modal in, and reads the thanks.
func TestInBrowser(t *testing.T) {
	ctx := browser(t)
	town, server := served(t)
	startBot(t, town)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	text := func(selector string) string {
		t.Helper()
		found, err := chromedp.Run(ctx, chromedp.Text(selector))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	const opened = `//a[@class="reply" and text()="1 reply"]`
	do(chromedp.Navigate(server.URL),
		chromedp.WaitVisible(`#composer`),
		chromedp.SendKeys(`#composer input[name=text]`, "@docent how long is leave?\r"),
		chromedp.WaitVisible(opened),
		chromedp.Click(opened),
		chromedp.WaitVisible(`#thread .app button[data-action=why]`))
	bold := text(`#thread .app .bold`)
	do(chromedp.Click(`#thread .app button[data-action=why]`), chromedp.WaitVisible(`#modal textarea`))
	modal := text(`#modal .heading`)
	do(chromedp.SendKeys(`#modal textarea`, "the wrong document"),
		chromedp.Click(`#modal button[type=submit]`),
		chromedp.WaitNotPresent(`#modal`),
		chromedp.WaitVisible(`#channel .alone .body`))
	thanks := strings.TrimSpace(text(`#channel .alone .body`))
	if bold != "Sixteen" || modal != "The passage" || thanks != "Thanks: the wrong document" {
		t.Errorf("read %q, %q, %q", bold, modal, thanks)
	}
}
