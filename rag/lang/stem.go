package lang

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowen "github.com/blevesearch/snowballstem/english"
	snowfr "github.com/blevesearch/snowballstem/french"
	snowde "github.com/blevesearch/snowballstem/german"
	snowit "github.com/blevesearch/snowballstem/italian"
	snowes "github.com/blevesearch/snowballstem/spanish"
)

// stemmers are Porter's, of snowballstem.org. They hold no state.
//
// They are given folded words: a word without its accents then has the stem
// that it has with them, and on the dev sets nothing is lost. In French they
// bring more forms of a verb together than the light stemmers of Savoy.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"fr": snowfr.Stem, "en": snowen.Stem, "de": snowde.Stem, "es": snowes.Stem, "it": snowit.Stem,
}

// Stemmed are the languages that have a stemmer.
var Stemmed = []string{"fr", "en", "de", "es", "it"}

// longestStemmed is the length, in bytes, above which a word is no word of a
// language, and stemmers would only spend time on it.
const longestStemmed = 60

// remembered is the number of stems that a stemmer keeps at hand. Half the
// words of a passage come again within it, and stemming is most of the work.
const remembered = 128

// Stem returns the stem of a folded word in a language; the word itself where
// the language is unknown.
func Stem(language, folded string) string {
	s := newStemmer(language)
	return s.find(folded)
}

// stemmer stems the words of one text.
type stemmer struct {
	rules  func(*snowballstem.Env) bool
	french bool
	env    *snowballstem.Env
	recent *[remembered]stemmed
}

type stemmed struct{ word, stem string }

func newStemmer(language string) stemmer {
	s := stemmer{rules: stemmers[language], french: language == "fr"}
	if s.rules != nil {
		s.env = snowballstem.NewEnv("")
	}
	return s
}

// stem returns the stem of a folded word, and remembers it.
func (s *stemmer) stem(word string) string {
	if s.rules == nil {
		return word
	}
	if s.recent == nil {
		s.recent = new([remembered]stemmed)
	}
	slot := &s.recent[hash(word)%remembered]
	if slot.word != word {
		*slot = stemmed{word: word, stem: s.find(word)}
	}
	return slot.stem
}

func (s *stemmer) find(word string) string {
	if s.rules == nil || len(word) < 3 || len(word) > longestStemmed || !isLetters(word) {
		return word
	}
	form := word
	if s.french {
		form = frenchForm(word)
	}
	s.env.SetCurrent(form)
	s.rules(s.env)
	stem := s.env.Current()
	if s.french {
		stem = frenchStem(stem)
	}
	switch {
	case stem == "":
		return word
	case strings.HasPrefix(word, stem):
		return word[:len(stem)]
	}
	return Fold(stem)
}

// isLetters reports whether a folded word is letters alone, with an
// apostrophe at most: a code or a number has no stem.
func isLetters(surface string) bool {
	for i := range len(surface) {
		if c := surface[i]; c < 0x80 && (c < 'a' || c > 'z') && c != '\'' {
			return false
		}
	}
	return true
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
