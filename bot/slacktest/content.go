package slacktest

import (
	"encoding/json"
	"strings"
)

// content is what a call wants a message to say.
type content struct {
	text, markdown string
	blocks         []Block
	hasBlocks      bool
	metadata       json.RawMessage
	unfurls        bool
	parsed         bool
}

// contentOf reads and checks the content of a message.
func contentOf(args map[string]string) (content, error) {
	t := content{text: args["text"], markdown: args["markdown_text"]}
	t.unfurls = args["unfurl_links"] != "false" || args["unfurl_media"] != "false"
	t.parsed = args["parse"] == "full" || args["link_names"] == "true" || args["link_names"] == "1"
	if raw, there := args["blocks"]; there {
		t.hasBlocks = true
		blocks, err := parseBlocks(raw)
		if err != nil {
			return t, err
		}
		t.blocks = blocks
	}
	if raw := args["metadata"]; raw != "" && raw != "{}" {
		if err := checkMetadata(raw); err != nil {
			return t, err
		}
		t.metadata = json.RawMessage(raw)
	}
	switch {
	case t.markdown != "" && (t.text != "" || len(t.blocks) > 0):
		return t, refuse("markdown_text_conflict")
	case length(t.markdown) > markdownLimit:
		return t, refuse("msg_too_long")
	}
	return t, checkBlocks(t.blocks, inMessage)
}

func checkMetadata(raw string) error {
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	switch {
	case json.Unmarshal([]byte(raw), &m) != nil:
		return refuse("invalid_metadata_format")
	case m.Type == "" && len(m.Payload) == 0:
		return nil // slack-go sends an empty one where there is none
	case m.Type == "":
		return refuse("invalid_metadata_schema")
	}
	for _, value := range m.Payload {
		if _, nested := value.(map[string]any); nested {
			return refuse("invalid_metadata_schema")
		}
	}
	return nil
}

func (t content) empty() bool {
	return strings.TrimSpace(t.text) == "" && t.markdown == "" && len(t.blocks) == 0
}

func (t content) message() *Message {
	return &Message{
		User: botUID, BotID: botID, Text: cut(t.text, textLimit), Markdown: t.markdown, Blocks: t.blocks,
		Metadata: t.metadata, Unfurls: t.unfurls, Parsed: t.parsed,
	}
}
