package slacktest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
)

// str is a text field; anything else is empty.
func (b Block) str(key string) string {
	s, _ := b[key].(string)
	return s
}

// sub is an object inside; without it, an empty one.
func (b Block) sub(key string) Block {
	m, _ := b[key].(map[string]any)
	return m
}

// list are the objects of an array inside.
func (b Block) list(key string) []Block {
	values, _ := b[key].([]any)
	var all []Block
	for _, v := range values {
		if m, ok := v.(map[string]any); ok {
			all = append(all, m)
		}
	}
	return all
}

func (b Block) flag(key string) bool {
	v, _ := b[key].(bool)
	return v
}

func (b Block) number(key string) float64 {
	v, _ := b[key].(float64)
	return v
}

// kind is the type field.
func (b Block) kind() string { return b.str("type") }

// parseBlocks reads an array of blocks and names those without a block_id, as
// Slack does.
func parseBlocks(raw string) ([]Block, error) {
	var blocks []Block
	if strings.TrimSpace(raw) == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	name(blocks)
	return blocks, nil
}

func name(blocks []Block) {
	for i, b := range blocks {
		if b != nil && b.str("block_id") == "" {
			b["block_id"] = fmt.Sprintf("auto-%d", i)
		}
	}
}

// elements are all elements of blocks that can be clicked or filled in, with
// the block that each stands in.
func elements(blocks []Block, visit func(block, element Block) bool) {
	for _, b := range blocks {
		switch b.kind() {
		case "container":
			elements(b.list("child_blocks"), visit)
		case "input":
			if !visit(b, b.sub("element")) {
				return
			}
		default:
			for _, e := range append(b.list("elements"), b.sub("accessory")) {
				if e != nil && !visit(b, e) {
					return
				}
			}
		}
	}
}

// length is the number of UTF-16 code units.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// cut shortens a text to so many units.
func cut(s string, units int) string {
	n := 0
	for i, r := range s {
		n += max(1, utf16.RuneLen(r))
		if n > units {
			return s[:i]
		}
	}
	return s
}

// prose is the length of everything in a block that is read as text.
func prose(value any) int {
	n := 0
	switch v := value.(type) {
	case Block:
		return prose(map[string]any(v))
	case map[string]any:
		for key, inner := range v {
			if s, ok := inner.(string); ok && (key == "text" || key == "alt_text" || key == "title") {
				n += length(s)
			} else {
				n += prose(inner)
			}
		}
	case []any:
		for _, inner := range v {
			n += prose(inner)
		}
	}
	return n
}
