package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"docent/bot/slacktest"
)

// Each surface is asked in French and in English, by the people of a team, of
// docent serve as it is.
var questions = map[string]struct{ found, missing string }{
	"fr": {"Combien de jours de congés par an acquiert un salarié à Nantes ?", "Qui a gagné la coupe du monde en 1998 ?"},
	"en": {"How many days a year may I work from abroad?", "Who won the World Cup in 1998?"},
}

func eachLanguage(t *testing.T, test func(t *testing.T, d *team, language, user string)) {
	t.Helper()
	eachLanguageWith(t, "slack: {admins: [$ADMIN]}\n", test)
}

func eachLanguageWith(t *testing.T, configuration string, test func(t *testing.T, d *team, language, user string)) {
	t.Helper()
	for language := range questions {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			d := newTeam(t, configuration, slacktest.Options{})
			user := map[string]string{"fr": d.claire, "en": d.bob}[language]
			test(t, d, language, user)
		})
	}
}

func TestSlackMention(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		found := d.mention(d.general, user, questions[language].found)
		missing := d.mention(d.general, user, questions[language].missing)
		nothing := d.mention(d.general, user, "")
		d.golden("mention-"+language, d.Render(d.replies(d.general, found.TS, 1)[0]), d.Render(d.replies(d.general, missing.TS, 1)[0]))
		if text := d.Render(d.replies(d.general, nothing.TS, 1)[0]).Text; !strings.Contains(text, "?") {
			t.Errorf("a mention and nothing else is answered %q", text)
		}
		d.settled(d.general, found.TS)
		if got := d.Calls("agents.sessions.setStatus")[0].Arg("status"); got != "processing" {
			t.Errorf("the first sign is %q", got)
		}
	})
}

func TestSlackDirect(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		dm := d.DM(user)
		found := d.Post(dm, user, questions[language].found)
		d.golden("direct-"+language, d.Render(d.replies(dm, found.TS, 1)[0]))
	})
}

func TestSlackCommand(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		words := map[string][]string{"fr": {"jours", "Partager", "Partagé", "administrateurs"}, "en": {"fifteen", "Share", "Shared", "administrators"}}[language]
		d.Slash(user, d.general, "/ask", questions[language].found)
		private := d.ephemeral(user, words[0])
		if n := len(d.Messages(d.general)); n != 0 {
			t.Fatalf("%d messages in the channel before anything is shared", n)
		}
		if err := d.Click(user, private, "share", ""); err != nil {
			t.Fatal(err)
		}
		var shared slacktest.Message
		d.wait("the shared answer", func(s *slacktest.State) bool {
			if m := s.Messages(d.general); len(m) == 1 {
				shared = m[0]
			}
			return shared.TS != ""
		})
		d.ephemeral(user, words[2])
		d.golden("command-"+language, d.Render(private), d.Render(shared))

		d.Slash(user, d.general, "/ask", "status")
		d.ephemeral(user, words[3])
		d.Slash(user, d.general, "/ask", "")
		d.ephemeral(user, "/ask ")
	})
}

func TestSlackAdministration(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "slack: {admins: [$ADMIN]}\n", slacktest.Options{})
	d.serve(d.write("wiki/lights.md", "# Lights\n\nThe lamp of the pier is changed every March.\n"))
	d.Slash(d.admin, d.general, "/ask", "sources")
	d.ephemeral(d.admin, "lights.md → everyone")
	d.logged("added=1")
	d.Slash(d.admin, d.general, "/ask", "status")
	d.ephemeral(d.admin, "17 documents, last indexed")
	d.Slash(d.admin, d.general, "/ask", "reindex")
	d.ephemeral(d.admin, "0 failed")
}

// TestSlackHeld empties a folder that is followed: its documents stay, and
// administrators, nobody else, see so on their home page.
func TestSlackHeld(t *testing.T) {
	t.Parallel()
	d := newTeam(t, "slack: {admins: [$ADMIN]}\n", slacktest.Options{})
	page := d.write("wiki/lights.md", "# Lights\n\nThe lamp of the pier is changed every March.\n")
	d.serve(filepath.Dir(page))
	d.logged("added=1")
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	d.logged("documents are held")
	const held = "1 of 1 documents are gone"
	for user, sees := range map[string]bool{d.admin: true, d.bob: false} {
		d.OpenHome(user)
		d.wait("the home page", func(s *slacktest.State) bool { return s.Home(user).ID != "" })
		if got := d.RenderView(d.Home(user)).Text; strings.Contains(got, held) != sees || !strings.Contains(got, "Lights") {
			t.Errorf("the home page has %s", got)
		}
	}
}

