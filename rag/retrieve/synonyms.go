package retrieve

import (
	"math"
	"slices"

	"docent/rag"
	"docent/rag/lang"
)

// Aliases are words and phrases that mean the same to a team: acronyms and
// what they stand for, old names and new ones. They come on top of those that
// lang.AcronymTranslations knows. A nil one has none.
type Aliases struct {
	groups [][]Phrase
}

// Phrase is one way to say it.
type Phrase struct {
	words []string // folded
	// Terms are what its informative words are indexed under, by word.
	Terms [][]string
}

// NewAliases makes aliases of lists of words or phrases of which all say the
// same. Case and accents make no difference.
func NewAliases(lists [][]string) *Aliases {
	a := &Aliases{}
	for _, list := range lists {
		var group []Phrase
		for _, text := range list {
			if p := newPhrase(text); len(p.words) > 0 {
				group = append(group, p)
			}
		}
		if len(group) > 1 {
			a.groups = append(a.groups, group)
		}
	}
	return a
}

func newPhrase(text string) Phrase {
	var p Phrase
	said := lang.Words("", lang.Normalize(text))
	for _, w := range said {
		p.words = append(p.words, w.Surface)
		if len(said) == 1 || !lang.IsStopAnywhere(w.Surface) {
			p.Terms = append(p.Terms, allStems(w.Surface))
		}
	}
	return p
}

// apply gives the words of a question what its phrases mean too. A word that
// means another is that one; a phrase that has another has the other's words
// looked up beside, each for itself.
func (a *Aliases) apply(question string, words []QueryWord) {
	if a == nil {
		return
	}
	said := lang.Words("", question)
	for _, group := range a.groups {
		for i, p := range group {
			at, ok := p.in(said)
			if !ok {
				continue
			}
			n := slices.IndexFunc(words, func(w QueryWord) bool {
				return w.start >= said[at].Start && w.start <= said[at+len(p.words)-1].Start
			})
			if n < 0 {
				continue
			}
			for j, other := range group {
				if j != i {
					words[n].mean(other, len(p.words))
				}
			}
		}
	}
}

// in finds the phrase among words.
func (p Phrase) in(said []lang.Word) (int, bool) {
	for at := range len(said) - len(p.words) + 1 {
		if slices.EqualFunc(said[at:at+len(p.words)], p.words, func(w lang.Word, s string) bool { return w.Surface == s }) {
			return at, true
		}
	}
	return 0, false
}

// mean makes the word, which stands in a phrase of n words, mean another
// phrase too.
func (w *QueryWord) mean(other Phrase, n int) {
	if n == 1 && len(other.words) == 1 {
		for _, t := range other.Terms[0] {
			if !slices.Contains(w.Terms, t) {
				w.Terms = append(w.Terms, t)
				w.aliases = append(w.aliases, t)
			}
		}
		return
	}
	w.Phrases = append(w.Phrases, WeighedPhrase{other, 1})
}

// WeighedPhrase is a phrase that a word of the question means, and what it
// counts beside the word.
type WeighedPhrase struct {
	Phrase
	weight float64
}

// apart are the terms of each word of the phrases: they are looked up for
// themselves, and the more there are the less each counts.
func (w QueryWord) apart() [][]rag.QueryTerm {
	var words [][]rag.QueryTerm
	for _, p := range w.Phrases {
		weight := p.weight / math.Sqrt(float64(len(p.Terms)))
		for _, terms := range p.Terms {
			var one []rag.QueryTerm
			for _, t := range terms {
				one = append(one, rag.QueryTerm{Text: t, Weight: weight})
			}
			words = append(words, one)
		}
	}
	return words
}

// agrees reports whether two phrases have half of the words of the shorter one
// in common.
func (p Phrase) agrees(other Phrase) bool {
	common := 0
	for _, terms := range p.Terms {
		if slices.ContainsFunc(other.Terms, func(o []string) bool { return Meet(terms, o) }) {
			common++
		}
	}
	return 2*common >= min(len(p.Terms), len(other.Terms))
}

// Meet reports whether two lists of terms have one in common.
func Meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(t string) bool { return slices.Contains(b, t) })
}
