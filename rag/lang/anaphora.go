package lang

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed anaphora.txt
var anaphoraText string

// anaphora has the words and openings, true for those that stand for something.
var anaphora = sync.OnceValue(func() map[string]bool {
	table := make(map[string]bool)
	for line := range strings.Lines(anaphoraText) {
		kind, list, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(list, ",") {
			table[strings.TrimSpace(phrase)] = kind == "back"
		}
	}
	return table
})

// LeansBack reports whether a sentence begins with a word that stands for something
// which an earlier sentence names: "It opened in 1911."
func LeansBack(words []Word) bool {
	if len(words) == 0 || !anaphora()[words[0].Surface] {
		return false
	}
	if len(words) < 2 {
		return true
	}
	_, impersonal := anaphora()[words[0].Surface+" "+words[1].Surface]
	return !impersonal
}
