package slacktest

import (
	"encoding/json"
	"strings"
)

// content is what a call wants a message to say.
type content struct {
	text     string
	blocks   []Block
	metadata json.RawMessage
	unfurls  bool
	parsed   bool
}

// contentOf reads and checks the content of a message.
func contentOf(args map[string]string) (content, error) {
	t := content{text: args["text"]}
	for _, name := range []string{"markdown_text", "attachments", "reply_broadcast", "delete_original"} {
		if args[name] != "" && args[name] != "false" {
			return t, refuse("not_in_slacktest")
		}
	}
	t.unfurls = args["unfurl_links"] != "false" || args["unfurl_media"] != "false"
	t.parsed = args["parse"] == "full" || args["link_names"] == "true" || args["link_names"] == "1"
	blocks, err := parseBlocks(args["blocks"])
	if err != nil {
		return t, err
	}
	t.blocks = blocks
	if raw := args["metadata"]; raw != "" {
		t.metadata = json.RawMessage(raw)
		if err := validateMetadata(raw); err != nil {
			return t, err
		}
	}
	if strings.TrimSpace(t.text) == "" && len(t.blocks) == 0 {
		return t, refuse("no_text")
	}
	return t, validateBlocks(t.blocks)
}

func validateMetadata(raw string) error {
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if json.Unmarshal([]byte(raw), &m) != nil {
		return refuse("invalid_metadata_format")
	}
	if m.Type == "" && len(m.Payload) > 0 { // slack-go sends an empty one where there is none
		return refuse("invalid_metadata_schema")
	}
	return nil
}

func (t content) message() *Message {
	return &Message{
		User: botUID, BotID: botID, Text: cut(t.text, textLimit), Blocks: t.blocks,
		Metadata: t.metadata, Unfurls: t.unfurls, Parsed: t.parsed,
	}
}
