package answer

import (
	_ "embed"
	"strings"
	"sync"

	"docent/rag/lang"
)

//go:embed en.txt
var englishPhrases string

//go:embed fr.txt
var frenchPhrases string

// phrases are those of all languages, by what they tell.
var phrases = sync.OnceValue(func() map[string][]string {
	table := make(map[string][]string)
	for _, list := range []string{englishPhrases, frenchPhrases} {
		for line := range strings.Lines(list) {
			kind, words, ok := strings.Cut(line, ":")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			for phrase := range strings.SplitSeq(words, ",") {
				table[kind] = append(table[kind], strings.TrimSpace(phrase))
			}
		}
	}
	return table
})

// plain is a text as phrases are looked up in it: folded words with one space
// between and around them.
func plain(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range strings.FieldsFunc(lang.Fold(text), func(r rune) bool { return !lang.IsWordRune(r) }) {
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return b.String()
}

// says reports whether a plain text has a phrase of a kind.
func says(kind, plainText string) bool {
	_, found := phraseIn(kind, plainText)
	return found
}

// phraseIn is the longest phrase of a kind in a plain text.
func phraseIn(kind, plainText string) (string, bool) {
	longest := ""
	for _, p := range phrases()[kind] {
		if len(p) > len(longest) && strings.Contains(plainText, " "+p+" ") {
			longest = p
		}
	}
	return longest, longest != ""
}
