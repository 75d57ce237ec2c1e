package slacktest

// field is what Slack asks of a field of a block or an element: a string, or
// where there are kinds an object of one of these types, or in "elements" a list
// of such.
type field struct {
	name  string
	kinds []string
	// least and most count the characters of a string or of the object's text,
	// and the items of a list.
	least, most int
	// shape has the fields of an object without a type.
	shape []field
}

// mostText is the most characters of a text, where nothing else says less.
const mostText = 3000

var (
	plain    = []string{"plain_text"}
	anyText  = []string{"plain_text", "mrkdwn"}
	rich     = []string{"text", "link", "user", "usergroup", "channel", "broadcast"}
	blockID  = field{name: "block_id", most: 255}
	actionID = field{name: "action_id", least: 1, most: 255}
	pressed  = []field{{name: "text", kinds: plain, most: 75}, {name: "value", most: 2000}, {name: "accessibility_label", most: 75}}
)

// shapes are the fields of blocks and elements by type.
var shapes = map[string][]field{
	"section":         {blockID, {name: "text", kinds: anyText, most: mostText}},
	"header":          {blockID, {name: "text", kinds: plain, most: 150}},
	"divider":         {blockID},
	"context":         {blockID, {name: "elements", kinds: anyText, least: 1, most: 10}},
	"actions":         {blockID, {name: "elements", kinds: []string{"button"}, least: 1, most: 25}},
	"context_actions": {blockID, {name: "elements", kinds: []string{"feedback_buttons"}, least: 1, most: 5}},
	"input":           {blockID, {name: "label", kinds: plain, most: 2000}, {name: "element", kinds: []string{"plain_text_input"}}},
	"rich_text":       {blockID, {name: "elements", kinds: []string{"rich_text_section", "rich_text_quote", "rich_text_list"}, least: 1, most: 1000}},

	"rich_text_section": {{name: "elements", kinds: rich, most: 1000}},
	"rich_text_quote":   {{name: "elements", kinds: rich, most: 1000}},
	"rich_text_list":    {{name: "elements", kinds: []string{"rich_text_section"}, most: 1000}},
	"text":              {{name: "text", least: 1, most: 1 << 20}},
	"link":              {{name: "url", least: 1, most: 3000}},

	"button":           append([]field{actionID}, pressed...),
	"feedback_buttons": {actionID, {name: "positive_button", shape: pressed}, {name: "negative_button", shape: pressed}},
	"plain_text_input": {actionID, {name: "placeholder", kinds: plain, most: 150}},
}
