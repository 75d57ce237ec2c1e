package lang

import (
	"embed"
	"strings"
)

//go:embed fr/grammar.txt en/grammar.txt
var grammarFiles embed.FS

var grammar = readGrammar()

func readGrammar() map[string]map[string]string {
	table := make(map[string]map[string]string)
	for _, language := range []string{"fr", "en"} {
		data, _ := grammarFiles.ReadFile(language + "/grammar.txt") // it is compiled in
		for line := range strings.Lines(string(data)) {
			kind, words, ok := strings.Cut(line, ": ")
			if !ok || line[0] == '#' {
				continue
			}
			if table[kind] == nil {
				table[kind] = make(map[string]string)
			}
			for entry := range strings.FieldsSeq(words) {
				word, value, _ := strings.Cut(entry, "=")
				table[kind][word] = value
			}
		}
	}
	return table
}

// Grammar has the words of French and English of a kind, "article" or "preposition",
// folded, with what they stand for in either language.
func Grammar(kind string) map[string]string { return grammar[kind] }

// GrammarSet is Grammar for words that stand for nothing else.
func GrammarSet(kind string) map[string]bool {
	set := make(map[string]bool, len(grammar[kind]))
	for word := range grammar[kind] {
		set[word] = true
	}
	return set
}
