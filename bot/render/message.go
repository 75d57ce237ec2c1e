package render

import (
	"github.com/slack-go/slack"
)

// Message is one message to post.
type Message struct {
	// Text is for notifications and screen readers: mrkdwn, with all that others
	// wrote escaped.
	Text   string
	Blocks []slack.Block
}

// What one message may hold. Slack allows 50 blocks, and refuses about 11,000
// characters of rich text (msg_blocks_too_long) without saying where exactly
// the bound lies.
const (
	maxBlocks = 40
	maxSize   = 8000
	// maxRun is the length of one run of text, maxText that of Message.Text.
	maxRun  = 2800
	maxText = 700
)

// Notice is a message of the bot's own, such as those of a [Catalogue].
func Notice(s string) Message {
	return Message{Text: escapeMrkdwn(Truncate(s, maxText)), Blocks: []slack.Block{richText(section(text(Truncate(OneLine(s), maxRun))))}}
}

func richText(elements ...slack.RichTextElement) *slack.RichTextBlock {
	return slack.NewRichTextBlock("", elements...)
}

func section(elements ...slack.RichTextSectionElement) *slack.RichTextSection {
	return slack.NewRichTextSection(elements...)
}

func quotation(elements ...slack.RichTextSectionElement) *slack.RichTextQuote {
	return &slack.RichTextQuote{Type: slack.RTEQuote, Elements: elements}
}

// text is a run of rich text, in which nothing is markup. Slack refuses empty
// ones.
func text(s string) slack.RichTextSectionElement { return styled(s, nil) }

func bold(s string) slack.RichTextSectionElement {
	return styled(s, &slack.RichTextSectionTextStyle{Bold: true})
}

func italic(s string) slack.RichTextSectionElement {
	return styled(s, &slack.RichTextSectionTextStyle{Italic: true})
}

func styled(s string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	if s = Sanitize(s); s == "" {
		s = " "
	}
	return slack.NewRichTextSectionTextElement(s, style)
}

// linked is text, and a link if the URI has a web address.
func linked(s, uri string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	if a := linkURL(uri); a != "" {
		return slack.NewRichTextSectionLinkElement(a, Sanitize(s), style)
	}
	return styled(s, style)
}

// label is a plain text object, in which neither markup nor emoji names count.
func label(s string, limit int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, Truncate(OneLine(s), limit), false, false)
}

func button(action, value, caption string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, label(caption, 75))
}

// builder distributes blocks over messages that Slack accepts.
type builder struct {
	messages []Message
	blocks   []slack.Block
	size     int
	// buttons belong to what is in the message, and come in one row below it.
	buttons []slack.BlockElement
}

// add appends blocks with their buttons, which stay in one message. size is the
// length of their text.
func (b *builder) add(size int, buttons []slack.BlockElement, blocks ...slack.Block) {
	if len(b.blocks) > 0 && (b.size+size > maxSize || len(b.blocks)+len(blocks) > maxBlocks || len(b.buttons)+len(buttons) > 20) {
		b.flush()
	}
	b.blocks = append(b.blocks, blocks...)
	b.buttons = append(b.buttons, buttons...)
	b.size += size
}

// flushButtons ends the message with its row of buttons.
func (b *builder) flushButtons() {
	if len(b.buttons) > 0 {
		b.blocks = append(b.blocks, slack.NewActionBlock("", b.buttons...))
	}
	b.buttons = nil
}

// flush closes the current message.
func (b *builder) flush() {
	b.flushButtons()
	if len(b.blocks) > 0 {
		b.messages = append(b.messages, Message{Blocks: b.blocks})
	}
	b.blocks, b.size = nil, 0
}
