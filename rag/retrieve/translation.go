package retrieve

import (
	"context"
	"iter"
	"math"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// Among documents of several languages each word of a question is in some of
// them, so that none seems to miss; it is looked up in the others' languages
// all the same. Chosen on questions about documents of the other language, with
// an eye on those about documents of the same.
const (
	// translatedWeight is what a translation counts beside the word.
	translatedWeight = 0.7
	// translatedLooked is how many of a word's neighbours are taken for
	// translations, mostTranslated how many of a language are used.
	translatedLooked, mostTranslated = 64, 5
	// presentShare is the share of the question's words that have a translation in
	// the documents where these are in the language.
	presentShare = 0.5
	// probed is how many words tell whether the documents are in other languages
	// too: each costs half a millisecond.
	probed = 3
	// pure is how much more frequent a word is in its own language that shows that
	// documents are in it: others are written alike in several.
	pure = 30
)

// linguist is an embedder that can translate words.
type linguist interface {
	rag.WordNeighbours
	rag.WordFrequencies
}

// translation is a word of another language that may stand for one.
type translation struct {
	word     int
	language string
	// terms are its stem and, where that is another, itself.
	terms    []string
	likeness float64
	pure     bool
	there    bool
}

// translate gives the words that the documents have what they are in the other
// languages of the documents.
func (x expansion) translate(ctx context.Context, words []QueryWord) error {
	l, ok := x.retriever.Embedder.(linguist)
	if !ok || x.language == "" {
		return nil
	}
	var there []int
	for i, w := range words[:min(len(words), mostExpanded)] {
		if w.Frequency > 0 {
			there = append(there, i)
		}
	}
	probes := min(len(there), probed)
	found, err := x.lookUp(ctx, l, words, there[:probes])
	if err != nil || !slices.ContainsFunc(lang.Stemmed, func(language string) bool { return isPresent(found, language) }) {
		return err
	}
	rest, err := x.lookUp(ctx, l, words, there[probes:])
	if err != nil {
		return err
	}
	found = append(found, rest...)
	for _, language := range lang.Stemmed {
		if isPresent(found, language) {
			addTranslations(words, found, language)
		}
	}
	return nil
}

// lookUp finds the translations of some of the words, and whether the documents
// have them.
func (x expansion) lookUp(ctx context.Context, l linguist, words []QueryWord, some []int) ([]translation, error) {
	var found []translation
	var terms []rag.QueryTerm
	for _, i := range some {
		for t := range x.translations(l, words[i]) {
			t.word = i
			found = append(found, t)
			for _, text := range t.terms {
				terms = append(terms, rag.QueryTerm{Text: text})
			}
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	counted, err := x.count(ctx, terms)
	if err != nil {
		return nil, err
	}
	frequencies := counted.Frequencies
	for i := range found {
		n := len(found[i].terms)
		found[i].there = slices.Max(frequencies[:n]) > 0
		frequencies = frequencies[n:]
	}
	return found, nil
}

// translations yields the neighbours of a word that are of another language.
func (x expansion) translations(l linguist, w QueryWord) iter.Seq[translation] {
	return func(yield func(translation) bool) {
		looked := 0
		for near, cosine := range l.Nearest(w.Surface, leastNear) {
			if looked++; looked > translatedLooked {
				return
			}
			language, isPure := languageOf(l, near)
			if language == "" || language == x.language || slices.Contains(w.Terms, near) {
				continue
			}
			t := translation{language: language, terms: []string{lang.Stem(language, near)}, likeness: float64(cosine), pure: isPure}
			if t.terms[0] != near {
				t.terms = append(t.terms, near)
			}
			if !yield(t) {
				return
			}
		}
	}
}

// languageOf is the language that a word is most frequent in, and whether it is
// of that one only.
func languageOf(f rag.WordFrequencies, word string) (language string, isPure bool) {
	var most, next float64
	for _, l := range lang.Stemmed {
		switch n := f.Frequency(l, word); {
		case n > most:
			language, most, next = l, n, most
		case n > next:
			next = n
		}
	}
	return language, most > pure*next
}

// isPresent reports whether the documents have a translation into a language for
// most of the words that have one: then some are in it.
func isPresent(found []translation, language string) bool {
	known, there := make(map[int]bool), make(map[int]bool)
	for _, t := range found {
		if t.language == language && t.pure {
			known[t.word] = true
			if t.there {
				there[t.word] = true
			}
		}
	}
	return len(there) > 0 && float64(len(there)) >= presentShare*float64(len(known))
}

// addTranslations gives words their best translations into a language that the
// documents have.
func addTranslations(words []QueryWord, found []translation, language string) {
	best, used := make(map[int]float64), make(map[int]int)
	into := make(map[int][]rag.QueryTerm)
	for _, t := range found {
		if t.language != language || !t.there || used[t.word] == mostTranslated {
			continue
		}
		if used[t.word] == 0 {
			best[t.word] = t.likeness
		}
		used[t.word]++
		b := best[t.word]
		weight := translatedWeight * (1 + b) / 2 * math.Pow(t.likeness/b, 4)
		for _, text := range t.terms {
			if !slices.Contains(words[t.word].Terms, text) {
				into[t.word] = addTerm(into[t.word], rag.QueryTerm{Text: text, Weight: weight})
			}
		}
	}
	for i := range words {
		if len(into[i]) > 0 {
			words[i].translated = append(words[i].translated, into[i])
		}
	}
}
