package main

import "docent/bot/slacktest"

// town is a workspace and who and what is in it, in the order of the page.
type town struct {
	*slacktest.Workspace
	people   []person
	channels []room
}

type person struct{ ID, Name, About string }

type room struct{ ID, Name string }

// populate brings in people of every kind that a bot tells apart, and channels
// of every kind.
func populate(w *slacktest.Workspace) *town {
	t := &town{Workspace: w}
	add := func(about string, u slacktest.User) string {
		id := w.AddUser(u)
		t.people = append(t.people, person{id, u.Name, about})
		return id
	}
	claire := add("speaks French", slacktest.User{Name: "claire", RealName: "Claire Martin", Locale: "fr-FR", Admin: true})
	bob := add("speaks English", slacktest.User{Name: "bob", RealName: "Bob Stone"})
	guest := add("guest", slacktest.User{Name: "gina", RealName: "Gina Hale", Guest: true})
	stranger := add("of another company", slacktest.User{Name: "stan", RealName: "Stan Field", Stranger: true, Team: "T0OTHER"})

	open := func(c slacktest.Channel) {
		c.Members = append(c.Members, w.BotUserID())
		t.channels = append(t.channels, room{w.AddChannel(c), c.Name})
	}
	open(slacktest.Channel{Name: "general", Members: []string{claire, bob, guest}, General: true})
	open(slacktest.Channel{Name: "equipe", Members: []string{claire, bob}, Private: true})
	open(slacktest.Channel{Name: "partners", Members: []string{claire, stranger}, Shared: []string{"T0OTHER"}})
	return t
}

func (t *town) name(user string) string {
	for _, p := range t.people {
		if p.ID == user {
			return p.Name
		}
	}
	if user == t.BotUserID() {
		return "docent"
	}
	return "somebody"
}
