package slacktest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
)

// Block is one Block Kit block or element, as JSON decodes it.
type Block map[string]any

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

// parseBlocks reads an array of blocks.
func parseBlocks(raw string) ([]Block, error) {
	var blocks []Block
	if strings.TrimSpace(raw) == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	assignBlockIDs(blocks)
	return blocks, nil
}

// assignBlockIDs gives an ID to each block without one, as Slack does.
func assignBlockIDs(blocks []Block) {
	for i, b := range blocks {
		if b != nil && b.str("block_id") == "" {
			b["block_id"] = fmt.Sprintf("auto-%d", i)
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

// textLength is the length of everything in a block that is read as text.
func textLength(value any) int {
	n := 0
	switch v := value.(type) {
	case Block:
		return textLength(map[string]any(v))
	case map[string]any:
		for key, inner := range v {
			if s, ok := inner.(string); ok && key == "text" {
				n += length(s)
			} else {
				n += textLength(inner)
			}
		}
	case []any:
		for _, inner := range v {
			n += textLength(inner)
		}
	}
	return n
}
