package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"docent/bot"
	"docent/bot/slacktest"
	"docent/rag"
)

// The matrix: which spaces each kind of asker sees in each place. A cell is a
// space, a place and an asker, and there are 6 x 8 x 10 of them. What is not
// listed here is not seen.
var (
	matrixSpaces = []string{rag.Everyone, "all", "team", "user", "group", "partners"}
	matrixSees   = map[string]map[string][]string{
		// In a channel only what everyone there may see; it names no person.
		"team channel":  {"member": {rag.Everyone, "all", "team"}, "listed": {rag.Everyone, "all", "team"}, "grouped": {rag.Everyone, "all", "team"}, "outsider": {rag.Everyone, "all", "team"}, "guest": {"all"}, "single guest": {"all"}, "good bot": {rag.Everyone, "all", "team"}},
		"other channel": {"member": {rag.Everyone, "all"}, "listed": {rag.Everyone, "all"}, "grouped": {rag.Everyone, "all"}, "outsider": {rag.Everyone, "all"}, "guest": {"all"}, "single guest": {"all"}, "good bot": {rag.Everyone, "all"}},
		"group message": {"member": {rag.Everyone, "all"}, "listed": {rag.Everyone, "all"}, "grouped": {rag.Everyone, "all"}, "outsider": {rag.Everyone, "all"}, "guest": {"all"}, "single guest": {"all"}, "good bot": {rag.Everyone, "all"}},
		// What one person sees is for that person.
		"direct message":        direct,
		"command, team channel": direct,
		"command, elsewhere":    direct,
		// Shared with others: closed, or what is configured and no more.
		"shared channel": {},
		"partner channel": {"member": {"partners"}, "listed": {"partners"}, "grouped": {"partners"}, "outsider": {"partners"}, "guest": {"partners"},
			"single guest": {"partners"}, "stranger": {"partners"}, "good bot": {"partners"}},
	}
	direct = map[string][]string{"member": {rag.Everyone, "all", "team"}, "listed": {rag.Everyone, "all", "user"}, "grouped": {rag.Everyone, "all", "group"},
		"outsider": {rag.Everyone, "all"}, "guest": {"all"}, "single guest": {"all"}}
)

// matrix is the office in which it is tried.
type matrix struct {
	*office
	users, places map[string]string
}

func newMatrix(t *testing.T) *matrix {
	library := spaceLibrary(matrixSpaces)
	o := newOffice(t, slacktest.Options{}, library.answerAll, matrixSpaces[1:]...)
	m := &matrix{office: o}
	add := func(u slacktest.User) string { return o.AddUser(u) }
	m.users = map[string]string{
		"member": o.member, "listed": add(slacktest.User{Name: "listed"}), "grouped": add(slacktest.User{Name: "grouped"}), "outsider": add(slacktest.User{Name: "outsider"}),
		"guest": add(slacktest.User{Name: "guest", Guest: true}), "single guest": add(slacktest.User{Name: "single", SingleChannelGuest: true}),
		"stranger": add(slacktest.User{Name: "stranger", Team: "T0OTHER", Stranger: true}), "deleted": add(slacktest.User{Name: "gone", Deleted: true}),
		"bot": add(slacktest.User{Name: "robot", Bot: true}), "good bot": add(slacktest.User{Name: "butler", Bot: true}),
	}
	everybody := []string{o.BotUserID()}
	for _, u := range m.users {
		everybody = append(everybody, u)
	}
	m.places = map[string]string{
		// Of this channel, which the space of the team names, one is a member.
		"team channel":    o.AddChannel(slacktest.Channel{Name: "team", Private: true, Members: []string{o.member, o.BotUserID()}}),
		"other channel":   o.AddChannel(slacktest.Channel{Name: "other", Members: everybody}),
		"group message":   o.AddChannel(slacktest.Channel{Name: "mpdm", MPIM: true, Members: everybody}),
		"shared channel":  o.AddChannel(slacktest.Channel{Name: "shared", Members: everybody, Shared: []string{"T0OTHER"}}),
		"partner channel": o.AddChannel(slacktest.Channel{Name: "partners", Members: everybody, Shared: []string{"T0OTHER"}}),
	}
	m.places["command, team channel"], m.places["command, elsewhere"] = m.places["team channel"], m.places["other channel"]
	group := o.AddUserGroup(slacktest.UserGroup{Handle: "grouped", Members: []string{m.users["grouped"]}})
	o.options.Access = bot.Access{
		Spaces: map[string]bot.Audience{"all": {Everyone: true}, "team": {Channels: []string{m.places["team channel"]}},
			"user": {Users: []string{m.users["listed"]}}, "group": {Groups: []string{group}}},
		External: map[string][]string{m.places["partner channel"]: {"partners"}}, Guests: []string{"all", "user"}, Bots: []string{m.users["good bot"]},
	}
	return m
}

// ask puts the question as that kind of asker does in that place, and returns
// all that anybody sees of an answer.
func (m *matrix) ask(place, kind, question string) string {
	user, channel := m.users[kind], m.places[place]
	var in slacktest.In
	if strings.HasSuffix(kind, "bot") {
		in.BotID = "B0OTHER"
	}
	var asked slacktest.Message
	switch {
	case strings.HasPrefix(place, "command"):
		m.Slash(user, channel, "/ask", question)
	case place == "direct message":
		channel = m.DM(user)
		asked = m.Post(channel, user, question, in)
	default:
		asked = m.Post(channel, user, "<@"+m.BotUserID()+"> "+question, in)
	}
	m.idle()
	var seen string
	m.Look(func(s *slacktest.State) {
		if asked.TS != "" {
			seen = texts(own(s, channel, asked.TS))
			return
		}
		if all := s.Ephemerals(user); len(all) > 0 {
			seen = texts(all[len(all)-1:])
		}
	})
	return seen
}

