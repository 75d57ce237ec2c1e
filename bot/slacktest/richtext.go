package slacktest

import (
	"regexp"
	"strconv"
)

var rawMention = regexp.MustCompile(`<[@#!][^<>\s]+>`)

// richText writes a rich_text block.
func (p *pageMaker) richText(b Block) {
	for _, e := range b.list("elements") {
		switch e.kind() {
		case "rich_text_list":
			p.richList(e)
		case "rich_text_quote":
			p.line()
			p.with(func(x *Piece) { x.Quote = true }, func() { p.richSection(e) })
			p.line()
		case "rich_text_preformatted":
			p.line()
			p.with(func(x *Piece) { x.Code = true }, func() { p.richSection(e) })
			p.line()
		default:
			p.richSection(e)
		}
	}
}

func (p *pageMaker) richList(list Block) {
	for i, item := range list.list("elements") {
		p.line()
		mark := "• "
		if list.str("style") == "ordered" {
			mark = strconv.Itoa(i+1+int(list.number("offset"))) + ". "
		}
		for range int(list.number("indent")) {
			mark = "  " + mark
		}
		p.write(mark)
		p.richSection(item)
	}
	p.line()
}

func (p *pageMaker) richSection(section Block) {
	for _, e := range section.list("elements") {
		style := e.sub("style")
		p.with(func(x *Piece) {
			x.Bold = x.Bold || style.flag("bold")
			x.Italic = x.Italic || style.flag("italic")
			x.Strike = x.Strike || style.flag("strike")
			x.Code = x.Code || style.flag("code")
		}, func() { p.richElement(e) })
	}
}

func (p *pageMaker) richElement(e Block) {
	switch e.kind() {
	case "text":
		text := e.str("text")
		if raw := rawMention.FindString(text); raw != "" {
			p.problem("markup shows: %s", raw)
		}
		p.richLines(text)
	case "link":
		p.link(e.str("url"), orDefault(e.str("text"), e.str("url")))
	case "user":
		p.user(e.str("user_id"))
	case "channel":
		p.channel(e.str("channel_id"))
	case "usergroup":
		p.group(e.str("usergroup_id"))
	case "broadcast":
		p.ping(e.str("range"), "@"+e.str("range"))
	case "emoji":
		p.write(":" + e.str("name") + ":")
	case "citation":
		p.link(e.str("url"), orDefault(e.str("text"), "["+strconv.Itoa(int(e.number("index")))+"]"))
	case "date":
		p.write(e.str("fallback"))
	}
}

// richLines writes text in which nothing is markup.
func (p *pageMaker) richLines(text string) {
	start := 0
	for i := range len(text) {
		if text[i] == '\n' {
			p.write(text[start:i])
			p.newline()
			start = i + 1
		}
	}
	p.write(text[start:])
}
