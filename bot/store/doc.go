// Package store keeps what the bot must remember across restarts, in one SQLite
// file: what Slack delivered, which questions were asked and answered, in which
// messages, which threads are followed, and what people think of the answers.
//
//	s, err := store.Open(ctx, "slack.db")
//	defer s.Close()
//	isNew, err := s.Receive(ctx, delivery, time.Now()) // before Slack is told that it came
//	ours, again, err := s.Claim(ctx, question, time.Now())
//	// … post the answer if ours …
//	err = s.SetAnswer(ctx, question.ID, language, answer)
//	err = s.Finish(ctx, delivery.ID)
//
// A delivery is new once, and one delivery alone claims a question, so that a
// redelivery answers nothing twice. After a kill, Pending returns the deliveries
// that were not finished. Once a call has returned, a kill loses nothing of it.
//
// The file holds people's words: nobody but its owner may read it.
package store
