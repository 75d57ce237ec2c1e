package answer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"docent/rag/lang"
	"docent/rag/retrieve"
)

// met are the words of the question that a text has. Each text is read once.
func (r *reading) met(text string) []retrieve.QueryWord {
	if known, ok := r.known[text]; ok {
		return known
	}
	said := lang.Words("", text)
	stems := make([][2]string, len(said))
	for i, w := range said {
		stems[i] = [...]string{lang.Stem("fr", w.Surface), lang.Stem("en", w.Surface)}
	}
	var met []retrieve.QueryWord
	for _, w := range r.found.Words {
		for i, o := range said {
			if slices.Contains(w.Terms, o.Surface) || slices.Contains(w.Spelt, o.Surface) || lang.SameName(w.Surface, o.Surface) ||
				len(w.Surface) > 4 && lang.IsCognate(w.Surface, o.Surface) || slices.Contains(w.Terms, stems[i][0]) || slices.Contains(w.Terms, stems[i][1]) {
				met = append(met, w)
				break
			}
		}
	}
	if r.known == nil {
		r.known = make(map[string][]retrieve.QueryWord)
	}
	r.known[text] = met
	return met
}

// meets reports whether a text has a word of the question.
func (r *reading) meets(w retrieve.QueryWord, text string) bool {
	return slices.ContainsFunc(r.met(text), func(o retrieve.QueryWord) bool { return o.Surface == w.Surface })
}

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
