package slacktest

import (
	"fmt"
	"slices"
)

// surface is where blocks are to stand.
type surface int

const (
	inMessage surface = iota
	inModal
	inHome
)

// Limits of a whole message. Slack documents none for the sum of its blocks;
// it was seen to refuse 11,341 characters of rich text.
const (
	messageBlocks = 50
	viewBlocks    = 100
	messageText   = 11_300
)

// validator finds what Slack would not take, and says it as Slack does.
type validator struct {
	where    surface
	problems []string
}

func (v *validator) fault(at, format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf("[ERROR] "+format+" [json-pointer:%s]", append(args, at)...))
}

// text checks the length of a string, which has to be there when least is 1.
func (v *validator) text(at, s string, least, most int) {
	switch n := length(s); {
	case n < least:
		v.fault(at, "must be more than %d characters", least-1)
	case n > most:
		v.fault(at, "must be less than %d characters", most+1)
	}
}

// count checks the length of an array.
func (v *validator) count(at string, n, least, most int) {
	switch {
	case n < least:
		v.fault(at, "must have at least %d items", least)
	case n > most:
		v.fault(at, "no more than %d items allowed", most)
	}
}

// textObject checks a plain_text object that has to be there, or one of either
// type.
func (v *validator) textObject(at string, b Block, most int, kinds ...string) {
	if !slices.Contains(kinds, b.kind()) {
		v.fault(at, "must provide an object of type %v", kinds)
		return
	}
	v.text(at+"/text", b.str("text"), 1, most)
}

func (v *validator) plainText(at string, b Block, most int) {
	v.textObject(at, b, most, "plain_text")
}

// validateBlocks checks the blocks of a message.
func validateBlocks(blocks []Block) error {
	v := &validator{where: inMessage}
	v.count("/blocks", len(blocks), 0, messageBlocks)
	v.blocks("/blocks", blocks)
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
	v := &validator{where: map[string]surface{"modal": inModal, "home": inHome}[kind]}
	if b.kind() != kind {
		v.fault("/view/type", "must be %s", kind)
	}
	v.count("/view/blocks", len(view.Blocks), 1, viewBlocks)
	v.text("/view/private_metadata", b.str("private_metadata"), 0, 3000)
	v.text("/view/callback_id", b.str("callback_id"), 0, 255)
	if kind == "modal" {
		v.plainText("/view/title", b.sub("title"), 24)
		for _, label := range []string{"submit", "close"} {
			if b.sub(label) != nil {
				v.plainText("/view/"+label, b.sub(label), 24)
			}
		}
		asks := slices.ContainsFunc(view.Blocks, func(b Block) bool { return b.kind() == "input" })
		if asks && view.Submit == "" {
			v.fault("/view", "must define `submit` to use an input block in modals")
		}
	}
	v.blocks("/view/blocks", view.Blocks)
	if v.problems != nil {
		return &apiError{code: "invalid_arguments", messages: v.problems}
	}
	return nil
}
