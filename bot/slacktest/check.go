package slacktest

import (
	"fmt"
	"slices"
)

// surface is where blocks are to stand.
type surface int

const (
	inMessage surface = iota
	inStream          // a chunk of a stream takes blocks that a post does not
	inModal
	inHome
)

// Limits of a whole message. Slack documents none for the sum of its blocks;
// it was seen to refuse 11,341 characters of rich text and about 13,200 with
// markdown blocks.
const (
	messageBlocks = 50
	viewBlocks    = 100
	plainProse    = 11_300
	allProse      = 13_200
)

// checker finds what Slack would not take, and says it as Slack does.
type checker struct {
	where    surface
	problems []string
	markdown int
	tables   int
}

func (k *checker) fault(at, format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf("[ERROR] "+format+" [json-pointer:%s]", append(args, at)...))
}

// text checks the length of a string, which has to be there when least is 1.
func (k *checker) text(at, s string, least, most int) {
	switch n := length(s); {
	case n < least:
		k.fault(at, "must be more than %d characters", least-1)
	case n > most:
		k.fault(at, "must be less than %d characters", most+1)
	}
}

// count checks the length of an array.
func (k *checker) count(at string, n, least, most int) {
	switch {
	case n < least:
		k.fault(at, "must have at least %d items", least)
	case n > most:
		k.fault(at, "no more than %d items allowed", most)
	}
}

// checkBlocks checks the blocks of a message.
func checkBlocks(blocks []Block, where surface) error {
	k := &checker{where: where}
	k.count("/blocks", len(blocks), 0, messageBlocks)
	k.blocks("/blocks", blocks)
	if k.problems != nil {
		return &apiError{code: "invalid_blocks", messages: k.problems}
	}
	all := 0
	for _, b := range blocks {
		all += prose(b)
	}
	if all > allProse || all-k.markdown > plainProse {
		return refuse("msg_blocks_too_long")
	}
	return nil
}

// checkView checks a modal or a home tab.
func checkView(b Block, v *View, kind string) error {
	k := &checker{where: map[string]surface{"modal": inModal, "home": inHome}[kind]}
	if b.kind() != kind {
		k.fault("/view/type", "must be %s", kind)
	}
	k.count("/view/blocks", len(v.Blocks), 1, viewBlocks)
	k.text("/view/private_metadata", v.Private, 0, 3000)
	k.text("/view/callback_id", v.CallbackID, 0, 255)
	k.text("/view/external_id", v.ExternalID, 0, 255)
	if kind == "modal" {
		k.plain("/view/title", b.sub("title"), 24)
		for _, label := range []string{"submit", "close"} {
			if b.sub(label) != nil {
				k.plain("/view/"+label, b.sub(label), 24)
			}
		}
		asks := slices.ContainsFunc(v.Blocks, func(b Block) bool { return b.kind() == "input" })
		if asks && v.Submit == "" {
			k.fault("/view", "must define `submit` to use an input block in modals")
		}
	}
	name(v.Blocks)
	k.blocks("/view/blocks", v.Blocks)
	if k.problems != nil {
		return &apiError{code: "invalid_arguments", messages: k.problems}
	}
	return nil
}

// blocks checks each block by the rules of its type.
func (k *checker) blocks(at string, blocks []Block) {
	ids := make(map[string]bool)
	for i, b := range blocks {
		here := fmt.Sprintf("%s/%d", at, i)
		id := b.str("block_id")
		k.text(here+"/block_id", id, 0, 255)
		if ids[id] {
			k.fault(here+"/block_id", "`block_id` %q already exists", id)
		}
		ids[id] = true
		rule, known := blockRules()[b.kind()]
		switch {
		case !known:
			k.fault(here+"/type", "unsupported type: %s", b.kind())
		case !slices.Contains(rule.where, k.where):
			k.fault(here+"/type", "%s is not allowed here", b.kind())
		default:
			rule.check(k, here, b)
		}
	}
}

// plain checks a plain_text object that has to be there.
func (k *checker) plain(at string, b Block, most int) {
	if b.kind() != "plain_text" {
		k.fault(at, "must provide an object of type plain_text")
		return
	}
	k.text(at+"/text", b.str("text"), 1, most)
}

// prose checks a text object of either type.
func (k *checker) prose(at string, b Block, most int) {
	if t := b.kind(); t != "plain_text" && t != "mrkdwn" {
		k.fault(at, "must provide an object of type plain_text or mrkdwn")
		return
	}
	k.text(at+"/text", b.str("text"), 1, most)
}
