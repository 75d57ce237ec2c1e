package read

import (
	"embed"
	"slices"
	"strings"
)

//go:embed status/*.txt
var statusFiles embed.FS

// Status is what a document's own word for its standing means: "draft",
// "superseded" or "archived", and "" for any other, as "final".
func Status(word string) string {
	word = strings.ToLower(strings.Trim(strings.TrimSpace(Clean(word)), `."'`))
	if word == "" {
		return ""
	}
	for _, name := range []string{"status/en.txt", "status/fr.txt"} {
		data, _ := statusFiles.ReadFile(name) // it is a part of the program
		for line := range strings.Lines(string(data)) {
			status, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
			if !strings.HasPrefix(line, "#") && slices.Contains(strings.Split(words, ", "), word) {
				return status
			}
		}
	}
	return ""
}
