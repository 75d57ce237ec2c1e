package read

import (
	"slices"
	"strings"
)

// Status is what a document's own word for its standing means: "draft",
// "superseded" or "archived", and "" for any other, as "final".
func Status(word string) string {
	word = strings.ToLower(strings.Trim(strings.TrimSpace(Clean(word)), `."'`))
	for _, status := range []string{"draft", "superseded", "archived"} {
		for _, words := range wordings() {
			if word != "" && slices.Contains(strings.Split(words[status], ", "), word) {
				return status
			}
		}
	}
	return ""
}
