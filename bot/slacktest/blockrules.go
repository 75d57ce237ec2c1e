package slacktest

import (
	"fmt"
	"strings"
)

// blockRule says where a type of block may stand and what it must look like.
type blockRule struct {
	where []surface
	check func(k *checker, at string, b Block)
}

func anywhere() []surface { return []surface{inMessage, inStream, inModal, inHome} }
func messages() []surface { return []surface{inMessage, inStream} }

func blockRules() map[string]blockRule {
	free := func(*checker, string, Block) {}
	return map[string]blockRule{
		"section":         {anywhere(), (*checker).section},
		"header":          {anywhere(), func(k *checker, at string, b Block) { k.plain(at+"/text", b.sub("text"), 150) }},
		"divider":         {anywhere(), free},
		"context":         {anywhere(), (*checker).context},
		"actions":         {anywhere(), (*checker).actions},
		"image":           {anywhere(), (*checker).image},
		"input":           {anywhere(), (*checker).input},
		"rich_text":       {anywhere(), (*checker).richText},
		"video":           {anywhere(), free},
		"markdown":        {messages(), (*checker).markdownBlock},
		"context_actions": {messages(), (*checker).contextActions},
		"container":       {messages(), (*checker).container},
		"table":           {messages(), (*checker).table},
		"task_card":       {messages(), (*checker).taskCard},
		"plan":            {messages(), (*checker).plan},
		"file":            {[]surface{inMessage}, free},
		"data_table":      {messages(), free},
		"alert":           {[]surface{inStream, inModal}, free},
		"card":            {[]surface{inStream}, free},
		"carousel":        {[]surface{inStream}, free},
	}
}

func (k *checker) section(at string, b Block) {
	text, fields := b.sub("text"), b.list("fields")
	if text == nil && len(fields) == 0 {
		k.fault(at, "missing required field: text")
	}
	if text != nil {
		k.prose(at+"/text", text, 3000)
	}
	k.count(at+"/fields", len(fields), 0, 10)
	for i, f := range fields {
		k.prose(fmt.Sprintf("%s/fields/%d", at, i), f, 2000)
	}
	if a := b.sub("accessory"); a != nil {
		k.element(at+"/accessory", a)
	}
}

func (k *checker) context(at string, b Block) {
	all := b.list("elements")
	k.count(at+"/elements", len(all), 1, 10)
	for i, e := range all {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		if e.kind() == "image" {
			k.image(here, e)
			continue
		}
		k.prose(here, e, 3000)
	}
}

func (k *checker) actions(at string, b Block) {
	all := b.list("elements")
	k.count(at+"/elements", len(all), 1, 25)
	k.each(at, all)
}

func (k *checker) contextActions(at string, b Block) {
	all := b.list("elements")
	k.count(at+"/elements", len(all), 1, 5)
	for i, e := range all {
		if t := e.kind(); t != "feedback_buttons" && t != "icon_button" {
			k.fault(fmt.Sprintf("%s/elements/%d", at, i), "unsupported type: %s", t)
		}
	}
	k.each(at, all)
}

// each checks elements that stand together, whose action IDs must differ.
func (k *checker) each(at string, all []Block) {
	seen := make(map[string]bool)
	for i, e := range all {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		k.element(here, e)
		if id := e.str("action_id"); id != "" {
			if seen[id] {
				k.fault(here+"/action_id", "`action_id` %q already exists", id)
			}
			seen[id] = true
		}
	}
}

func (k *checker) image(at string, b Block) {
	switch url := b.str("image_url"); {
	case url == "" && b.sub("slack_file") == nil:
		k.fault(at, "missing required field: image_url")
	case url != "":
		k.text(at+"/image_url", url, 1, 3000)
		if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
			k.fault(at+"/image_url", "must be a valid URL")
		}
	}
	k.text(at+"/alt_text", b.str("alt_text"), 1, 2000)
}

func (k *checker) input(at string, b Block) {
	k.plain(at+"/label", b.sub("label"), 2000)
	if hint := b.sub("hint"); hint != nil {
		k.plain(at+"/hint", hint, 2000)
	}
	k.element(at+"/element", b.sub("element"))
}

