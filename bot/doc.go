// Package bot answers in Slack: events in, answers out.
//
//	b, err := bot.New(bot.Options{BotToken: "xoxb-…", AppToken: "xapp-…", State: "slack.db", Answerer: answerer, Library: library})
//	defer b.Close()
//	err = b.Run(ctx) // until ctx ends, or Slack refuses the tokens
//
// What Slack delivers, over Socket Mode ([Bot.Run]) or to [Bot.Handler], goes
// the same way. It is written to a table of SQLite before Slack is told that it
// came, so that neither a kill nor a redelivery loses or doubles it; a queue
// keyed by thread keeps what is said there in order; a bounded number of workers
// do the rest.
//
// A question is admitted or denied before anything is looked up: by who asks
// and where, see [Access]. The audience of an answer is its conversation: in a
// channel only what everyone there may see, in a direct message or an answer
// that one person sees what that person may. Whoever clicks a button is held
// to the same.
//
// An answer is posted as rich text, in which a document's words are never
// markup: nobody is pinged, nothing unfolds, and a link leads to a document's
// own address or nowhere. Slack knows no idempotent post, so that each carries
// its question's name, and one whose outcome is not known is looked up before
// it is tried again.
package bot
