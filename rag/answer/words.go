package answer

import (
	"slices"

	"docent/rag/lang"
	"docent/rag/retrieve"
)

// spoken is a word of a text in the forms by which a word of a question meets it.
type spoken struct {
	surface string
	// stems are those of the languages that docent reads.
	stems [2]string
}

// spoken are the words of a text, which are read once for all words of the question.
func (r *reading) spoken(text string) []spoken {
	if known, ok := r.read[text]; ok {
		return known
	}
	var said []spoken
	for _, w := range lang.Words("", text) {
		said = append(said, spoken{w.Surface, [...]string{lang.Stem("fr", w.Surface), lang.Stem("en", w.Surface)}})
	}
	if r.read == nil {
		r.read = make(map[string][]spoken)
	}
	r.read[text] = said
	return said
}

// meets reports whether a text has a word of a question.
func (r *reading) meets(w retrieve.QueryWord, text string) bool {
	return slices.ContainsFunc(r.spoken(text), func(said spoken) bool {
		return slices.Contains(w.Terms, said.surface) || slices.Contains(w.Spelt, said.surface) || lang.SameName(w.Surface, said.surface) ||
			len(w.Surface) > 4 && lang.IsCognate(w.Surface, said.surface) ||
			slices.Contains(w.Terms, said.stems[0]) || slices.Contains(w.Terms, said.stems[1])
	})
}

// met are the words of the question that a text has.
func (r *reading) met(text string) []retrieve.QueryWord {
	return slices.DeleteFunc(slices.Clone(r.found.Words), func(w retrieve.QueryWord) bool { return !r.meets(w, text) })
}
