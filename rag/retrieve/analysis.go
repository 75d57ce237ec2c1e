package retrieve

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"docent/rag"
	"docent/rag/lang"
)

// titleOver is the title of a passage's document, unless it says nothing of
// the passage: it is the document's ID, or only what the passage begins with.
func titleOver(doc rag.DocumentInfo, p rag.Passage) string {
	if doc.Title == string(doc.ID) || opens(doc.Title, p.Text) {
		return ""
	}
	return doc.Title
}

// opens reports whether a title is the first sentence of a text, or begins it
// and was cut. The name of a thing that a text begins with is more than that.
func opens(title, text string) bool {
	begun, cut := strings.CutSuffix(title, "…")
	rest, ok := strings.CutPrefix(text, begun)
	return ok && (cut || rest == "" || strings.ContainsRune(".,;:!?", rune(rest[0])))
}

// indexed is the text that stands for a passage on the vector side: what its
// title and headings say of it belongs to its meaning, though never to a quote.
func indexed(doc rag.DocumentInfo, p rag.Passage) string {
	title := titleOver(doc, p)
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
// languages, where stems differ. The words of the title count twice: they say
// what the whole is about, as those of the file's name do.
func passageTerms(doc rag.DocumentInfo, p rag.Passage) []rag.TermCount {
	language := p.Language
	if language == "" {
		language = doc.Language
	}
	counts := make(map[string]int)
	for _, text := range []string{indexed(doc, p), titleOver(doc, p), FileWords(doc)} {
		for _, w := range lang.Words(language, text) {
			if w.Stop {
				continue
			}
			counts[w.Surface]++
			if w.Stem != w.Surface {
				counts[w.Stem]++
			}
		}
	}
	terms := make([]rag.TermCount, 0, len(counts))
	for t, n := range counts {
		terms = append(terms, rag.TermCount{Text: t, Count: n})
	}
	slices.SortFunc(terms, func(a, b rag.TermCount) int { return cmp.Compare(a.Text, b.Text) })
	return terms
}

// QueryWord is an informative word of a question with the terms it may be
// indexed under.
type QueryWord struct {
	Surface string
	Terms   []string
	// Name is set for a capitalised word that the question's grammar does not
	// capitalise, and for a word with a digit: what must not be guessed.
	Name bool
	// Acronym is the word as it was asked if it has capitals only, else "".
	Acronym string
	// Frequency is the number of searched passages with the most frequent of
	// the terms; idf its inverse document frequency.
	Frequency int
	IDF       float64
	// scale is what IDF is beside the idf that the library weighs the word by; 0
	// until it is known.
	scale float64
	// asked is set for the noun that the question is asked by, kind where that
	// noun only tells the kind of answer, as in "which country".
	asked, kind bool
	// near are terms that may stand for the word, such as its translations.
	// They find passages; they do not make one say what it does not.
	near []rag.QueryTerm
	// beside are terms of phrases that mean what the word does with those after
	// it, and translated what it is in each of the documents' other languages.
	beside     []rag.QueryTerm
	translated [][]rag.QueryTerm
	// Spelt are those of near that the word is a misspelling of.
	Spelt []string
	// nearIDF is the idf of the best of near.
	nearIDF float64
	// aliases are those of terms that are another word of the same meaning, or
	// the word with the one beside it; phrases have the same meaning together.
	aliases []string
	Phrases []WeighedPhrase
	// start is the word's place in the question.
	start int
}

// surfaceWeight is what a surface form counts beside the stem in BM25: it
// prefers the exact form among those of one stem. Found on the dev sets.
const surfaceWeight = 0.3

// otherStemWeight is what a stem counts for a question whose language is not
// known.
const otherStemWeight = 0.5

// What the noun counts that a question is asked by: what answers "which
// country" or "what speed" often says neither word. Found on the dev sets.
const (
	askedWeight = 0.7
	kindWeight  = 0.5
)

// peopleWeight is what the country counts for what is of it, and the other way
// round: who asks for the cuisine of Peru may find "péruvienne" only. Found on
// the dev sets.
const peopleWeight = 0.5

// stemLanguages are the languages whose stems such a question is looked up
// under.
var stemLanguages = []string{"fr", "en"}

// queryWords takes the informative words out of a question, each once.
func queryWords(language, question string, wants Wanted) []QueryWord {
	var words []QueryWord
	seen := make(map[string]bool)
	said := lang.Words(language, question)
	idle := idleWords(language, question, wants.Kind, said)
	if len(said) > fewestShouted {
		question = calmed(question)
	}
	for i, w := range said {
		if idle[i] || seen[w.Surface] || (w.Stop && !lang.IsAcronym(question[w.Start:w.End])) || isQuestionWord(language, w.Surface) {
			continue
		}
		seen[w.Surface] = true
		word := QueryWord{
			Surface: w.Surface, Terms: wordTerms(language, w), aliases: lang.AcronymTranslations(w.Surface),
			Name: isName(language, question, w, i == 0), start: w.Start,
			near: ofPeople(w.Surface),
		}
		if raw := question[w.Start:w.End]; lang.IsAcronym(raw) {
			word.Acronym = raw
		}
		if m := withYear.FindStringSubmatch(w.Surface); m != nil {
			word.mayBe(m[1])
		}
		if n := len(words); n > 0 && len(said) <= mostCompared && words[n-1].start == said[i-1].Start && isJoint(question[said[i-1].End:w.Start]) {
			both := words[n-1].Surface + w.Surface
			words[n-1].mayBe(both)
			word.mayBe(both)
		}
		words = append(words, word)
	}
	for i := range words {
		if words[i].Surface == wants.Noun {
			words[i].asked = true
			_, words[i].kind = askedByNoun[wants.Noun]
		}
	}
	return words
}

// fewestShouted is up to how many words capitals alone may be acronyms.
const fewestShouted = 2

// calmed is a question without its capitals where it has nothing else: there
// they mean nothing.
func calmed(question string) string {
	if small := strings.ToLower(question); len(small) == len(question) && !strings.ContainsFunc(question, unicode.IsLower) {
		return small
	}
	return question
}

// withYear is a year with letters before it, as in "FY2023" and "AG2024".
var withYear = regexp.MustCompile(`^[a-z]{1,3}((?:19|20)\d\d)$`)

// isJoint reports whether what stands between two words leaves them one where
// somebody writes them together: "Harbour Line", "week-end".
func isJoint(between string) bool { return between == " " || between == "-" }

// mayBe gives the word another term that it may be written as.
func (w *QueryWord) mayBe(term string) {
	if !slices.Contains(w.Terms, term) {
		w.Terms = append(w.Terms, term)
		w.aliases = append(w.aliases, term)
	}
}

// ofPeople are the terms of a country and what is of it, but for the word.
func ofPeople(word string) []rag.QueryTerm {
	var terms []rag.QueryTerm
	for _, other := range lang.Demonyms(word) {
		for _, l := range stemLanguages {
			t := lang.Stem(l, other)
			if !slices.ContainsFunc(terms, func(q rag.QueryTerm) bool { return q.Text == t }) {
				terms = append(terms, rag.QueryTerm{Text: t, Weight: peopleWeight})
			}
		}
	}
	return terms
}

// wordTerms are the stem, the surface form and what else the word may be
// indexed under, each once.
func wordTerms(language string, w lang.Word) []string {
	terms := []string{w.Stem, w.Surface}
	if language == "" {
		for _, l := range stemLanguages {
			terms = append(terms, lang.Stem(l, w.Surface))
		}
	}
	terms = append(terms, lang.AcronymTranslations(w.Surface)...)
	var distinct []string
	for _, t := range terms {
		if !slices.Contains(distinct, t) {
			distinct = append(distinct, t)
		}
	}
	return distinct
}

// queryTerms weighs the terms of all words, those of one as one.
func queryTerms(words []QueryWord) []rag.QueryTerm {
	var terms []rag.QueryTerm
	number := 0
	add := func(word []rag.QueryTerm) {
		number++
		for _, t := range word {
			t.Word = number
			terms = append(terms, t)
		}
	}
	for _, w := range words {
		add(w.weighed())
		for _, other := range w.apart() {
			add(other)
		}
		for _, t := range w.beside {
			add([]rag.QueryTerm{t})
		}
		for _, terms := range w.translated {
			add(terms)
		}
	}
	return terms
}

// weighed are the word's terms and what may stand for them, each once.
func (w QueryWord) weighed() []rag.QueryTerm {
	var terms []rag.QueryTerm
	for i, t := range w.Terms {
		weight := otherStemWeight
		switch {
		case i == 0 || slices.Contains(w.aliases, t):
			weight = 1
		case t == w.Surface:
			weight = surfaceWeight
		}
		switch {
		case w.kind:
			weight *= kindWeight
		case w.asked:
			weight *= askedWeight
		}
		if w.scale > 0 {
			weight *= w.scale
		}
		terms = append(terms, rag.QueryTerm{Text: t, Weight: weight})
	}
	for _, t := range w.near {
		if !slices.ContainsFunc(terms, func(q rag.QueryTerm) bool { return q.Text == t.Text }) {
			terms = append(terms, t)
		}
	}
	return terms
}

// isName tells names by their capital, but for the first word, and for German,
// which gives one to every noun.
func isName(language, question string, w lang.Word, first bool) bool {
	original := question[w.Start:w.End]
	if lang.IsAcronym(original) || strings.ContainsFunc(original, unicode.IsDigit) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(original)
	return unicode.IsUpper(r) && !first && language != "de"
}

// Near are the terms that may stand for the word, such as its translations, each
// with how well it does.
func (w QueryWord) Near() []rag.QueryTerm {
	return slices.Concat(append([][]rag.QueryTerm{w.near}, w.apart()...)...)
}

// Translated are the terms that the word is in the documents' other languages.
func (w QueryWord) Translated() []rag.QueryTerm { return slices.Concat(w.translated...) }
