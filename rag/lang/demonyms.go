package lang

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed demonyms.txt
var demonyms string

var demonymsOf = sync.OnceValue(func() map[string][]string {
	table := make(map[string][]string)
	for line := range strings.SplitSeq(strings.TrimSpace(demonyms), "\n") {
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		for _, w := range words {
			for _, form := range []string{w, w + "e", w + "s", w + "es"} {
				if _, ok := table[form]; !ok {
					table[form] = words
				}
			}
		}
	}
	return table
})

// Demonyms returns the names of the country that a folded word names or is of,
// with the words for what is of it, in French and English; nil for another word.
func Demonyms(folded string) []string { return demonymsOf()[folded] }
