package slacktest

import (
	"cmp"
	"regexp"
)

var rawMention = regexp.MustCompile(`<[@#!][^<>\s]+>`)

// richText writes a rich_text block.
func (r *renderer) richText(b Block) {
	for _, e := range b.list("elements") {
		switch e.kind() {
		case "rich_text_list":
			for _, item := range e.list("elements") {
				r.line()
				r.write("• ")
				r.richSection(item)
			}
			r.line()
		case "rich_text_quote":
			r.line()
			r.richSection(e)
			r.line()
		default:
			r.richSection(e)
		}
	}
}

func (r *renderer) richSection(section Block) {
	for _, e := range section.list("elements") {
		r.bold = e.sub("style").flag("bold")
		r.richElement(e)
		r.bold = false
	}
}

// richElement writes an element in whose text nothing is markup.
func (r *renderer) richElement(e Block) {
	switch e.kind() {
	case "text":
		if raw := rawMention.FindString(e.str("text")); raw != "" {
			r.problem("markup shows: %s", raw)
		}
		r.lines(e.str("text"))
	case "link":
		r.link(e.str("url"), cmp.Or(e.str("text"), e.str("url")))
	case "user":
		r.mention("@", e.str("user_id"))
	case "usergroup":
		r.mention("@", e.str("usergroup_id"))
	case "channel":
		r.mention("#", e.str("channel_id"))
	case "broadcast":
		r.ping(e.str("range"), e.str("range"))
	}
}
