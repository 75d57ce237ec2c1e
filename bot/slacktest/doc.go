// Package slacktest is a Slack workspace in memory: people, channels, messages,
// files and views, with the Web API and Socket Mode of Slack in front of them
// on a loopback port. A bot that is pointed at it by its API URL needs no other
// change.
//
//	w := slacktest.New(slacktest.Options{})
//	defer w.Close()
//	claire := w.AddUser(slacktest.User{Name: "claire", Locale: "fr-FR"})
//	general := w.AddChannel(slacktest.Channel{Name: "general", Members: []string{claire, w.BotUserID()}})
//	// … start the bot with w.URL(), w.BotToken() and w.AppToken() …
//	asked := w.Post(general, claire, "<@"+w.BotUserID()+"> how long is parental leave?")
//	err := w.Wait(ctx, func(s *slacktest.State) bool { return len(s.Thread(general, asked.TS)) > 1 })
//
// Three sides are kept apart. People act through methods of [Workspace]: they
// post, edit, click, submit, upload. The app acts through the Web API, and what
// it sends is checked as Slack checks it, with Slack's own error codes. The
// tests look through [State], which shows what a reader would see, and through
// [Workspace.Render], which resolves one message to the text, the pings and the
// links that a reader would meet.
//
// Events reach the app over Socket Mode, or over signed HTTP requests after
// [Workspace.UseHTTP]. An envelope that is not acknowledged in time comes
// again, three times at most; interactions come once.
//
// What goes wrong at Slack goes wrong here when it is asked to: [Workspace.Fault]
// breaks calls by method and number, [Workspace.Sockets] breaks connections and
// the order of envelopes, [Workspace.Down] takes the network away.
//
// Lengths are counted in UTF-16 code units, which is never less than what Slack
// may count, so that what passes here passes there.
package slacktest
