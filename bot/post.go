package bot

import (
	"context"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"docent/bot/render"
)

// post is a message that must come about once, whatever happens to the calls
// and to the program.
type post struct {
	channel, thread string
	// question and part name it for ever.
	question string
	part     int
	render.Message
}

// metadataType names what the bot's messages carry; the rest is IDs, since
// every app of the workspace can read it.
const metadataType = "docent_answer"

func (p post) options() []slack.MsgOption {
	return append(msgOptions(p.Message), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType,
		EventPayload: map[string]any{"question": p.question, "part": strconv.Itoa(p.part)}}))
}

// inThread adds the thread to a message's options, if there is one.
func inThread(options []slack.MsgOption, thread string) []slack.MsgOption {
	if thread == "" {
		return options
	}
	return append(options, slack.MsgOptionTS(thread))
}

// msgOptions are the options of whatever shows a message: nothing unfolds, and
// what looks like a name or an address stays as it is.
func msgOptions(m render.Message) []slack.MsgOption {
	return []slack.MsgOption{slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionParse(false)}
}

// deliver posts it and returns its timestamp. A call that may have worked is
// looked up before it is tried again; so is the first where the message may be
// there from an earlier run.
func (b *Bot) deliver(ctx context.Context, p post, again bool) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, maxElapsed)
	defer cancel()
	for n := 1; ; n++ {
		if again {
			ts, err := b.findPosted(ctx, p)
			if ts != "" || err != nil {
				return ts, err
			}
		}
		_, ts, err := b.api.PostMessageContext(ctx, p.channel, inThread(p.options(), p.thread)...)
		if err == nil && ts != "" {
			return ts, nil
		}
		if err == nil {
			err = errNoTimestamp
		}
		f, after := outcomeOf(err)
		if f == outcomeRefused || ctx.Err() != nil {
			return "", fmt.Errorf("post an answer: %w", err)
		}
		again = again || f == outcomeUnknown
		if b.opts.Clock.Wait(ctx, max(after, backoff(n))) != nil {
			return "", fmt.Errorf("post an answer: %w", err)
		}
	}
}

// findPosted looks for the message in its thread, or in the channel, and returns
// "" if it is not there.
func (b *Bot) findPosted(ctx context.Context, p post) (string, error) {
	var found string
	err := b.retry.untilDone(ctx, func(ctx context.Context) error {
		messages, err := b.threadMessages(ctx, p)
		for _, m := range messages {
			if m.Metadata.EventType == metadataType && m.Metadata.EventPayload["question"] == p.question &&
				m.Metadata.EventPayload["part"] == strconv.Itoa(p.part) {
				found = m.Timestamp
			}
		}
		return err
	})
	if errorCode(err) == "thread_not_found" {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look for an answer that may be there: %w", err)
	}
	return found, nil
}

func (b *Bot) threadMessages(ctx context.Context, p post) ([]slack.Message, error) {
	if p.thread == "" {
		h, err := b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: p.channel, Limit: 100, IncludeAllMetadata: true})
		if err != nil {
			return nil, err
		}
		return h.Messages, nil
	}
	var all []slack.Message
	for cursor := ""; ; {
		page, more, next, err := b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: p.channel, Timestamp: p.thread, Cursor: cursor, Limit: 200, IncludeAllMetadata: true})
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if cursor = next; !more || cursor == "" {
			return all, nil
		}
	}
}

// replaceMessage is idempotent: done twice it is the same.
func (b *Bot) replaceMessage(ctx context.Context, channel, ts string, options []slack.MsgOption) error {
	err := b.retry.untilDone(ctx, func(ctx context.Context) error {
		_, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, options...)
		return err
	})
	if err != nil {
		return fmt.Errorf("replace a message: %w", err)
	}
	return nil
}

// deleteMessage deletes a message; that it is gone already is no error.
func (b *Bot) deleteMessage(ctx context.Context, channel, ts string) error {
	err := b.retry.untilDone(ctx, func(ctx context.Context) error {
		_, _, err := b.api.DeleteMessageContext(ctx, channel, ts)
		return err
	})
	if err != nil && errorCode(err) != "message_not_found" {
		return fmt.Errorf("remove a message: %w", err)
	}
	return nil
}

// postEphemeral shows a line to one person. It is worth a few tries and no
// more: it is gone with the next reload anyway.
func (b *Bot) postEphemeral(ctx context.Context, channel, thread, user string, m render.Message) {
	options := inThread(msgOptions(m), thread)
	err := b.retry.do(ctx, func(ctx context.Context) error {
		_, err := b.api.PostEphemeralContext(ctx, channel, user, options...)
		return err
	})
	if err != nil {
		b.log.Warn("a line to one person was not shown", "error", err)
	}
}

// respond puts a message in the place of what a command or a shortcut began
// with, seen by that person only.
func (b *Bot) respond(ctx context.Context, url string, m render.Message, replace bool) error {
	options := append([]slack.MsgOption{slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral)}, msgOptions(m)...)
	if replace {
		options = append(options, slack.MsgOptionReplaceOriginal(url))
	}
	err := b.retry.upTo(ctx, 4, func(ctx context.Context) error { // of five that Slack takes
		_, _, _, err := b.api.SendMessageContext(ctx, "", options...)
		return err
	})
	if err != nil {
		return fmt.Errorf("answer a command: %w", err)
	}
	return nil
}
