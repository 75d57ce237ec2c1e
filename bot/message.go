package bot

import (
	"github.com/slack-go/slack"
)

// message is what is posted at once.
type message struct {
	// text is what notifications and screen readers get: mrkdwn, so that what
	// goes in is escaped.
	text   string
	blocks []slack.Block
}

// What one message may hold. Slack allows 50 blocks, and refuses about 11,000
// characters of rich text (msg_blocks_too_long) without saying where exactly
// the bound lies.
const (
	maxBlocks = 40
	maxSize   = 8000
	// maxRun is the length of one run of text, maxText that of message.text.
	maxRun  = 2800
	maxText = 700
)

// notice is a message of one sentence of the bot's own.
func notice(s string) message {
	return message{text: mrkdwn(cut(s, maxText)), blocks: []slack.Block{rich(section(text(cut(line(s), maxRun))))}}
}

func rich(elements ...slack.RichTextElement) *slack.RichTextBlock {
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
	if s = plain(s); s == "" {
		s = " "
	}
	return slack.NewRichTextSectionTextElement(s, style)
}

// linked is text that leads to a document where it has an address.
func linked(s, uri string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	if a := address(uri); a != "" {
		return slack.NewRichTextSectionLinkElement(a, plain(s), style)
	}
	return styled(s, style)
}

// label is the text of buttons and the like: never markup, nor emoji by name.
func label(s string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, cut(line(s), most), false, false)
}

func button(action, value, caption string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, label(caption, 75))
}

// composer fills messages one after the other.
type composer struct {
	messages []message
	blocks   []slack.Block
	size     int
	// buttons belong to what is in the message, and come in one row.
	buttons []slack.BlockElement
}

// add puts blocks that belong together, of a size together, with buttons.
func (c *composer) add(size int, buttons []slack.BlockElement, blocks ...slack.Block) {
	if len(c.blocks) > 0 && (c.size+size > maxSize || len(c.blocks)+len(blocks) > maxBlocks || len(c.buttons)+len(buttons) > 20) {
		c.end()
	}
	c.blocks = append(c.blocks, blocks...)
	c.buttons = append(c.buttons, buttons...)
	c.size += size
}

// row puts the buttons that there are.
func (c *composer) row() {
	if len(c.buttons) > 0 {
		c.blocks = append(c.blocks, slack.NewActionBlock("", c.buttons...))
	}
	c.buttons = nil
}

// end closes the message that is being filled.
func (c *composer) end() {
	c.row()
	if len(c.blocks) > 0 {
		c.messages = append(c.messages, message{blocks: c.blocks})
	}
	c.blocks, c.size = nil, 0
}
