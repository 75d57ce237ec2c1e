package rag

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag/lang"
)

// indexed is the text that stands for a passage on the vector side: what its
// title and headings say of it belongs to its meaning, though never to a quote.
func indexed(title string, p Passage) string {
	parts := make([]string, 0, len(p.Heading)+2)
	if title != "" {
		parts = append(parts, title)
	}
	for _, h := range p.Heading {
		if h != title {
			parts = append(parts, h)
		}
	}
	return strings.Join(append(parts, p.Text), "\n")
}

// passageTerms counts the index terms of a passage, sorted by term. Surface
// form and stem are both terms, so that names and cognates meet across
// languages, where stems differ.
func passageTerms(doc DocumentInfo, p Passage) []TermCount {
	language := p.Language
	if language == "" {
		language = doc.Language
	}
	counts := make(map[string]int)
	for _, w := range lang.Words(language, indexed(doc.Title, p)) {
		if w.Stop {
			continue
		}
		counts[w.Surface]++
		if w.Stem != w.Surface {
			counts[w.Stem]++
		}
	}
	terms := make([]TermCount, 0, len(counts))
	for t, n := range counts {
		terms = append(terms, TermCount{Text: t, Count: n})
	}
	slices.SortFunc(terms, func(a, b TermCount) int { return cmp.Compare(a.Text, b.Text) })
	return terms
}

// queryWord is an informative word of a question with the terms it may be
// indexed under.
type queryWord struct {
	surface string
	terms   []string
	// name is set for a capitalised word that the question's grammar does not
	// capitalise, and for a word with a digit: what must not be guessed.
	name bool
	// frequency is the number of searched passages with the most frequent of
	// the terms; idf its inverse document frequency.
	frequency int
	idf       float64
}

// surfaceWeight is what a surface form counts beside the stem in BM25: it
// prefers the exact form among those of one stem. Found on the dev sets.
const surfaceWeight = 0.4

// foreignStemWeight is what a stem of another language counts: it lets an
// inflected cognate meet, and a question whose language was misread.
const foreignStemWeight = 0.3

// stemLanguages are the languages whose stems a question is looked up under.
var stemLanguages = []string{"fr", "en"}

// queryWords takes the informative words out of a question, each once.
func queryWords(language, question string) []queryWord {
	foreign := make(map[int][]string)
	for _, l := range stemLanguages {
		if l == language {
			continue
		}
		for _, w := range lang.Words(l, question) {
			foreign[w.Start] = append(foreign[w.Start], w.Stem)
		}
	}
	var words []queryWord
	seen := make(map[string]bool)
	for i, w := range lang.Words(language, question) {
		if seen[w.Surface] || (w.Stop && !isAcronym(question[w.Start:w.End])) || isQuestionWord(language, w.Surface) {
			continue
		}
		seen[w.Surface] = true
		terms := []string{w.Stem}
		for _, t := range slices.Concat([]string{w.Surface}, foreign[w.Start], lang.Aliases(w.Surface)) {
			if !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
		words = append(words, queryWord{surface: w.Surface, terms: terms, name: isName(language, question, w, i == 0)})
	}
	return words
}

// queryTerms weighs the terms of all words; a term that several words share
// counts with its greatest weight.
func queryTerms(words []queryWord) []QueryTerm {
	var terms []QueryTerm
	for _, w := range words {
		for i, t := range w.terms {
			weight := foreignStemWeight
			switch {
			case i == 0:
				weight = 1
			case t == w.surface:
				weight = surfaceWeight
			}
			at := slices.IndexFunc(terms, func(q QueryTerm) bool { return q.Text == t })
			if at < 0 {
				terms = append(terms, QueryTerm{Text: t, Weight: weight})
			} else {
				terms[at].Weight = max(terms[at].Weight, weight)
			}
		}
	}
	return terms
}

// isName tells names by their capital, but for the first word, and for German,
// which gives one to every noun.
func isName(language, question string, w lang.Word, first bool) bool {
	original := question[w.Start:w.End]
	if isAcronym(original) || strings.ContainsFunc(original, unicode.IsDigit) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(original)
	return unicode.IsUpper(r) && !first && language != "de"
}

func isAcronym(s string) bool {
	return utf8.RuneCountInString(s) > 1 && strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper)
}
