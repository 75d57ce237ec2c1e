package lang

import "sync"

var demonymsOf = sync.OnceValue(func() map[string][]string {
	table := make(map[string][]string)
	for _, list := range wordLists("demonyms") {
		for _, w := range list.words {
			for _, form := range []string{w, w + "e", w + "s", w + "es"} {
				if _, ok := table[form]; !ok {
					table[form] = list.words
				}
			}
		}
	}
	return table
})

// Demonyms returns the names of the country that a folded word names or is of,
// with the words for what is of it, in French and English; nil for another word.
func Demonyms(folded string) []string { return demonymsOf()[folded] }
