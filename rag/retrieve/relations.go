package retrieve

import (
	"math"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// relatedWeight is what a word of the same meaning counts beside that of the
// question, in a group of two. A group of more has a broader meaning, and each
// of its words counts less. Found on questions about documents that say the same
// in other words.
const relatedWeight = 0.5

// related gives words what a language has for them: synonyms, and what else
// countries and institutions are called. A word for a word counts as that one;
// a phrase is looked up by its words.
func related(language string, words []QueryWord) {
	for i := range words {
		w := &words[i]
		for r := range lang.Relations(language, lang.Word{Surface: w.Surface, Stem: w.Terms[0]}) {
			phrases := make([][]lang.Word, len(r.Phrases))
			for k, p := range r.Phrases {
				phrases[k] = informative(language, p)
			}
			for k, p := range phrases {
				if isSaid(p, words[i:]) {
					w.relate(words, phrases, k, r.Named)
				}
			}
		}
	}
}

// informative are the words of a phrase but for its stop words.
func informative(language, phrase string) []lang.Word {
	return slices.DeleteFunc(lang.Words(language, phrase), func(w lang.Word) bool { return w.Stop })
}

// isSaid reports whether the words begin with a phrase.
func isSaid(phrase []lang.Word, words []QueryWord) bool {
	if len(phrase) == 0 || len(phrase) > len(words) {
		return false
	}
	for i, p := range phrase {
		if words[i].Terms[0] != p.Stem {
			return false
		}
	}
	return true
}

// relate gives the word what stands for the phrase number said, which it begins.
func (w *QueryWord) relate(words []QueryWord, phrases [][]lang.Word, said int, named bool) {
	weight := relatedWeight
	if !named {
		weight /= math.Sqrt(float64(len(phrases) - 1))
	}
	for k, p := range phrases {
		if k == said || named && k != 0 && said != 0 {
			continue
		}
		each := weight / math.Sqrt(float64(max(1, len(p))))
		for _, other := range p {
			if slices.ContainsFunc(words, func(q QueryWord) bool { return slices.Contains(q.Terms, other.Stem) }) {
				continue
			}
			term := rag.QueryTerm{Text: other.Stem, Weight: each}
			if len(p) == 1 && len(phrases[said]) == 1 {
				w.near = addTerm(w.near, term)
			} else {
				w.beside = addTerm(w.beside, term)
			}
		}
	}
}

// addTerm adds a term, or the weight where it is there already with less.
func addTerm(terms []rag.QueryTerm, t rag.QueryTerm) []rag.QueryTerm {
	at := slices.IndexFunc(terms, func(q rag.QueryTerm) bool { return q.Text == t.Text })
	if at < 0 {
		return append(terms, t)
	}
	terms[at].Weight = max(terms[at].Weight, t.Weight)
	return terms
}
