package lang

import (
	"embed"
	"strings"
)

//go:embed words
var wordFiles embed.FS

// wordList is a line of a file of words: what its words are, then those.
type wordList struct {
	key   string
	words []string
}

// wordLists reads a file of words; # begins a line that says nothing.
func wordLists(name string) (lists []wordList) {
	data, err := wordFiles.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic(err) // it is compiled in
	}
	for line := range strings.Lines(string(data)) {
		if key, words, ok := strings.Cut(line, ": "); ok && line[0] != '#' {
			lists = append(lists, wordList{key, strings.Fields(words)})
		}
	}
	return lists
}

// wordTable gives each word of a file its key.
func wordTable(name string) map[string]string {
	table := make(map[string]string)
	for _, list := range wordLists(name) {
		for _, word := range list.words {
			table[word] = list.key
		}
	}
	return table
}