func (k *checker) markdownBlock(at string, b Block) {
	n := length(b.str("text"))
	k.text(at+"/text", b.str("text"), 1, markdownLimit)
	if k.markdown+n > markdownLimit && n <= markdownLimit {
		k.fault(at+"/text", "markdown blocks must be less than %d characters together", markdownLimit+1)
	}
	k.markdown += n
}

func (k *checker) container(at string, b Block) {
	if b.sub("title") != nil {
		k.plain(at+"/title", b.sub("title"), 150)
	} else if b.sub("rich_text_title") == nil {
		k.fault(at, "missing required field: title")
	}
	children := b.list("child_blocks")
	k.count(at+"/child_blocks", len(children), 1, 10)
	name(children)
	for i, child := range children {
		if child.kind() == "container" {
			k.fault(fmt.Sprintf("%s/child_blocks/%d", at, i), "container is not allowed here")
			return
		}
	}
	k.blocks(at+"/child_blocks", children)
}

func (k *checker) table(at string, b Block) {
	k.tables++
	if k.tables > 1 {
		k.fault(at, "only one table allowed")
	}
	rows, _ := b["rows"].([]any)
	k.count(at+"/rows", len(rows), 1, 100)
	for i, row := range rows {
		cells, _ := row.([]any)
		k.count(fmt.Sprintf("%s/rows/%d", at, i), len(cells), 1, 20)
		for j, cell := range cells {
			k.tableCell(fmt.Sprintf("%s/rows/%d/%d", at, i, j), cell)
		}
	}
}

func (k *checker) tableCell(at string, cell any) {
	m, _ := cell.(map[string]any)
	switch kind := Block(m).kind(); kind {
	case "raw_text", "raw_number", "rich_text":
	default:
		k.fault(at+"/type", "unsupported type: %s", kind)
	}
}

func (k *checker) taskCard(at string, b Block) {
	k.text(at+"/task_id", b.str("task_id"), 1, 255)
	k.text(at+"/title", b.str("title"), 1, 256)
	if b.str("status") == "pending" {
		k.fault(at+"/status", "pending is allowed inside a plan only")
	}
	for _, field := range []string{"details", "output"} {
		if inner := b.sub(field); inner != nil && inner.kind() != "rich_text" {
			k.fault(at+"/"+field, "must provide an object of type rich_text")
		}
	}
}

func (k *checker) plan(at string, b Block) {
	k.text(at+"/title", b.str("title"), 1, 256)
	for i, t := range b.list("tasks") {
		here := fmt.Sprintf("%s/tasks/%d", at, i)
		k.text(here+"/task_id", t.str("task_id"), 1, 255)
		k.text(here+"/title", t.str("title"), 1, 256)
	}
}

func (k *checker) richText(at string, b Block) {
	all := b.list("elements")
	k.count(at+"/elements", len(all), 1, 1000)
	for i, e := range all {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		switch e.kind() {
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			k.richSection(here, e)
		case "rich_text_list":
			for j, item := range e.list("elements") {
				k.richSection(fmt.Sprintf("%s/elements/%d", here, j), item)
			}
		default:
			k.fault(here+"/type", "unsupported type: %s", e.kind())
		}
	}
}

func (k *checker) richSection(at string, b Block) {
	for i, e := range b.list("elements") {
		here := fmt.Sprintf("%s/elements/%d", at, i)
		switch e.kind() {
		case "text":
			k.text(here+"/text", e.str("text"), 1, 1<<20)
		case "link":
			k.text(here+"/url", e.str("url"), 1, 3000)
		case "user":
			k.text(here+"/user_id", e.str("user_id"), 1, 255)
		case "channel":
			k.text(here+"/channel_id", e.str("channel_id"), 1, 255)
		case "emoji", "broadcast", "usergroup", "team", "color", "date", "citation":
		default:
			k.fault(here+"/type", "unsupported type: %s", e.kind())
		}
	}
}