func TestSlackShortcut(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		said := d.Post(d.general, d.admin, questions[language].found)
		d.Shortcut(user, said, "ask_about_message")
		d.golden("shortcut-"+language, d.Render(d.ephemeral(user, "[1]")))
	})
}

func TestSlackFollowUps(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		in := func(root string) slacktest.In { return slacktest.In{Thread: root} }
		root := d.mention(d.general, user, questions[language].found).TS
		d.replies(d.general, root, 1)
		d.Post(d.general, user, questions[language].missing, in(root))
		d.replies(d.general, root, 2)
		// Somebody else speaks: now it is a conversation of people.
		d.Post(d.general, d.admin, "Good to know.", in(root))
		d.Post(d.general, user, questions[language].found, in(root))
		// A mention is answered all the same; what comes after it is not.
		d.mention(d.general, user, questions[language].found, in(root))
		d.replies(d.general, root, 3)
		d.Post(d.general, user, questions[language].missing, in(root))
		d.quiet(d.general, root, 3)

		stopped := d.mention(d.general, user, questions[language].found).TS
		first := d.replies(d.general, stopped, 1)[0]
		if err := d.Click(user, first, "unfollow", ""); err != nil {
			t.Fatal(err)
		}
		d.ephemeral(user, map[string]string{"fr": "ne réponds plus", "en": "only answer here"}[language])
		d.Post(d.general, user, questions[language].missing, in(stopped))
		d.quiet(d.general, stopped, 1)
	})
}

func TestSlackPassage(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		asked := d.mention(d.general, user, questions[language].found)
		answer := d.replies(d.general, asked.TS, 1)[0]
		if err := d.Click(user, answer, "passage_1", ""); err != nil {
			t.Fatal(err)
		}
		d.wait("a modal", func(s *slacktest.State) bool { return s.OpenView(user).ID != "" })
		seen := d.RenderView(d.OpenView(user))
		d.golden("passage-"+language, seen)
		if len(seen.Bold) < 2 || !strings.Contains(d.Render(answer).Text, seen.Bold[1]) {
			t.Errorf("in bold are %q and not the quote", seen.Bold)
		}
	})
}

func TestSlackFeedback(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		asked := d.mention(d.general, user, questions[language].found)
		answer := d.replies(d.general, asked.TS, 1)[0]
		good, bad := "", ""
		for _, c := range d.Render(answer).Controls {
			switch {
			case strings.HasSuffix(c.Value, ":+"):
				good = c.Value
			case strings.HasSuffix(c.Value, ":-"):
				bad = c.Value
			}
		}
		if err := d.Click(user, answer, "feedback", good); err != nil {
			t.Fatal(err)
		}
		d.ephemeral(user, map[string]string{"fr": "Merci", "en": "Thank you"}[language])
		if err := d.Click(user, answer, "feedback", bad); err != nil {
			t.Fatal(err)
		}
		d.wait("a modal", func(s *slacktest.State) bool { return s.OpenView(user).ID != "" })
		view := d.OpenView(user)
		d.golden("feedback-"+language, d.RenderView(view))
		if err := d.Submit(user, view.ID, slacktest.Values{"reason": "an old version"}); err != nil {
			t.Fatal(err)
		}
		d.inState("SELECT reason FROM feedback WHERE good = 0 AND user = ?", user, "an old version")
	})
}

func TestSlackEditAndDelete(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		asked := d.mention(d.general, user, questions[language].missing)
		before := d.replies(d.general, asked.TS, 1)[0]
		d.Edit(d.general, asked.TS, "<@"+d.BotUserID()+"> "+questions[language].found)
		d.wait("the new answer in the place of the old", func(s *slacktest.State) bool {
			m, _ := s.Message(d.general, before.TS)
			return strings.Contains(d.text(m), "[1]")
		})
		d.Delete(d.general, asked.TS)
		d.wait("the answer to go", func(s *slacktest.State) bool {
			_, there := s.Message(d.general, before.TS)
			return !there
		})
	})
}

func TestSlackHome(t *testing.T) {
	t.Parallel()
	eachLanguage(t, func(t *testing.T, d *team, language, user string) {
		d.serve()
		d.OpenHome(user)
		d.wait("the home page", func(s *slacktest.State) bool { return s.Home(user).ID != "" })
		d.golden("home-"+language, d.RenderView(d.Home(user)))
		d.OpenMessages(user)
		d.wait("suggested prompts", func(s *slacktest.State) bool { return len(s.Prompts(user).Prompts) > 0 })
		var b strings.Builder
		for _, p := range d.Prompts(user).Prompts {
			fmt.Fprintln(&b, p.Message)
		}
		d.golden("prompts-"+language, slacktest.Rendering{Text: b.String()})
	})
}
