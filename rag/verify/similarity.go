package verify

import (
	"docent/rag"
	"docent/rag/lang"
)

// Likeness tells which words mean nearly the same, in all languages of an
// embedder. A nil one knows nothing.
type Likeness struct{ words rag.WordComparer }

// NewLikeness is nil for an embedder that does not know words.
func NewLikeness(e rag.Embedder) *Likeness {
	words, ok := e.(rag.WordComparer)
	if !ok {
		return nil
	}
	return &Likeness{words: words}
}

// With the built-in embedder words that have nothing to do with each other stay
// below 0.2, names beside other names and opposites as well; translations and forms
// of a word are above sameMeaning, and between the two are words of one subject.
const (
	nearMeaning = 0.25
	sameMeaning = 0.42
)

// to prepares words to be compared; the function gives the cosines of a word with
// each, nil for one that is not known.
func (l *Likeness) to(words []string) func(word string) []float32 {
	if l == nil || len(words) == 0 {
		return func(string) []float32 { return nil }
	}
	compare, known := l.words.Likeness(words), make(map[string][]float32)
	return func(word string) []float32 {
		if v, ok := known[word]; ok {
			return v
		}
		v := make([]float32, len(words))
		if !compare(v, word) {
			v = nil
		}
		known[word] = v
		return v
	}
}

// HasWord reports whether one of the words is a word, its stem, a cognate of it or
// the same name.
func HasWord(words []lang.Word, w lang.Word) bool {
	for _, v := range words {
		if v.Surface == w.Surface || v.Stem == w.Stem || lang.IsCognate(v.Surface, w.Surface) || lang.SameName(v.Surface, w.Surface) {
			return true
		}
	}
	return false
}
