package slacktest

import (
	"fmt"
	"strings"
)

// blocks checks each block by the rules of its type. Types that docent sends
// nowhere are not known here, and refused as a type that Slack does not know.
func (v *validator) blocks(at string, blocks []Block) {
	ids := make(map[string]bool)
	for i, b := range blocks {
		here := fmt.Sprintf("%s/%d", at, i)
		id := b.str("block_id")
		v.text(here+"/block_id", id, 0, 255)
		if ids[id] {
			v.fault(here+"/block_id", "`block_id` %q already exists", id)
		}
		ids[id] = true
		v.block(here, b)
	}
}

func (v *validator) block(at string, b Block) {
	all := b.list("elements")
	switch kind := b.kind(); {
	case kind == "section":
		v.textObject(at+"/text", b.sub("text"), 3000, "plain_text", "mrkdwn")
	case kind == "header":
		v.plainText(at+"/text", b.sub("text"), 150)
	case kind == "divider":
	case kind == "context":
		v.count(at+"/elements", len(all), 1, 10)
		for i, e := range all {
			v.textObject(fmt.Sprintf("%s/elements/%d", at, i), e, 3000, "plain_text", "mrkdwn")
		}
	case kind == "actions":
		v.elements(at, all, 25, "button")
	case kind == "context_actions" && v.where == inMessage:
		v.elements(at, all, 5, "feedback_buttons")
	case kind == "input" && v.where != inMessage:
		v.plainText(at+"/label", b.sub("label"), 2000)
		v.element(at+"/element", b.sub("element"), "plain_text_input")
	case kind == "rich_text":
		v.richText(at, all)
	default:
		v.fault(at+"/type", "unsupported type: %s", kind)
	}
}

// elements checks interactive elements that stand together, whose action IDs
// must differ.
func (v *validator) elements(at string, all []Block, most int, kind string) {
	v.count(at+"/elements", len(all), 1, most)
	seen := make(map[string]bool)
	for i, e := range all {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		v.element(here, e, kind)
		if id := e.str("action_id"); seen[id] {
			v.fault(here+"/action_id", "`action_id` %q already exists", id)
		}
		seen[e.str("action_id")] = true
	}
}

func (v *validator) element(at string, e Block, kind string) {
	v.text(at+"/action_id", e.str("action_id"), 1, 255)
	if e.kind() != kind {
		v.fault(at+"/type", "unsupported type: %s", e.kind())
		return
	}
	switch kind {
	case "button":
		v.button(at, e)
	case "feedback_buttons":
		v.button(at+"/positive_button", e.sub("positive_button"))
		v.button(at+"/negative_button", e.sub("negative_button"))
	case "plain_text_input":
		v.plainText(at+"/placeholder", e.sub("placeholder"), 150)
		if e.number("max_length") > 3000 {
			v.fault(at+"/max_length", "must be less than 3001")
		}
	}
}

func (v *validator) button(at string, e Block) {
	v.plainText(at+"/text", e.sub("text"), 75)
	v.text(at+"/value", e.str("value"), 0, 2000)
	v.text(at+"/accessibility_label", e.str("accessibility_label"), 0, 75)
	if style := e.str("style"); style != "" && style != "primary" && style != "danger" {
		v.fault(at+"/style", "must be primary or danger")
	}
}

func (v *validator) richText(at string, all []Block) {
	v.count(at+"/elements", len(all), 1, 1000)
	for i, e := range all {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		switch e.kind() {
		case "rich_text_section", "rich_text_quote":
			v.richSection(here, e)
		case "rich_text_list":
			for j, item := range e.list("elements") {
				v.richSection(fmt.Sprintf("%s/elements/%d", here, j), item)
			}
		default:
			v.fault(here+"/type", "unsupported type: %s", e.kind())
		}
	}
}

func (v *validator) richSection(at string, b Block) {
	for i, e := range b.list("elements") {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		switch e.kind() {
		case "text":
			v.text(here+"/text", e.str("text"), 1, 1<<20)
		case "link":
			v.text(here+"/url", e.str("url"), 1, 3000)
			if !strings.Contains(e.str("url"), "://") {
				v.fault(here+"/url", "must be a valid URL")
			}
		case "user", "usergroup", "channel", "broadcast":
		default:
			v.fault(here+"/type", "unsupported type: %s", e.kind())
		}
	}
}
