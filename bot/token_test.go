package bot_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"docent/bot"
	"docent/bot/slacktest"
)

// TestRefusalsElsewhere refuses what one call asks for, with codes by which
// Slack refuses a token. Only Slack's own word on the token ends the bot.
func TestRefusalsElsewhere(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slacktest.Options{}, echo)
	o.Fault(slacktest.Fault{Method: "response_url", Error: "not_authed"},
		slacktest.Fault{Method: "agents.sessions.setStatus", Error: "not_allowed_token_type"})
	o.start()
	o.Slash(o.member, o.channel, "/ask", "what is told to nobody?")
	o.wait("the answer to be refused", func(s *slacktest.State) bool { return s.CallCount("response_url") > 0 })
	for i := range 5 {
		o.answers(fmt.Sprintf("question %d?", i))
	}
	o.idle()
	// One for who the bot is, and one for the doubt.
	if n := len(o.Calls("auth.test")); n != 2 {
		t.Errorf("Slack was asked about the token %d times", n)
	}
}

// TestRevokedToken ends the bot at the first call that tells of it.
func TestRevokedToken(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"token_revoked", "account_inactive"} {
		o := newOffice(t, slacktest.Options{}, echo)
		b, err := bot.New(t.Context(), o.options)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		ended := make(chan error, 1)
		go func() { ended <- b.Run(t.Context()) }()
		o.answers("is it there?")
		o.BreakAuth(code)
		o.mention(o.channel, o.member, "and now?")
		select {
		case err := <-ended:
			if !errors.As(err, new(*bot.SetupError)) {
				t.Errorf("%s ends it with %v", code, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s does not end it", code)
		}
	}
}