func TestAudienceMatrix(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	var mu sync.Mutex
	searched := make(map[string][]string) // question -> spaces of its audience
	library := spaceLibrary(matrixSpaces)
	m.options.Answerer = answerFunc(func(ctx context.Context, req rag.SearchRequest, emit func(rag.Claim, []rag.Citation) error) (rag.Answer, error) {
		mu.Lock()
		searched[req.Question] = req.Audience.Spaces()
		mu.Unlock()
		return library.answerAll(ctx, req, emit)
	})
	m.start()
	cells := 0
	for place := range matrixSees {
		for kind := range m.users {
			question := fmt.Sprintf("what is safe for the %s in the %s?", kind, place)
			seen := m.ask(place, kind, question)
			for _, space := range matrixSpaces {
				cells++
				want := slices.Contains(matrixSees[place][kind], space)
				if got := strings.Contains(seen, "secret of "+space+" "); got != want {
					t.Errorf("%s in the %s sees %s: %v, want %v", kind, place, space, got, want)
				}
			}
			mu.Lock()
			if spaces, looked := searched[question]; len(matrixSees[place][kind]) == 0 && looked {
				t.Errorf("%s in the %s: %v were searched before the denial", kind, place, spaces)
			}
			mu.Unlock()
		}
	}
	if cells < 200 {
		t.Errorf("%d cells", cells)
	}
	t.Logf("%d cells", cells)
}

// TestAudienceOfClicks holds whoever clicks, opens the home page or is
// suggested something to what that person may see.
func TestAudienceOfClicks(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.start()
	asked := m.mention(m.places["team channel"], m.users["member"], "what is safe?")
	m.idle()
	answer := m.Thread(m.places["team channel"], asked.TS)[0]
	if answer.BotID == "" {
		answer = m.Thread(m.places["team channel"], asked.TS)[1]
	}
	buttons := make(map[string]string) // space -> action
	for _, c := range m.Render(answer).Controls {
		for _, space := range matrixSpaces {
			if strings.HasSuffix(c.Value, "doc-"+space) {
				buttons[space] = c.ActionID
			}
		}
	}
	if len(buttons) != len(matrixSees["team channel"]["member"]) {
		t.Fatalf("the answer has the buttons %v", buttons)
	}
	for kind, user := range m.users {
		sees := direct[kind]
		for space, action := range buttons {
			if err := m.Click(user, answer, action, ""); err != nil {
				t.Fatal(err)
			}
			m.idle()
			view := m.OpenView(user)
			m.check(t, kind, "a passage of "+space, fmt.Sprint(view.Blocks), space, slices.Contains(sees, space))
			if view.ID != "" {
				m.CloseView(user)
			}
		}
		m.Shortcut(user, asked, "ask_about_message")
		m.OpenHome(user)
		m.OpenMessages(user)
		m.idle()
		var private string
		if all := m.Ephemerals(user); len(all) > 0 {
			private = texts(all[len(all)-1:])
		}
		for _, space := range matrixSpaces {
			want := slices.Contains(sees, space)
			m.check(t, kind, "a shortcut", private, space, want)
			m.check(t, kind, "the home page", fmt.Sprint(m.Home(user).Blocks), space, want)
			if len(sees) <= 4 {
				m.check(t, kind, "the prompts", fmt.Sprint(m.Prompts(user).Prompts), space, want)
			}
		}
	}
}

func (m *matrix) check(t *testing.T, kind, what, seen, space string, want bool) {
	t.Helper()
	if got := strings.Contains(seen, "secret of "+space+" ") || strings.Contains(seen, "Papers of "+space); got != want {
		t.Errorf("%s sees %s in %s: %v, want %v", kind, space, what, got, want)
	}
}

// TestAudienceChanges: what Slack tells of people and channels holds for the
// next question, whatever was looked up before.
func TestAudienceChanges(t *testing.T) {
	t.Parallel()
	m := newMatrix(t)
	m.start()
	outsider, team := m.users["outsider"], m.places["team channel"]
	for _, step := range []struct {
		what, place, kind, space string
		change                   func()
		want                     bool
	}{
		{"before", "direct message", "outsider", "team", func() {}, false},
		{"who joins a channel", "direct message", "outsider", "team", func() { m.Join(team, outsider) }, true},
		{"who leaves it", "direct message", "outsider", "team", func() { m.Leave(team, outsider) }, false},
		{"who is a member", "direct message", "outsider", rag.Everyone, func() {}, true},
		{"who becomes a guest", "direct message", "outsider", rag.Everyone, func() { m.ChangeUser(outsider, func(u *slacktest.User) { u.Guest = true }) }, false},
		{"a channel", "other channel", "member", rag.Everyone, func() {}, true},
		{"a channel that is shared", "other channel", "member", rag.Everyone, func() { m.ShareChannel(m.places["other channel"], "T0OTHER") }, false},
		{"one that is not any more", "other channel", "member", rag.Everyone, func() { m.ShareChannel(m.places["other channel"]) }, true},
	} {
		step.change()
		m.idle()
		seen := m.ask(step.place, step.kind, "what is safe with "+step.what+"?")
		m.check(t, step.kind, step.what, seen, step.space, step.want)
	}
}
