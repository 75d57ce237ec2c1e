package lang

import (
	"embed"
	"iter"
	"strings"
	"sync"
)

//go:embed fr/synonyms.txt fr/metonyms.txt en/synonyms.txt en/metonyms.txt
var relationFiles embed.FS

// Relation is words and phrases, folded, of which each may stand for others:
// each for all, or the first for each of the rest and these for it, as a country
// and what else it is called.
type Relation struct {
	Phrases []string
	Named   bool
}

// relations are the lists of a language, folded when they are first looked into.
type relations struct{ synonyms, metonyms func() string }

var relationsOf = map[string]relations{
	"fr": {relationList("fr/synonyms.txt"), relationList("fr/metonyms.txt")},
	"en": {relationList("en/synonyms.txt"), relationList("en/metonyms.txt")},
}

// relationList reads a list without its first line, which says what it is. What
// is compiled in is always there.
func relationList(name string) func() string {
	return sync.OnceValue(func() string {
		data, _ := relationFiles.ReadFile(name)
		_, list, _ := strings.Cut(string(data), "\n")
		return "\n" + Fold(list)
	})
}

// Relations yields those relations of a language in which a word begins as the
// word does: the caller looks closer. The lists are searched as they are, some
// microseconds a word, and nothing is built from them.
func Relations(language string, word Word) iter.Seq[Relation] {
	return func(yield func(Relation) bool) {
		lists, ok := relationsOf[language]
		begun := beginning(word)
		if !ok || begun == "" {
			return
		}
		for line := range linesWith(lists.synonyms(), begun) {
			if !yield(Relation{Phrases: strings.Split(line, " | ")}) {
				return
			}
		}
		for line := range linesWith(lists.metonyms(), begun) {
			if !yield(Relation{Phrases: strings.Split(line, " | "), Named: true}) {
				return
			}
		}
	}
}

// beginning is what all forms of a word begin with: the last letter of a stem
// may be another than the word's, as in "compani".
func beginning(w Word) string {
	n := 0
	for n < min(len(w.Surface), len(w.Stem)) && w.Surface[n] == w.Stem[n] {
		n++
	}
	if n > 3 {
		n--
	}
	return w.Stem[:n]
}

// linesWith yields the lines of a list that have a word that begins so.
func linesWith(list, begun string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := 1; at < len(list); {
			i := strings.Index(list[at:], begun)
			if i < 0 {
				return
			}
			if at += i; IsASCIILetter(list[at-1]) || IsDigit(list[at-1]) {
				at += len(begun)
				continue
			}
			start := strings.LastIndexByte(list[:at], '\n') + 1
			end := at + strings.IndexByte(list[at:], '\n')
			if !yield(list[start:end]) {
				return
			}
			at = end
		}
	}
}
