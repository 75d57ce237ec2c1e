package slacktest

import (
	"fmt"
	"strings"
)

// element checks an interactive element.
func (k *checker) element(at string, e Block) {
	k.text(at+"/action_id", e.str("action_id"), 0, 255)
	if c := e.sub("confirm"); c != nil {
		k.confirm(at+"/confirm", c)
	}
	switch kind := e.kind(); kind {
	case "button":
		k.plain(at+"/text", e.sub("text"), 75)
		k.button(at, e)
	case "feedback_buttons":
		for _, side := range []string{"positive_button", "negative_button"} {
			k.plain(at+"/"+side+"/text", e.sub(side).sub("text"), 75)
			k.button(at+"/"+side, e.sub(side))
		}
	case "icon_button":
		k.plain(at+"/text", e.sub("text"), 75)
		k.button(at, e)
		if e.str("icon") != "trash" {
			k.fault(at+"/icon", "unsupported icon")
		}
	case "image":
		k.image(at, e)
	case "overflow":
		k.options(at, e, 5)
	case "radio_buttons", "checkboxes":
		k.options(at, e, 10)
	case "static_select", "multi_static_select":
		k.placeholder(at, e)
		if len(e.list("option_groups")) == 0 {
			k.options(at, e, 100)
		}
	case "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input":
		k.placeholder(at, e)
		k.text(at+"/initial_value", e.str("initial_value"), 0, 3000)
		if e.number("max_length") > 3000 {
			k.fault(at+"/max_length", "must be less than 3001")
		}
	case "external_select", "users_select", "conversations_select", "channels_select", "multi_users_select",
		"multi_conversations_select", "multi_channels_select", "multi_external_select", "datepicker",
		"timepicker", "datetimepicker", "file_input", "workflow_button":
		k.placeholder(at, e)
	default:
		k.fault(at+"/type", "unsupported type: %s", kind)
	}
}

func (k *checker) button(at string, e Block) {
	k.text(at+"/value", e.str("value"), 0, 2000)
	k.text(at+"/accessibility_label", e.str("accessibility_label"), 0, 75)
	if url, there := e["url"]; there {
		s, _ := url.(string)
		k.text(at+"/url", s, 1, 3000)
		if !strings.Contains(s, "://") && !strings.HasPrefix(s, "mailto:") {
			k.fault(at+"/url", "must be a valid URL")
		}
	}
	if style := e.str("style"); style != "" && style != "primary" && style != "danger" {
		k.fault(at+"/style", "must be primary or danger")
	}
}

func (k *checker) placeholder(at string, e Block) {
	if p := e.sub("placeholder"); p != nil {
		k.plain(at+"/placeholder", p, 150)
	}
}

func (k *checker) options(at string, e Block, most int) {
	all := e.list("options")
	k.count(at+"/options", len(all), 1, most)
	seen := make(map[string]bool)
	for i, o := range all {
		here := fmt.Sprintf("%s/options/%d", at, i)
		k.prose(here+"/text", o.sub("text"), 75)
		k.text(here+"/value", o.str("value"), 1, 150)
		if d := o.sub("description"); d != nil {
			k.prose(here+"/description", d, 75)
		}
		if v := o.str("value"); seen[v] {
			k.fault(here+"/value", "value %q already exists", v)
		} else {
			seen[v] = true
		}
	}
}

func (k *checker) confirm(at string, c Block) {
	k.plain(at+"/title", c.sub("title"), 100)
	k.prose(at+"/text", c.sub("text"), 300)
	k.plain(at+"/confirm", c.sub("confirm"), 30)
	k.plain(at+"/deny", c.sub("deny"), 30)
}
