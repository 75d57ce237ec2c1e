package slacktest_test

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"docent/bot/slacktest"
)

// A person asks, an app answers in the thread, and the test reads what the
// person does.
func Example() {
	w := slacktest.New(slacktest.Options{})
	defer w.Close()
	claire := w.AddUser(slacktest.User{Name: "claire"})
	general := w.AddChannel(slacktest.Channel{Name: "general", Members: []string{claire, w.BotUserID()}})
	asked := w.Post(general, claire, "<@"+w.BotUserID()+"> how long is parental leave?")

	api := slack.New(w.BotToken(), slack.OptionAPIURL(w.URL()))
	_, _, err := api.PostMessageContext(context.Background(), general, slack.MsgOptionTS(asked.TS),
		slack.MsgOptionText("<@"+claire+"> 16 weeks, says <https://docs.example.com/leave|the handbook>.", false))
	fmt.Println(err)

	answer := w.Render(w.Thread(general, asked.TS)[1])
	fmt.Println(answer.Text)
	fmt.Println(answer.Pings[0] == claire, answer.Links)
	// Output:
	// <nil>
	// @claire 16 weeks, says the handbook.
	// true [{https://docs.example.com/leave the handbook}]
}
