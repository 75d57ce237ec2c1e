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
// post, edit, click, submit, share files. The app acts through the Web API, and
// what it sends is validated as Slack does, with Slack's own error codes. The
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
// # What it knows of Slack
//
// It has the methods, the blocks and the events that docent uses and no others.
// A method that it does not have is refused with "unknown_method", a block with
// "invalid_blocks", and arguments such as chunks, attachments and reply_broadcast
// with "not_in_slacktest": what the bot is to use is added here first.
//
// How it behaves was gathered in November 2026, from three places:
//   - Slack's documentation (docs.slack.dev, as of August 2026) for methods,
//     error codes, the 3 seconds of acknowledgements and
//     triggers, the 5 uses in 30 minutes of a response_url, 10 connections, and
//     the sizes of blocks and views.
//   - What others measured on real workspaces and published: a stream dies 300
//     to 318 seconds after its start whatever is appended, and may be updated
//     only then or after its stop (python-slack-sdk issue 1859, node-slack-sdk
//     issue 2702); a message of 11,341 characters of rich text is refused with
//     msg_blocks_too_long (bolt-js issue 2867), which is where the bound here
//     comes from, as Slack names none.
//   - slack-go v0.35.0 against a server on loopback, for what arrives: arguments
//     as forms, an empty metadata object where there is none.
//
// No real workspace was at hand, so nothing here was compared with one.
//
// Lengths are counted in UTF-16 code units, which is never less than what Slack
// may count, so that what passes here passes there.
package slacktest
