package slacktest

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of a whole message. Slack documents none for the sum of its blocks;
// it was seen to refuse 11,341 characters of rich text.
const (
	messageBlocks = 50
	viewBlocks    = 100
	messageText   = 11_300
)

// validator finds what Slack would not take, and says it as Slack does.
type validator struct{ problems []string }

func (v *validator) fault(at, format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf("[ERROR] "+format+" [json-pointer:%s]", append(args, at)...))
}

// size checks a number of characters or items.
func (v *validator) size(at, what string, n, least, most int) {
	switch {
	case n < least:
		v.fault(at, "must have at least %d %s", least, what)
	case n > most:
		v.fault(at, "no more than %d %s allowed", most, what)
	}
}

// blocks checks each block by the rules of its type. Types that docent sends
// nowhere are not known here, and refused as a type that Slack does not know.
func (v *validator) blocks(at string, blocks []Block, most int, kinds ...string) {
	kinds = append(kinds, "section", "header", "divider", "context", "actions", "rich_text")
	v.list(at, blocks, "block_id", field{kinds: kinds, most: most})
}

// list checks the number of some objects, each of them, and that their IDs differ.
func (v *validator) list(at string, all []Block, idName string, f field) {
	v.size(at, "items", len(all), f.least, f.most)
	seen := make(map[string]bool)
	for i, b := range all {
		here := fmt.Sprintf("%s/%d", at, i)
		v.object(here, b, field{kinds: f.kinds, most: mostText})
		id := b.str(idName)
		if id != "" && seen[id] {
			v.fault(here+"/"+idName, "`%s` %q already exists", idName, id)
		}
		seen[id] = true
	}
}

// object checks an object that is of one of the field's types.
func (v *validator) object(at string, b Block, f field) {
	kind := b.kind()
	switch {
	case !slices.Contains(f.kinds, kind):
		v.fault(at+"/type", "unsupported type: %q, not one of %v", kind, f.kinds)
	case kind == "plain_text", kind == "mrkdwn":
		v.size(at+"/text", "characters", length(b.str("text")), 1, f.most)
	case kind == "button" && !slices.Contains([]string{"", "primary", "danger"}, b.str("style")):
		v.fault(at+"/style", "must be primary or danger")
	case kind == "plain_text_input" && b.number("max_length") > mostText:
		v.fault(at+"/max_length", "must be less than %d", mostText+1)
	case kind == "link" && !strings.Contains(b.str("url"), "://"):
		v.fault(at+"/url", "must be a valid URL")
	}
	v.fields(at, b, shapes[kind])
}

func (v *validator) fields(at string, b Block, fields []field) {
	for _, f := range fields {
		here := at + "/" + f.name
		switch {
		case f.shape != nil:
			v.fields(here, b.sub(f.name), f.shape)
		case f.kinds == nil:
			v.size(here, "characters", length(b.str(f.name)), f.least, f.most)
		case f.name == "elements":
			v.list(here, b.list(f.name), "action_id", f)
		default:
			v.object(here, b.sub(f.name), f)
		}
	}
}

// validateBlocks checks the blocks of a message.
func validateBlocks(blocks []Block) error {
	v := &validator{}
	v.blocks("/blocks", blocks, messageBlocks, "context_actions")
	if v.problems != nil {
		return &apiError{code: "invalid_blocks", messages: v.problems}
	}
	all := 0
	for _, b := range blocks {
		all += textLength(b)
	}
	if all > messageText {
		return refuse("msg_blocks_too_long")
	}
	return nil
}

// validateView checks a modal or a home tab.
func validateView(b Block, view *View, kind string) error {
	v := &validator{}
	if b.kind() != kind {
		v.fault("/view/type", "must be %s", kind)
	}
	v.size("/view/blocks", "items", len(view.Blocks), 1, viewBlocks)
	v.fields("/view", b, []field{{name: "private_metadata", most: 3000}, {name: "callback_id", most: 255}})
	if kind == "modal" {
		for _, label := range []string{"title", "submit", "close"} {
			if label == "title" || b.sub(label) != nil {
				v.object("/view/"+label, b.sub(label), field{kinds: plain, most: 24})
			}
		}
		asks := slices.ContainsFunc(view.Blocks, func(b Block) bool { return b.kind() == "input" })
		if asks && view.Submit == "" {
			v.fault("/view", "must define `submit` to use an input block in modals")
		}
	}
	v.blocks("/view/blocks", view.Blocks, viewBlocks, "input")
	if v.problems != nil {
		return &apiError{code: "invalid_arguments", messages: v.problems}
	}
	return nil
}
